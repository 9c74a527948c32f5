package org.sidetone.bench.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sidetone.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone bench core}. */
@Command(name = "core", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Sends MESSAGE requests over UDP loopback, each twice, to our stack, to JAIN-SIP's and to a bare NIO echo, each in a process"
                + " of its own on one core; says how many datagrams each works through in a second of CPU time, the system's share included.")
public final class CoreCommand implements Callable<Integer> {
    @Option(names = "--rounds", paramLabel = "N", description = "measured rounds; the median counts (${DEFAULT-VALUE})", defaultValue = "7")
    private int rounds;

    @Option(names = "--warm-up", paramLabel = "N", description = "rounds before them (${DEFAULT-VALUE})", defaultValue = "6")
    private int warmUp;

    @Option(names = "--transactions", paramLabel = "N", description = "transactions in a round, at most the pool's size (${DEFAULT-VALUE})",
            defaultValue = "16000")
    private int transactions;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the table for machines")
    private Path json;

    @Override
    public Integer call() throws Exception {
        try {
            Report report = new CoreBench(rounds, warmUp, transactions).run();
            report.print();
            report.write(json);
            return 0;
        } catch (IOException e) {
            System.err.println("sidetone bench core: " + e.getMessage());
            return 1;
        }
    }
}
