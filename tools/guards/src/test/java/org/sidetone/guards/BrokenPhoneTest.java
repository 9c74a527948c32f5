package org.sidetone.guards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone that was broken on purpose does not pass the story: the story looks at displays and lamps, not at models. */
class BrokenPhoneTest {
    private static final Path FIRMWARE = Path.of(System.getProperty("sidetone.root")).resolve("firmware/core/src/main/java/org/sidetone/firmware");

    @TempDir
    private Path folder;

    /** Loads everything of ours anew, what is in the folder of broken classes from there. */
    private static final class Overlay extends ClassLoader {
        private final Path broken;

        Overlay(Path broken) {
            super(BrokenPhoneTest.class.getClassLoader());
            this.broken = broken;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> known = findLoadedClass(name);
            if (known != null || !name.startsWith("org.sidetone.")) {
                return known != null ? known : super.loadClass(name, resolve);
            }
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = Files.exists(broken.resolve(file)) ? Files.newInputStream(broken.resolve(file)) : getParent().getResourceAsStream(file)) {
                byte[] b = in.readAllBytes();
                return defineClass(name, b, 0, b.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Plays the story with one line of one class changed. @return steps that came true */
    private int playWith(String source, String good, String bad) throws Exception {
        Path file = FIRMWARE.resolve(source);
        String text = Files.readString(file);
        assertTrue(text.contains(good), "the line to break is not there any more: " + good);
        Path changed = folder.resolve(file.getFileName());
        Files.writeString(changed, text.replace(good, bad));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path out = Files.createDirectories(folder.resolve("classes"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            assertTrue(compiler.getTask(null, files, null, List.of("-proc:none", "-d", out.toString(), "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")).replace(";", File.pathSeparator)), null,
                    files.getJavaFileObjects(changed)).call());
        }
        @SuppressWarnings("unchecked")
        Callable<Integer> story = (Callable<Integer>) new Overlay(out).loadClass("org.sidetone.guards.CldcStoryRunner")
                .getDeclaredConstructor().newInstance();
        return story.call();
    }

    @Test
    void unbrokenItPlays() throws Exception {
        assertEquals(13, playWith("lamps/LampDirector.java", "case Contact.BUSY:", "case Contact.BUSY :"));
    }

    @Test
    void aLampThatShowsBusyInGreenIsSeen() {
        Exception e = assertThrows(Exception.class, () -> playWith("lamps/LampDirector.java",
                "case Contact.BUSY: set(lamp, Lamps.RED", "case Contact.BUSY: set(lamp, Lamps.GREEN"));
        assertTrue(e.getMessage().contains("lamp @bob red"), e.getMessage());
    }

    @Test
    void aLampOnTheWrongKeyIsSeen() {
        Exception e = assertThrows(Exception.class, () -> playWith("lamps/LampDirector.java",
                "atPlace(key - Key.LINE_1)", "atPlace(key == Key.LINE_1 ? 99 : key - Key.LINE_1 - 1)"));
        assertTrue(e.getMessage().contains("lamp @bob green"), e.getMessage());
    }

    @Test
    void aRendererThatLosesRowsIsSeen() {
        Exception e = assertThrows(Exception.class, () -> playWith("render/TextRenderer.java",
                "content(model, i - 1);", "title(model);"));
        assertTrue(e.getMessage().contains("lcd contains"), e.getMessage());
    }
}
