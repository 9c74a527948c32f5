package org.sidetone.bench.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sidetone.bench.fork.Forks;
import org.sidetone.bench.report.Report;
import org.sidetone.bench.server.Servers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sidetone bench policy}. */
@Command(name = "policy", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Decides by 100 rules what each of 100 watchers may see and makes of a presence document of 2 KB what he is shown: with our engine, and as one would"
                + " with the JDK's trees, the rules parsed once. Then writes and reads rules by XCAP at our exchange and, where it is installed, at Kamailio; and takes the time from"
                + " the Allow key of one phone to the lamp of another.")
public final class PolicyCommand implements Callable<Integer> {
    private static final Map<String, String> REMARKS = Map.of("sidetone", "the rules read anew for each watcher, everything of RFC 4745 and 5025",
            "JDK DOM", "the rules kept as a tree; identities, handling, services, persons and a few attributes alone");

    @Mixin
    private Forks forks;

    @Option(names = "--seconds", paramLabel = "S", description = "of each measurement at a server, and before it (${DEFAULT-VALUE})", defaultValue = "5")
    private int seconds;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the table for machines")
    private Path json;

    @Override
    public Integer call() throws Exception {
        if (seconds < 1) {
            System.err.println("sidetone bench policy: --seconds is 1 at least");
            return 2;
        }
        try {
            Map<String, List<String>> commands = new LinkedHashMap<>();
            List<String> first = null;
            for (String name : List.of("sidetone", "JDK DOM")) {
                commands.put(name, Forks.java(PolicyMain.class, name));
                List<String> shown = Forks.lines(commands.get(name), "full");
                first = first == null ? shown : first;
                if (!shown.equals(first)) {
                    throw new IOException(name + " shows something else than the others");
                }
            }
            System.out.println(Rules.WATCHERS + " watchers, " + Rules.RULES + " rules of " + Rules.ruleSet().length + " bytes, a document of " + Rules.document().length + " bytes");
            Report report = forks.measure("policy", "JDK DOM", "ns/watcher", commands, REMARKS);
            report.print();
            if (Servers.canPin()) {
                atTheServer(report);
            } else {
                System.out.println("the servers are left out: they need taskset and two cores");
            }
            report.write(json);
            return 0;
        } catch (IOException e) {
            System.err.println("sidetone bench policy: " + e.getMessage());
            return 1;
        }
    }

    /** Each with a table of its own; for machines all are rows of one. */
    private void atTheServer(Report all) throws Exception {
        try (Servers servers = new Servers("policy")) {
            PolicyServers there = new PolicyServers(servers, seconds);
            for (Report report : List.of(there.xcap(), there.allowToLamp())) {
                System.out.println();
                report.print();
                report.rows().forEach(all::add);
            }
        }
    }
}
