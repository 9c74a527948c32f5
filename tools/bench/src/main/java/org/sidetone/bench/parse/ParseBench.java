package org.sidetone.bench.parse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sidetone.bench.report.Report;

/** Runs every contender in processes of its own, first to show that all read the same, then for time. */
final class ParseBench {
    private static final String REFERENCE = "sofia-sip";
    private static final Map<String, String> REMARKS = Map.of(
            "sidetone", "every header line found, the mandatory and routing ones checked in full",
            "JAIN-SIP", "every header an object at once",
            "pkts-sip", "lines first, a header when it is asked for; Event and Subscription-State as text",
            "sofia-sip", "every known header at once, parameters as lists",
            "osip2", "every known header at once, each string copied; Event and Subscription-State as text",
            "libre", "Via, From, To, CSeq at once, Contact when asked for");

    private final int forks;
    private final int rounds;
    private final int roundMs;
    private final int warmUpMs;

    ParseBench(int forks, int rounds, int roundMs, int warmUpMs) {
        this.forks = forks;
        this.rounds = rounds;
        this.roundMs = roundMs;
        this.warmUpMs = warmUpMs;
    }

    Report run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sidetone-bench");
        Path corpus = folder.resolve("corpus");
        Corpus.write(corpus);
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (String name : List.of("sidetone", "JAIN-SIP", "pkts-sip")) {
            commands.put(name, java(name));
        }
        for (NativePeer peer : NativePeer.ALL) {
            Path program = peer.build(folder);
            if (program == null) {
                System.out.println(peer.name() + " is left out: gcc or " + peer.debianPackage() + " is not installed");
            } else {
                commands.put(peer.name(), List.of(program.toString(), corpus.toString()));
            }
        }
        compare(commands);
        return measure(commands);
    }

    private static List<String> java(String name) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), ContenderMain.class.getName(), name);
    }

    /** All contenders must take the same fields out of every message. */
    private static void compare(Map<String, List<String>> commands) throws IOException, InterruptedException {
        List<String> ours = null;
        for (Map.Entry<String, List<String>> contender : commands.entrySet()) {
            List<String> sums = lines(contender.getValue(), List.of("full"));
            ours = ours == null ? sums : ours;
            for (int i = 0; i < Corpus.SIZE; i++) {
                if (sums.size() <= i || sums.get(i).startsWith("refused") || !sums.get(i).equals(ours.get(i))) {
                    throw new IOException(contender.getKey() + " reads message " + i + " differently (" + (sums.size() <= i ? "nothing" : sums.get(i))
                            + " instead of " + ours.get(i) + "):\n" + new String(Corpus.messages()[i], StandardCharsets.UTF_8));
                }
            }
        }
        System.out.println(Corpus.SIZE + " messages; " + String.join(", ", commands.keySet()) + " take the same fields from each");
    }

    private Report measure(Map<String, List<String>> commands) throws IOException, InterruptedException {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        Map<String, Double> allocations = new LinkedHashMap<>();
        for (int fork = 0; fork < forks; fork++) {
            for (Map.Entry<String, List<String>> contender : commands.entrySet()) {
                for (String line : lines(contender.getValue(), List.of("time", "" + rounds, "" + roundMs, "" + warmUpMs))) {
                    if (line.startsWith("alloc ")) {
                        allocations.put(contender.getKey(), Double.parseDouble(line.substring(6)));
                    } else {
                        times.computeIfAbsent(contender.getKey(), k -> new ArrayList<>()).add(Double.parseDouble(line));
                    }
                }
            }
        }
        double reference = times.containsKey(REFERENCE) ? median(times.get(REFERENCE)) : Double.NaN;
        Report report = new Report("parse", REFERENCE);
        times.forEach((name, list) -> report.add(new Report.Row(name, median(list), "ns/message", median(list) / reference,
                allocations.getOrDefault(name, Double.NaN), REMARKS.get(name))));
        return report;
    }

    private static double median(List<Double> list) {
        return list.stream().sorted().toList().get(list.size() / 2);
    }

    private static List<String> lines(List<String> command, List<String> more) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(more);
        Process process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", all) + " ended with " + process.exitValue() + ": " + lines);
        }
        return lines;
    }
}
