package org.sidetone.bench.compositor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sidetone.bench.report.Report;
import org.sidetone.bench.server.Servers;

/** Puts each server under load, with one watcher and with many. */
final class CompositorBench {
    private static final String REFERENCE = "Kamailio";
    private static final int MANY = 10;

    private final int wished;
    private int presentities;
    private final int seconds;
    private final int warmUp;
    private final Servers servers;

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
    CompositorBench(Servers servers, int presentities, int seconds, int warmUp) {
        wished = presentities;
        this.seconds = seconds;
        this.warmUp = warmUp;
        this.servers = servers;
    }

    Report run(List<Integer> watchers) throws Exception {
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
    private Found kamailio(int watchers, long rate) throws Exception {
        if (!Servers.hasKamailio()) {
            return null;
        }
        try (Servers.Running kamailio = servers.kamailio(users(watchers))) {
            return load(kamailio, watchers, rate);
        } catch (IOException e) {
            System.out.println("Kamailio is left out: " + e.getMessage());
            return null;
        }
    }

    private Found ours(int watchers, long rate, boolean durable) throws Exception {
        try (Servers.Running exchange = servers.ours(users(watchers), durable ? new String[0] : new String[] {"--no-sync"})) {
            return load(exchange, watchers, rate);
        }
    }

    private Found load(Servers.Running server, int watchers, long rate) throws Exception {
        try {
            return Found.of(Servers.load(LoadMain.class, "" + server.port(), "" + presentities, "" + watchers, "" + rate, "" + warmUp, "" + seconds));
        } catch (IOException e) {
            throw server.failed(e);
        }
    }
}
