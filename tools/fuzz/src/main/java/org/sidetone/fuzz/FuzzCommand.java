package org.sidetone.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sidetone fuzz}. */
@Command(name = "fuzz", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Lets Jazzer look for bytes that break a target. What it finds worth keeping stays in ~/.sidetone/fuzz, so that the next"
                + " run goes on from there; bytes that break something are written into its folder 'found' and named.",
        footer = {"", "For instance: sidetone fuzz message --seconds 600"})
public final class FuzzCommand implements Callable<Integer> {
    static final Map<String, Class<?>> TARGETS = new TreeMap<>(Map.ofEntries(Map.entry("message", MessageFuzz.class),
            Map.entry("uri", UriFuzz.class),
            Map.entry("stream", StreamFuzz.class),
            Map.entry("digest", DigestFuzz.class),
            Map.entry("document", DocumentFuzz.class),
            Map.entry("patch", PatchFuzz.class),
            Map.entry("filter", FilterFuzz.class),
            Map.entry("rules", RulesFuzz.class),
            Map.entry("http", HttpFuzz.class),
            Map.entry("msrp", MsrpFuzz.class),
            Map.entry("sdp", SdpFuzz.class),
            Map.entry("body", BodyFuzz.class)));

    @Parameters(arity = "0..1", paramLabel = "TARGET", description = "message, uri, stream, digest, document, patch, filter, rules, http, msrp, sdp or body; without it all of them, one after the other")
    private String target;

    @Option(names = "--seconds", paramLabel = "N", description = "how long each (${DEFAULT-VALUE})", defaultValue = "15")
    private int seconds;

    @Option(names = "--corpus", paramLabel = "FOLDER", description = "the kept corpus to start from (${DEFAULT-VALUE})",
            defaultValue = "tools/fuzz/corpus")
    private Path corpus;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (target != null && !TARGETS.containsKey(target)) {
            System.err.println("sidetone fuzz: a target is one of " + TARGETS.keySet() + ", not " + target);
            return 2;
        }
        int broken = 0;
        for (String name : target == null ? TARGETS.keySet() : List.of(target)) {
            broken += run(name) == 0 ? 0 : 1;
        }
        return broken == 0 ? 0 : 1;
    }

    private int run(String name) throws IOException, InterruptedException {
        Path grown = Files.createDirectories(Path.of(System.getProperty("user.home"), ".sidetone", "fuzz", name));
        Path found = Files.createDirectories(Path.of(System.getProperty("user.home"), ".sidetone", "fuzz", "found"));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-cp",
                System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer", "--target_class=" + TARGETS.get(name).getName(),
                "--instrumentation_includes=org.sidetone.**", "-max_total_time=" + seconds, "-max_len=4096", "-print_final_stats=1",
                "-artifact_prefix=" + found + "/" + name + "-", "--reproducer_path=" + found, grown.toString(), corpus.resolve(name).toString()));
        System.out.println("fuzzing " + name + " for " + seconds + " s");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines().toList();
        int result = process.waitFor();
        if (result != 0) {
            lines.stream().filter(l -> !l.startsWith("#") && !l.startsWith("INFO: ")).forEach(System.out::println);
        }
        lines.stream().filter(l -> l.contains("stat::number_of_executed_units") || l.contains("stat::average_exec_per_sec"))
                .forEach(l -> System.out.println("  " + l.replace("stat::", "")));
        System.out.println("  " + (result == 0 ? "nothing broke" : "BROKEN: see above"));
        return result;
    }

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FuzzCommand()).execute(arguments));
    }
}
