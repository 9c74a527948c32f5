package org.sidetone.bench.core;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One contender in a process of its own: prints its port, then for every line on standard input what the round before it took. */
public final class CoreServer {
    /** One stack. */
    interface Contender {
        /** Opens a UDP port on loopback. @return which */
        int open(int transactions) throws Exception;

        /** Works until the process ends, on the calling thread or on its own. */
        void run() throws Exception;

        /** Between two rounds: lets every transaction end. */
        void settle() throws Exception;
    }

    private CoreServer() {
    }

    public static void main(String[] arguments) throws Exception {
        Contender contender = switch (arguments[0]) {
            case "sidetone" -> new SidetoneStack();
            case "JAIN-SIP" -> new JainStack();
            default -> new BareEcho();
        };
        int port = contender.open(Integer.parseInt(arguments[1]));
        Thread control = new Thread(() -> control(contender), "control");
        control.setDaemon(true);
        System.out.println(port);
        control.start();
        contender.run();
    }

    private static void control(Contender contender) {
        com.sun.management.OperatingSystemMXBean system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            long cpu = system.getProcessCpuTime();
            long allocated = allocated(threads, self);
            while (in.readLine() != null) {
                long cpuNow = system.getProcessCpuTime();
                long allocatedNow = allocated(threads, self);
                contender.settle();
                System.out.println(cpuNow - cpu + " " + (allocatedNow - allocated));
                cpu = system.getProcessCpuTime();
                allocated = allocated(threads, self);
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(0);
    }

    private static long allocated(com.sun.management.ThreadMXBean threads, long self) {
        long[] ids = Arrays.stream(threads.getAllThreadIds()).filter(id -> id != self).toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(ids)).filter(n -> n > 0).sum();
    }
}
