package org.sidetone.bench.presence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sidetone.bench.fork.Forks;
import org.sidetone.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sidetone bench presence}. */
@Command(name = "presence", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Reads the same presence documents of about 1 KB with our reader, with the JDK's StAX parser and with kXML2, and takes the"
                + " same fields from each; says how much CPU time each needs.")
public final class PresenceCommand implements Callable<Integer> {
    @Mixin
    private Forks forks;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the table for machines")
    private Path json;

    @Override
    public Integer call() throws Exception {
        try {
            Report report = PresenceBench.run(forks);
            report.print();
            report.write(json);
            return 0;
        } catch (IOException e) {
            System.err.println("sidetone bench presence: " + e.getMessage());
            return 1;
        }
    }
}
