package org.sidetone.bench.compositor;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sidetone.bench.report.Report;

/** Starts each server pinned to core 0, its database with it, and the load on core 1. */
final class CompositorBench {
    private static final String REFERENCE = "Kamailio";
    private static final Path TEST_BED = Path.of("interop", "kamailio");
    private static final int OWN_PORT = 27160;
    private static final int THEIR_PORT = 25160;
    private static final int MANY = 10;

    private final int wished;
    private int presentities;
    private final int seconds;
    private final int warmUp;
    private final Path folder;

    /** What one run under load found. */
    private record Found(double publishes, double notifies, long lost, double busy, long medianUs, long p99Us) {
        static Found of(String line) {
            String[] w = line.split(" ");
            return new Found(Double.parseDouble(w[0]), Double.parseDouble(w[1]), Long.parseLong(w[2]), Double.parseDouble(w[3]), Long.parseLong(w[4]), Long.parseLong(w[5]));
        }

        String remark() {
            return String.format("%.0f NOTIFY/s, core %.0f %% busy, PUBLISH to NOTIFY %d us, 99 %% in %d us%s", notifies, 100 * busy, medianUs, p99Us,
                    lost == 0 ? "" : ", " + lost + " late or lost");
        }
    }

    /** @param presentities 0: as many as suit the number of watchers */
    CompositorBench(int presentities, int seconds, int warmUp) throws IOException {
        wished = presentities;
        this.seconds = seconds;
        this.warmUp = warmUp;
        folder = Files.createTempDirectory("sidetone-compositor");
    }

    Report run(List<Integer> watchers) throws IOException, InterruptedException {
        Report report = new Report("compositor", REFERENCE);
        for (int each : watchers) {
            presentities = wished > 0 ? wished : each < MANY ? 16 : 4;
            Found theirs = kamailio(each, 0);
            double reference = theirs == null ? Double.NaN : theirs.publishes();
            add(report, "Kamailio, " + each + " watchers", theirs, reference);
            add(report, "sidetone, " + each + " watchers", ours(each, 0, false), reference);
            add(report, "sidetone, each commit forced to disk", ours(each, 0, true), reference);
            if (theirs != null) {
                long half = Math.max(1, (long) (theirs.publishes() / 2));
                Found their = kamailio(each, half);
                if (their == null) {
                    continue;
                }
                Found our = ours(each, half, false);
                add(report, "Kamailio at half of its peak", their, their.publishes());
                add(report, "sidetone at the same rate", our, their.publishes());
                System.out.printf("%d watchers: sidetone %.2f times Kamailio's rate; %.2f of its time from PUBLISH to NOTIFY at half of its peak%n", each,
                        report.rows().get(report.rows().size() - 4).ratio(), (double) our.medianUs() / their.medianUs());
            }
        }
        return report;
    }

    private static void add(Report report, String name, Found found, double reference) {
        if (found != null) {
            report.add(new Report.Row(name, found.publishes(), "PUBLISH/s", found.publishes() / reference, Double.NaN, found.remark()));
        }
    }

    static boolean hasKamailio() {
        return Files.isExecutable(Path.of("/usr/sbin/kamailio")) && Files.isExecutable(TEST_BED.resolve("start"));
    }

    private List<String> users(int watchers) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < presentities; i++) {
            all.add("p" + i);
        }
        for (int i = 0; i < watchers; i++) {
            all.add("w" + i);
        }
        return all;
    }

    /** Null when it is not there, or does not play. */
    private Found kamailio(int watchers, long rate) throws InterruptedException {
        try {
            return hasKamailio() ? withKamailio(watchers, rate) : null;
        } catch (IOException e) {
            System.out.println("Kamailio is left out: " + e.getMessage());
            return null;
        }
    }

    private Found withKamailio(int watchers, long rate) throws IOException, InterruptedException {
        Path state = folder.resolve("kamailio");
        script("start", state, watchers);
        try {
            return load(THEIR_PORT, watchers, rate);
        } finally {
            script("stop", state, watchers);
        }
    }

    private void script(String name, Path state, int watchers) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("taskset", "-c", "0", TEST_BED.resolve(name).toString(), state.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().putAll(Map.of("SIP_PORT", "" + THEIR_PORT, "TLS_PORT", "25161", "XCAP_PORT", "28180", "XCAPS_PORT", "28143", "MSRP_PORT", "22955", "MSRPS_PORT", "22956",
                "USERS", String.join(" ", users(watchers)), "FORCE_ACTIVE", "1"));
        if (builder.start().waitFor() != 0) {
            throw new IOException("Kamailio does not " + name + ":\n" + Files.readString(folder.resolve(name + ".log")));
        }
    }

    private Found ours(int watchers, long rate, boolean durable) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0", java(), "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "org.sidetone.world.Sidetone",
                "switchboard", "--port", "" + OWN_PORT, "--digest", "MD5", "--data", folder.resolve("exchange-" + System.nanoTime()).toString()));
        if (!durable) {
            command.add("--no-sync");
        }
        for (String user : users(watchers)) {
            command.addAll(List.of("--user", user + ":secret-" + user));
        }
        Process exchange = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("exchange.log").toFile()).start();
        try {
            return load(OWN_PORT, watchers, rate);              // it asks until somebody answers
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; the exchange said:\n" + Files.readString(folder.resolve("exchange.log")), e);
        } finally {
            exchange.destroy();
            exchange.waitFor();
        }
    }

    private Found load(int port, int watchers, long rate) throws IOException, InterruptedException {
        Process load = new ProcessBuilder("taskset", "-c", "1", java(), "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), LoadMain.class.getName(), "" + port,
                "" + presentities, "" + watchers, "" + rate, "" + warmUp, "" + seconds).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader in = load.inputReader()) {
            String line = in.readLine();
            if (load.waitFor() != 0 || line == null) {
                throw new IOException("the load did not come to its end");
            }
            return Found.of(line);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
