package org.sidetone.bench.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The steady state allocates nothing, counted in an interpreting virtual machine; and the count would see 16 bytes a message. */
class AllocationTest {
    private static final Pattern FIGURE = Pattern.compile(" (\\d+\\.\\d\\d) ");

    private static double bytesEach(List<String> lines, String path) {
        String line = lines.stream().filter(l -> l.startsWith(path)).findFirst().orElseThrow();
        Matcher figure = FIGURE.matcher(line);
        assertTrue(figure.find(), line);
        return Double.parseDouble(figure.group(1));
    }

    @Test
    void fromSocketToLampInboxAndBackNothingIsAllocated() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xint", "-XX:+UseSerialGC",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "org.sidetone.bench.BenchCommand", "allocation", "--messages", "400").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        List<String> lines = output.lines().toList();
        System.out.println(output);
        // less than one object in ten messages: what is left is the virtual machine's own, made once
        assertTrue(bytesEach(lines, "NOTIFY with a PIDF") < 1.6, output);
        assertTrue(bytesEach(lines, "NOTIFY with what changed") < 1.6, output);
        assertTrue(bytesEach(lines, "MESSAGE") < 1.6, output);
        assertTrue(bytesEach(lines, "registration") < 1.6, output);
        assertTrue(bytesEach(lines, "a contact typed in") < 1.6, output);
        assertTrue(output.contains("100 of 100 watched"), output);
        assertTrue(bytesEach(lines, "the same with 16 bytes") >= 16, output);
        assertTrue(output.contains("400 of 400 answered 200"), output);
    }
}
