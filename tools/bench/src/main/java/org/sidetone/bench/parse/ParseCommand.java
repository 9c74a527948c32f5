package org.sidetone.bench.parse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sidetone.bench.fork.Forks;
import org.sidetone.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sidetone bench parse}. */
@Command(name = "parse", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Reads the same messages with our parser, with JAIN-SIP and pkts-sip, and with sofia-sip, osip2 and libre where gcc and"
                + " their headers are (apt-get install gcc libsofia-sip-ua-dev libosip2-dev libre-dev), and takes the same fields from each;"
                + " says how much CPU time each needs.")
public final class ParseCommand implements Callable<Integer> {
    @Mixin
    private Forks forks;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the table for machines")
    private Path json;

    @Override
    public Integer call() throws Exception {
        try {
            Report report = ParseBench.run(forks);
            report.print();
            report.write(json);
            return 0;
        } catch (IOException e) {
            System.err.println("sidetone bench parse: " + e.getMessage());
            return 1;
        }
    }
}
