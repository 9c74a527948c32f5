package org.sidetone.bench.allocation;

/** A phone in a process of its own; prints what a NOTIFY costs it from the socket to the lamp, in nanoseconds of CPU time, a line a round. */
public final class LampMain {
    private static final int NOTIFIES = 4800;
    private static final int WARM_UP_ROUNDS = 8;

    private LampMain() {
    }

    /** The program. @param arguments how many rounds */
    public static void main(String[] arguments) throws Exception {
        for (double ns : new AllocationBench(NOTIFIES).nsPerNotify(WARM_UP_ROUNDS, Integer.parseInt(arguments[0]))) {
            System.out.printf("%.1f%n", ns);
        }
        System.exit(0);
    }
}
