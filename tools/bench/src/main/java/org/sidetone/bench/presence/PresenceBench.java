package org.sidetone.bench.presence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sidetone.bench.report.Report;

/** Each reader in processes of its own, in turns; medians. */
final class PresenceBench {
    private static final String REFERENCE = "StAX";
    private static final Map<String, String> READERS = new LinkedHashMap<>();

    static {
        READERS.put("sidetone", "the schema checked, every extension read, brought down to what the phone shows");
        READERS.put("StAX", "the JDK's pull parser: well-formedness, the same fields as strings");
        READERS.put("kXML2", "well-formedness, the same fields as strings");
    }

    private final int forks;
    private final int rounds;
    private final int roundMs;
    private final int warmUpMs;

    PresenceBench(int forks, int rounds, int roundMs, int warmUpMs) {
        this.forks = forks;
        this.rounds = rounds;
        this.roundMs = roundMs;
        this.warmUpMs = warmUpMs;
    }

    Report run() throws IOException, InterruptedException {
        List<String> ours = null;
        for (String name : READERS.keySet()) {
            List<String> sums = lines(name, "full");
            ours = ours == null ? sums : ours;
            if (sums.size() != Documents.SIZE || !sums.equals(ours)) {
                throw new IOException(name + " reads other values than the others");
            }
        }
        System.out.println(Documents.SIZE + " documents, " + bytes() + " bytes on average; all take the same fields from each");
        Map<String, List<Double>> times = new LinkedHashMap<>();
        Map<String, Double> allocations = new LinkedHashMap<>();
        for (int fork = 0; fork < forks; fork++) {
            for (String name : READERS.keySet()) {
                for (String line : lines(name, "time", "" + rounds, "" + roundMs, "" + warmUpMs)) {
                    if (line.startsWith("alloc ")) {
                        allocations.put(name, Double.parseDouble(line.substring(6)));
                    } else {
                        times.computeIfAbsent(name, k -> new ArrayList<>()).add(Double.parseDouble(line));
                    }
                }
            }
        }
        Report report = new Report("presence", REFERENCE);
        times.forEach((name, list) -> report.add(new Report.Row(name, median(list), "ns/document", median(list) / median(times.get(REFERENCE)),
                allocations.get(name), READERS.get(name))));
        return report;
    }

    private static int bytes() {
        int sum = 0;
        for (byte[] document : Documents.all()) {
            sum += document.length;
        }
        return sum / Documents.SIZE;
    }

    private static double median(List<Double> list) {
        return list.stream().sorted().toList().get(list.size() / 2);
    }

    private static List<String> lines(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m",
                "-cp", System.getProperty("java.class.path"), ReaderMain.class.getName()));
        all.addAll(List.of(arguments));
        Process process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", all) + " ended with " + process.exitValue() + ": " + lines);
        }
        return lines;
    }
}
