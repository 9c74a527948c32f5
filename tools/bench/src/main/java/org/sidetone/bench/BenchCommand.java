package org.sidetone.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone bench}. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Prints what a phone allocates for each datagram, counted over all threads of an interpreting virtual machine"
                + " (an optimising one hides garbage), from the bytes on a real socket to lamps, display cells and inbox.")
public final class BenchCommand implements Callable<Integer> {
    private static final int PATH_WIDTH = 70;

    @Option(names = "--messages", paramLabel = "N", description = "datagrams a measurement (${DEFAULT-VALUE})", defaultValue = "2000")
    private int messages;

    @Override
    public Integer call() throws Exception {
        List<AllocationBench.Figure> figures = new AllocationBench(messages).run();
        System.out.printf("%-" + PATH_WIDTH + "s %14s%n", "path", "bytes each");
        for (AllocationBench.Figure f : figures) {
            System.out.printf("%-" + PATH_WIDTH + "s %14.2f  %s%n", f.path(), f.bytesEach(), f.remark());
        }
        return 0;
    }

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }
}
