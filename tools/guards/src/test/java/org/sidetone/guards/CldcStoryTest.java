package org.sidetone.guards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.File;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The whole story on the preverified cldc jars, in a class loader that offers them nothing but the profile's classes. */
class CldcStoryTest {
    private static final Path ROOT = Path.of(System.getProperty("sidetone.root"));
    private static final List<String> MODULES = List.of("stack", "hal/api", "hal/bind", "firmware/core");

    private static URL jar(String module) {
        File[] jars = ROOT.resolve(module).resolve("target").toFile().listFiles((d, name) -> name.endsWith("-cldc.jar"));
        try {
            return jars[0].toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loads the cldc jars; of the platform only what CLDC 1.1 has. */
    private static final class Profile extends URLClassLoader {
        private final Set<String> allowed = new HashSet<>();

        Profile() throws Exception {
            super(MODULES.stream().map(CldcStoryTest::jar).toArray(URL[]::new), null);
            try (JarFile cldc = new JarFile(ROOT.resolve("stack/target/profile/cldcapi11.jar").toFile())) {
                cldc.stream().filter(e -> e.getName().endsWith(".class"))
                        .forEach(e -> allowed.add(e.getName().replace('/', '.').replace(".class", "")));
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("java.") || name.startsWith("javax.")) {
                if (!allowed.contains(name)) {
                    throw new ClassNotFoundException(name + " is not in the profile");
                }
                return ClassLoader.getPlatformClassLoader().loadClass(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    /** Loads everything else from the tests' class path, and what is in the cldc jars from there alone. */
    private static final class Harness extends URLClassLoader {
        private final Profile profile;

        Harness(Profile profile) {
            super(classPath(), ClassLoader.getPlatformClassLoader());
            this.profile = profile;
        }

        private static URL[] classPath() {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")).split(File.pathSeparator)) {
                try {
                    urls.add(new File(entry).toURI().toURL());
                } catch (MalformedURLException e) {
                    throw new IllegalStateException(e);
                }
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (profile.findResource(name.replace('.', '/') + ".class") != null) {
                return profile.loadClass(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    @Test
    void playsOnTheProfilesClassesAlone() throws Exception {
        try (Profile profile = new Profile(); Harness harness = new Harness(profile)) {
            Class<?> runner = harness.loadClass("org.sidetone.guards.CldcStoryRunner");
            @SuppressWarnings("unchecked")
            Callable<Integer> story = (Callable<Integer>) runner.getDeclaredConstructor().newInstance();
            assertEquals(13, story.call());
            Class<?> phone = harness.loadClass("org.sidetone.firmware.phone.Phone");
            assertTrue(phone.getClassLoader() == profile);
            try (InputStream in = profile.getResourceAsStream("org/sidetone/firmware/phone/Phone.class")) {
                DataInputStream data = new DataInputStream(in);
                data.readInt();
                data.readUnsignedShort();
                assertEquals(47, data.readUnsignedShort(), "class file version");
            }
        }
    }

    @Test
    void theLoaderOffersNothingElse() throws Exception {
        try (Profile profile = new Profile()) {
            assertThrows(ClassNotFoundException.class, () -> profile.loadClass("java.util.ArrayList"));
            assertThrows(ClassNotFoundException.class, () -> profile.loadClass("java.lang.StringBuilder"));
        }
    }
}
