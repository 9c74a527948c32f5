package org.sidetone.bench.presence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sidetone.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone bench presence}. */
@Command(name = "presence", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Reads the same presence documents of about 1 KB with our reader, with the JDK's StAX parser and with kXML2, and takes the"
                + " same fields from each; says how much CPU time each needs.")
public final class PresenceCommand implements Callable<Integer> {
    @Option(names = "--forks", paramLabel = "N", description = "processes for each reader (${DEFAULT-VALUE})", defaultValue = "3")
    private int forks;

    @Option(names = "--rounds", paramLabel = "N", description = "measurements in each process (${DEFAULT-VALUE})", defaultValue = "5")
    private int rounds;

    @Option(names = "--round-ms", paramLabel = "MS", description = "CPU time of a measurement (${DEFAULT-VALUE})", defaultValue = "300")
    private int roundMs;

    @Option(names = "--warm-up-ms", paramLabel = "MS", description = "CPU time before the first, in a JVM (${DEFAULT-VALUE})", defaultValue = "4000")
    private int warmUpMs;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the table for machines")
    private Path json;

    @Override
    public Integer call() throws Exception {
        try {
            Report report = new PresenceBench(forks, rounds, roundMs, warmUpMs).run();
            report.print();
            report.write(json);
            return 0;
        } catch (IOException e) {
            System.err.println("sidetone bench presence: " + e.getMessage());
            return 1;
        }
    }
}
