package org.sidetone.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone conformance}. */
@Command(name = "conformance", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Writes docs/conformance.md and docs/conformance.tsv from the results of the tests (run sidetone test before).",
        subcommands = {AuditCommand.class})
public final class ConformanceCommand implements Callable<Integer> {
    @Option(names = "--root", paramLabel = "FOLDER", description = "of the project (${DEFAULT-VALUE})", defaultValue = ".")
    private Path root;

    @Override
    public Integer call() throws IOException {
        Matrix matrix = new Matrix(root);
        if (!matrix.unknown().isEmpty()) {
            System.err.println("sidetone conformance: tests name rows that there are not: " + matrix.unknown());
            return 1;
        }
        Files.writeString(root.resolve("docs/conformance.md"), matrix.markdown());
        Files.writeString(root.resolve("docs/conformance.tsv"), matrix.tsv());
        long shown = matrix.rows().stream().filter(r -> matrix.state(r).equals("shown")).count();
        System.out.println(shown + " of " + matrix.rows().size() + " rows are shown by tests");
        return 0;
    }

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ConformanceCommand()).execute(arguments));
    }
}
