package org.sidetone.bench.parse;

import java.lang.management.ManagementFactory;

/** One contender in a process of its own: {@code NAME full}, or {@code NAME time ROUNDS MS WARM-UP-MS}; prints as the C peers do. */
public final class ContenderMain {
    private static final int ALLOCATION_ROUNDS = 4;

    private ContenderMain() {
    }

    public static void main(String[] arguments) throws Exception {
        Contender contender = Contender.named(arguments[0]);
        byte[][] messages = Corpus.messages();
        if (arguments[1].equals("full")) {
            Fields fields = new Fields(true);
            for (byte[] message : messages) {
                fields.start();
                try {
                    contender.read(message, fields);
                    System.out.printf("%016x%n", fields.sum());
                } catch (Exception e) {
                    System.out.println("refused " + e);
                }
            }
            return;
        }
        int rounds = Integer.parseInt(arguments[2]);
        long roundNs = 1_000_000L * Long.parseLong(arguments[3]);
        round(contender, messages, 1_000_000L * Long.parseLong(arguments[4]));
        for (int i = 0; i < rounds; i++) {
            System.out.printf("%.1f%n", round(contender, messages, roundNs));
        }
        System.out.printf("alloc %.1f%n", allocation(contender, messages));
    }

    private static long cpuNs() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Nanoseconds of the process's CPU time a message, garbage collection included. */
    private static double round(Contender contender, byte[][] messages, long atLeastNs) throws Exception {
        Fields fields = new Fields(false);
        long start = cpuNs();
        long now = start;
        long n = 0;
        while (now - start < atLeastNs) {
            for (byte[] message : messages) {
                contender.read(message, fields);
            }
            n += messages.length;
            now = cpuNs();
        }
        if (fields.sum() == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return (now - start) / (double) n;
    }

    private static double allocation(Contender contender, byte[][] messages) throws Exception {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Fields fields = new Fields(false);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ALLOCATION_ROUNDS; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (byte[] message : messages) {
                contender.read(message, fields);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least / (double) messages.length;
    }
}
