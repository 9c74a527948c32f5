package org.sidetone.bench.fork;

import java.lang.management.ManagementFactory;

/** The measuring side of a fork: {@code time ROUNDS MS WARM-UP-MS} prints the CPU time of one item in nanoseconds, a line a round, and {@code alloc BYTES}. */
public final class Timing {
    private static final int ALLOCATION_ROUNDS = 4;

    /** What is measured, item by item. */
    public interface Work {
        void item(int index) throws Exception;
    }

    private Timing() {
    }

    /** @param arguments the words after {@code time}. @param items in a pass; every measurement is of whole passes */
    public static void print(String[] arguments, int items, Work work) throws Exception {
        long roundNs = 1_000_000L * Long.parseLong(arguments[1]);
        round(items, work, 1_000_000L * Long.parseLong(arguments[2]));
        for (int i = Integer.parseInt(arguments[0]); i > 0; i--) {
            System.out.printf("%.1f%n", round(items, work, roundNs));
        }
        System.out.printf("alloc %.1f%n", allocation(items, work));
    }

    private static long cpuNs() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Nanoseconds of the process's CPU time an item, garbage collection included. */
    private static double round(int items, Work work, long atLeastNs) throws Exception {
        long start = cpuNs();
        long now = start;
        long n = 0;
        while (now - start < atLeastNs) {
            pass(items, work);
            n += items;
            now = cpuNs();
        }
        return (now - start) / (double) n;
    }

    private static void pass(int items, Work work) throws Exception {
        for (int i = 0; i < items; i++) {
            work.item(i);
        }
    }

    private static double allocation(int items, Work work) throws Exception {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ALLOCATION_ROUNDS; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            pass(items, work);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least / (double) items;
    }
}
