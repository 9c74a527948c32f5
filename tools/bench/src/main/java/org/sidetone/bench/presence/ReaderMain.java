package org.sidetone.bench.presence;

import java.lang.management.ManagementFactory;

/** One reader in a process of its own: {@code NAME full}, or {@code NAME time ROUNDS MS WARM-UP-MS}. */
public final class ReaderMain {
    private static final int ALLOCATION_ROUNDS = 4;

    private ReaderMain() {
    }

    public static void main(String[] arguments) throws Exception {
        DocumentReader reader = DocumentReader.named(arguments[0]);
        byte[][] documents = Documents.all();
        if (arguments[1].equals("full")) {
            for (byte[] document : documents) {
                System.out.printf("%016x%n", reader.read(document));
            }
            return;
        }
        long roundNs = 1_000_000L * Long.parseLong(arguments[3]);
        round(reader, documents, 1_000_000L * Long.parseLong(arguments[4]));
        for (int i = Integer.parseInt(arguments[2]); i > 0; i--) {
            System.out.printf("%.1f%n", round(reader, documents, roundNs));
        }
        System.out.printf("alloc %.1f%n", allocation(reader, documents));
    }

    private static long cpuNs() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Nanoseconds of the process's CPU time a document, garbage collection included. */
    private static double round(DocumentReader reader, byte[][] documents, long atLeastNs) throws Exception {
        long sum = 0;
        long start = cpuNs();
        long now = start;
        long n = 0;
        while (now - start < atLeastNs) {
            for (byte[] document : documents) {
                sum += reader.read(document);
            }
            n += documents.length;
            now = cpuNs();
        }
        if (sum == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return (now - start) / (double) n;
    }

    private static double allocation(DocumentReader reader, byte[][] documents) throws Exception {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ALLOCATION_ROUNDS; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (byte[] document : documents) {
                reader.read(document);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least / (double) documents.length;
    }
}
