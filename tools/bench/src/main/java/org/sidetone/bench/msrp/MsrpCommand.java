package org.sidetone.bench.msrp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sidetone.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone bench msrp}. */
@Command(name = "msrp", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Sends one long message from phone to phone over TCP loopback, directly and through a relay, in chunks of 2 KB and of 64 KB, all on one"
                + " thread; beside it the same bytes copied from socket to socket, once or twice, in pieces of that size, by bare NIO. Says how many MB each"
                + " moves in a second of CPU time, the system's share included, and what is on the heap before and after.")
public final class MsrpCommand implements Callable<Integer> {
    @Option(names = "--megabytes", paramLabel = "N", description = "that each moves while it is measured (${DEFAULT-VALUE})", defaultValue = "1024")
    private int megabytes;

    @Option(names = "--rounds", paramLabel = "N", description = "they are divided into; the median counts (${DEFAULT-VALUE})", defaultValue = "8")
    private int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the table for machines")
    private Path json;

    @Override
    public Integer call() throws Exception {
        try {
            Report report = MsrpBench.run(megabytes, rounds);
            report.print();
            report.write(json);
            return 0;
        } catch (IOException e) {
            System.err.println("sidetone bench msrp: " + e.getMessage());
            return 1;
        }
    }
}
