package org.sidetone.guards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the embedded profile leaves out does not compile, or does not pass ProGuard; what it has does. */
class ProfileTest {
    private static final Path ROOT = Path.of(System.getProperty("sidetone.root"));
    private static final Path CLDC = ROOT.resolve("stack/target/profile/cldcapi11.jar");

    @TempDir
    private Path folder;

    /** Compiles a method body as the embedded modules are compiled. @return what the compiler has against it */
    private List<String> compile(String body) throws IOException {
        String source = "public class Probe { Object probe(int n, String s, int[] a, Object o) throws Exception { " + body + " } }";
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Probe.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        boolean good = compiler.getTask(null, null, found, List.of("-source", "8", "-target", "8", "-bootclasspath",
                ROOT.resolve("tools/profile/target/classes") + File.pathSeparator + CLDC, "-Xlint:all", "-Xlint:-options", "-Werror",
                "-proc:none", "-d", folder.toString()), null, List.of(file)).call();
        List<String> errors = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> d : found.getDiagnostics()) {
            if (d.getKind() != Diagnostic.Kind.NOTE) {
                errors.add(d.getMessage(null));
            }
        }
        assertEquals(good, errors.isEmpty(), errors.toString());
        return errors;
    }

    @Test
    void whatTheProfileHasCompiles() throws IOException {
        assertEquals(List.of(), compile("for (int x : a) { n += x; } switch (s) { case \"a\": return null; default: break; }"
                + " System.arraycopy(a, 0, a, 0, 0); return new Runnable() { @Override public void run() { } };"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Runnable r = () -> { }; return r;",
        "return \"a\" + n;",
        "Integer boxed = n; return boxed;",
        "return String.format(\"%d\", 1);",
        "return s.isEmpty() ? s : null;",
        "return java.util.List.of(o);",
        "return java.nio.ByteBuffer.allocate(n);",
        "long t = System.nanoTime(); return null;",
        "return java.util.regex.Pattern.compile(s);",
        "assert n > 0; return null;",
        "for (Object x : (Iterable<?>) o) { } return null;",
        "StringBuilder b = new StringBuilder(); return b;",
        "enum E { A } return E.A;",
    })
    void whatTheProfileLacksDoesNotCompile(String body) throws IOException {
        assertTrue(!compile(body).isEmpty(), "this compiled: " + body);
    }

    private int proguard(StringBuilder output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "proguard.ProGuard", "-microedition", "-target", "1.3", "-dontshrink", "-dontoptimize",
                "-dontobfuscate", "-dontnote", "-dontwarn", "java.lang.Override", "-libraryjars", CLDC.toString(), "-injars", folder.toString(),
                "-outjars", folder.resolve("../out" + System.nanoTime() + ".jar").toString()).redirectErrorStream(true).start();
        output.append(new String(process.getInputStream().readAllBytes()));
        return process.waitFor();
    }

    /** The compiler lets {@code clone()} of an array through, because the language has it; CLDC does not. */
    @Test
    void whatTheCompilerLetsThroughProGuardStops() throws Exception {
        assertEquals(List.of(), compile("return a.clone();"));
        StringBuilder output = new StringBuilder();
        assertTrue(proguard(output) != 0, output.toString());
    }

    @Test
    void proGuardPassesWhatTheProfileHas() throws Exception {
        assertEquals(List.of(), compile("return s;"));
        StringBuilder output = new StringBuilder();
        assertEquals(0, proguard(output), output.toString());
    }

    @Test
    void everyEmbeddedModuleHasItsPreverifiedJar() {
        for (String module : List.of("stack", "hal/api", "hal/bind", "firmware/core")) {
            File[] jars = ROOT.resolve(module).resolve("target").toFile().listFiles((d, name) -> name.endsWith("-cldc.jar"));
            assertTrue(jars != null && jars.length == 1 && Files.exists(ROOT.resolve(module).resolve("proguard.pro")), module);
        }
    }
}
