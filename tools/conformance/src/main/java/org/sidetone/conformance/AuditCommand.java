package org.sidetone.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code sidetone conformance audit}: whether tests show what they say. Draws rows, changes the code that each row's test runs through in
 * many small ways (PIT), a few in each class, and names every row whose test notices none of the changes.
 */
@Command(name = "audit", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Draws shown rows, mutates the code that their tests run through, and lists each row whose test notices nothing."
                + " Takes a minute or two a row.")
public final class AuditCommand implements Callable<Integer> {
    private static final Pattern KILLED = Pattern.compile("Generated (\\d+) mutations Killed (\\d+).*?with no coverage (\\d+)", Pattern.DOTALL);

    @Option(names = "--seed", paramLabel = "N", description = "which rows are drawn (${DEFAULT-VALUE})", defaultValue = "1")
    private long seed;

    @Option(names = "--rows", paramLabel = "N", description = "how many (${DEFAULT-VALUE})", defaultValue = "20")
    private int count;

    @Option(names = "--changes", paramLabel = "N", description = "in each class that a test runs through, at most (${DEFAULT-VALUE})", defaultValue = "3")
    private int changes;

    @Option(names = "--root", paramLabel = "FOLDER", description = "of the project (${DEFAULT-VALUE})", defaultValue = ".")
    private Path root;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Matrix matrix = new Matrix(root);
        List<Row> shown = new ArrayList<>(matrix.rows().stream().filter(r -> matrix.state(r).equals("shown")).toList());
        Collections.shuffle(shown, new Random(seed));
        List<String> unnoticed = new ArrayList<>();
        int drawn = Math.min(count, shown.size());
        for (int i = 0; i < drawn; i++) {
            Row row = shown.get(i);
            String test = matrix.testsOf(row).get(0);
            int[] result = mutate(test);
            System.out.printf("%2d of %d  %-22s %4d changes, %4d noticed  %s%n", i + 1, drawn, row.id(), result[0], result[1], test);
            if (result[1] == 0) {
                unnoticed.add(row.id() + " by " + test);
            }
        }
        if (unnoticed.isEmpty()) {
            System.out.println("Each of the " + drawn + " rows has a test that notices changes of the code it runs through.");
            return 0;
        }
        System.out.println("Rows whose test noticed no change at all:");
        unnoticed.forEach(u -> System.out.println("  " + u));
        return 1;
    }

    /** @return mutations made in what the test covers, and how many of them it noticed */
    private int[] mutate(String test) throws IOException, InterruptedException {
        int dot = test.lastIndexOf('.');
        String type = test.substring(0, dot);
        Path module = moduleOf(type);
        String output = pit(module, type, test.substring(dot + 1), true);
        if (output.contains("has not been downloaded")) {
            output = pit(module, type, test.substring(dot + 1), false);
        }
        Matcher m = KILLED.matcher(output);
        int[] found = null;
        while (m.find()) {                                   // of each module that is made on the way; the test's own comes last
            found = new int[] {Integer.parseInt(m.group(1)) - Integer.parseInt(m.group(3)), Integer.parseInt(m.group(2))};
        }
        if (found == null) {
            throw new IOException("PIT said nothing of " + test + ":\n" + output.lines().filter(l -> l.contains("ERROR")).limit(5).toList());
        }
        return found;
    }

    /** @param offline with what Maven has already: much faster */
    private String pit(Path module, String type, String method, boolean offline) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-f", root.resolve("pom.xml").toString(), "-pl", root.relativize(module).toString(), "-am",
                "test-compile", "org.pitest:pitest-maven:mutationCoverage", "-DtargetTests=" + type, "-DjvmArgs=-Dsidetone.only=" + method,
                "-DtargetClasses=org.sidetone.*", "-DoutputFormats=CSV", "-DtimestampedReports=false", "-Dthreads=2", "-DfailWhenNoMutations=false",
                "-DcrossModule=true", "-DskipFailingTests=true", "-Dfeatures=+CLASSLIMIT(limit[" + changes + "])", "-DtimeoutConstant=2000"));
        if (offline) {
            command.add(1, "-o");
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private Path moduleOf(String type) throws IOException {
        Path source = Path.of("src/test/java", type.replace('.', '/') + ".java");
        try (Stream<Path> poms = Files.find(root, 3, (p, a) -> p.endsWith("pom.xml") && Files.exists(p.resolveSibling(source)))) {
            return poms.findFirst().orElseThrow(() -> new IOException("no module has " + type)).getParent();
        }
    }
}
