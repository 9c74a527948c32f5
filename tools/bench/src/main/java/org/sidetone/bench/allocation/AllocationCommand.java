package org.sidetone.bench.allocation;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sidetone.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone bench allocation}. */
@Command(name = "allocation", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Prints what a phone allocates for each datagram, counted over all threads of an interpreting virtual machine"
                + " (an optimising one hides garbage), from the bytes on a real socket to lamps, display cells and inbox.")
public final class AllocationCommand implements Callable<Integer> {
    @Option(names = "--messages", paramLabel = "N", description = "datagrams a measurement (${DEFAULT-VALUE})", defaultValue = "2000")
    private int messages;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the table for machines")
    private Path json;

    @Override
    public Integer call() throws Exception {
        Report report = new Report("allocation", "");
        for (AllocationBench.Figure f : new AllocationBench(messages).run()) {
            report.add(new Report.Row(f.path(), f.bytesEach(), "bytes each", Double.NaN, f.bytesEach(), f.remark()));
        }
        report.print();
        report.write(json);
        return 0;
    }
}
