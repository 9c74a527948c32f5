package org.sidetone.bench.msrp;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** One way of moving bytes, measured: prints {@code rate} (MB/s, a line a round), {@code alloc} (bytes for each MB), and the heap in MB {@code before} and {@code after}. */
public final class MsrpMain {
    private static final int WARM_UP_MEGABYTES = 1024;
    /** The end of the name of a way that has a hop. */
    static final String RELAYED = ", relayed";
    private static final double MB = 1_000_000.0;

    /** Moves bytes from one end to the other. */
    interface Way {
        /** @return when the last of so many bytes has arrived */
        void move(long bytes) throws Exception;
    }

    private MsrpMain() {
    }

    /** @param arguments which way, bytes of a chunk, megabytes, rounds */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int chunk = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[3]);
        long bytes = Long.parseLong(arguments[2]) * 1_000_000 / rounds;
        boolean relayed = arguments[0].endsWith(RELAYED);
        Way way = arguments[0].startsWith("sidetone") ? new TwoEnds(chunk, relayed) : new BareCopy(chunk, relayed);
        way.move(WARM_UP_MEGABYTES * 1_000_000L);
        System.out.printf("before %.3f%n", heap());
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
            long start = cpuNs();
            way.move(bytes);
            double seconds = (cpuNs() - start) / 1e9;
            allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - allocatedBefore);
            System.out.printf("rate %.1f%n", bytes / MB / seconds);
        }
        System.out.printf("alloc %.2f%nafter %.3f%n", allocated / (bytes / MB), heap());
        System.exit(0);
    }

    private static long cpuNs() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MB;
    }
}
