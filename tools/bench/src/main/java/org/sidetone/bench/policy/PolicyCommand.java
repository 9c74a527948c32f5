package org.sidetone.bench.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sidetone.bench.fork.Forks;
import org.sidetone.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sidetone bench policy}. */
@Command(name = "policy", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Decides by 100 rules what each of 100 watchers may see and makes of a presence document of 2 KB what he is shown: with our engine, and as one would"
                + " with the JDK's trees, the rules parsed once.")
public final class PolicyCommand implements Callable<Integer> {
    private static final Map<String, String> REMARKS = Map.of("sidetone", "the rules read anew for each watcher, everything of RFC 4745 and 5025",
            "JDK DOM", "the rules kept as a tree; identities, handling, services, persons and a few attributes alone");

    @Mixin
    private Forks forks;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the table for machines")
    private Path json;

    @Override
    public Integer call() throws Exception {
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
            report.write(json);
            return 0;
        } catch (IOException e) {
            System.err.println("sidetone bench policy: " + e.getMessage());
            return 1;
        }
    }
}
