package org.sidetone.bench.fork;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sidetone.bench.report.Report;
import picocli.CommandLine.Option;

/** Starts each contender several times, in turns, and takes medians; its fields are the options of a command. */
public final class Forks {
    @Option(names = "--forks", paramLabel = "N", description = "processes for each contender (${DEFAULT-VALUE})", defaultValue = "3")
    private int forks;

    @Option(names = "--rounds", paramLabel = "N", description = "measurements in each process (${DEFAULT-VALUE})", defaultValue = "5")
    private int rounds;

    @Option(names = "--round-ms", paramLabel = "MS", description = "CPU time of a measurement (${DEFAULT-VALUE})", defaultValue = "300")
    private int roundMs;

    @Option(names = "--warm-up-ms", paramLabel = "MS", description = "CPU time before the first, in a JVM (${DEFAULT-VALUE})", defaultValue = "4000")
    private int warmUpMs;

    /** The command of a contender in Java. */
    public static List<String> java(Class<?> main, String name) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), main.getName(), name);
    }

    /** What a contender prints when asked something. */
    public static List<String> lines(List<String> command, String... more) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        Process process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", all) + " ended with " + process.exitValue() + ": " + lines);
        }
        return lines;
    }

    /** Measures all contenders. @param remarks what each does. @param reference whose time the ratios are against; NaN when it is not there */
    public Report measure(String bench, String reference, String unit, Map<String, List<String>> commands, Map<String, String> remarks)
            throws IOException, InterruptedException {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        Map<String, Double> allocations = new LinkedHashMap<>();
        for (int fork = 0; fork < forks; fork++) {
            for (Map.Entry<String, List<String>> contender : commands.entrySet()) {
                for (String line : lines(contender.getValue(), "time", "" + rounds, "" + roundMs, "" + warmUpMs)) {
                    if (line.startsWith("alloc ")) {
                        allocations.put(contender.getKey(), Double.parseDouble(line.substring(6)));
                    } else {
                        times.computeIfAbsent(contender.getKey(), k -> new ArrayList<>()).add(Double.parseDouble(line));
                    }
                }
            }
        }
        double against = times.containsKey(reference) ? median(times.get(reference)) : Double.NaN;
        Report report = new Report(bench, reference);
        times.forEach((name, list) -> report.add(new Report.Row(name, median(list), unit, median(list) / against,
                allocations.getOrDefault(name, Double.NaN), remarks.get(name))));
        return report;
    }

    private static double median(List<Double> list) {
        return list.stream().sorted().toList().get(list.size() / 2);
    }
}
