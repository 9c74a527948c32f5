package org.sidetone.bench.policy;

import java.io.IOException;
import java.util.List;
import org.sidetone.bench.report.Report;
import org.sidetone.bench.server.Servers;

/** What rules cost at the server: writing and reading them by XCAP, ours beside Kamailio's, and from the owner's key to his watcher's lamp. */
final class PolicyServers {
    private static final int USERS = 4;
    private static final int TIMES = 100;

    private final Servers servers;
    private final int seconds;

    PolicyServers(Servers servers, int seconds) {
        this.servers = servers;
        this.seconds = seconds;
    }

    Report xcap() throws Exception {
        double[] ours;
        double[] forced;
        double[] theirs = {Double.NaN, Double.NaN};
        List<String> users = XcapLoadMain.names(USERS);
        if (Servers.hasKamailio()) {
            try (Servers.Running kamailio = servers.kamailio(users)) {
                theirs = load(kamailio);
            }
        } else {
            System.out.println("Kamailio is left out: it is not installed (interop/kamailio/start installs it)");
        }
        try (Servers.Running exchange = servers.ours(users, "--no-sync")) {
            ours = load(exchange);
        }
        try (Servers.Running exchange = servers.ours(users)) {
            forced = load(exchange);
        }
        Report report = new Report("XCAP", "Kamailio");
        String[] methods = {"PUT", "GET"};
        for (int i = 0; i < methods.length; i++) {
            add(report, "Kamailio, " + methods[i], theirs[i], theirs[i], "");
            add(report, "sidetone, " + methods[i], ours[i], theirs[i], i == 0 ? "the schema and the application's constraints checked" : "");
        }
        add(report, "sidetone, PUT, each forced to disk", forced[0], theirs[0], "");
        return report;
    }

    private static void add(Report report, String name, double value, double reference, String remark) {
        if (!Double.isNaN(value)) {
            report.add(new Report.Row(name, value, "requests/s", value / reference, Double.NaN, remark));
        }
    }

    private double[] load(Servers.Running server) throws Exception {
        String[] w = load(server, XcapLoadMain.class, "" + server.xcapPort(), "" + USERS, "" + seconds, "" + seconds);
        return new double[] {Double.parseDouble(w[0]), Double.parseDouble(w[1])};
    }

    private static String[] load(Servers.Running server, Class<?> main, String... arguments) throws Exception {
        try {
            return Servers.load(main, arguments).split(" ");
        } catch (IOException e) {
            throw server.failed(e);
        }
    }

    /** The exchange forces each change to the disk, as it does for an office. */
    Report allowToLamp() throws Exception {
        Report report = new Report("Allow", "");
        try (Servers.Running exchange = servers.ours(List.of("alice", "bob"), "--watchers", "confirm")) {
            String[] us = load(exchange, AllowToLampMain.class, "" + exchange.port(), "" + exchange.xcapPort(), servers.folder().resolve("phones").toString(), "" + TIMES);
            report.add(new Report.Row("from the key to the watcher's lamp", Double.parseDouble(us[0]) / 1000, "ms", Double.NaN, Double.NaN,
                    String.format("median of %d, the slowest %.1f ms: PUT of the rules, NOTIFY, lamp; two phones and an exchange", TIMES, Double.parseDouble(us[1]) / 1000)));
        }
        return report;
    }
}
