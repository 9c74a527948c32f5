package org.sidetone.bench.parse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sidetone.bench.fork.Forks;
import org.sidetone.bench.report.Report;

/** Runs every contender in processes of its own, first to show that all read the same, then for time. */
final class ParseBench {
    private static final String REFERENCE = "sofia-sip";
    private static final Map<String, String> REMARKS = Map.of(
            "sidetone", "every header line found, the mandatory and routing ones checked in full",
            "JAIN-SIP", "every header an object at once",
            "pkts-sip", "lines first, a header when it is asked for; Event and Subscription-State as text",
            "sofia-sip", "every known header at once, parameters as lists",
            "osip2", "every known header at once, each string copied; Event and Subscription-State as text",
            "libre", "Via, From, To, CSeq at once, Contact when asked for");

    private ParseBench() {
    }

    static Report run(Forks forks) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sidetone-bench");
        Path corpus = folder.resolve("corpus");
        Corpus.write(corpus);
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (String name : List.of("sidetone", "JAIN-SIP", "pkts-sip")) {
            commands.put(name, Forks.java(ContenderMain.class, name));
        }
        for (NativePeer peer : NativePeer.ALL) {
            Path program = peer.build(folder);
            if (program == null) {
                System.out.println(peer.name() + " is left out: gcc or " + peer.debianPackage() + " is not installed");
            } else {
                commands.put(peer.name(), List.of(program.toString(), corpus.toString()));
            }
        }
        compare(commands);
        return forks.measure("parse", REFERENCE, "ns/message", commands, REMARKS);
    }

    /** All contenders must take the same fields out of every message. */
    private static void compare(Map<String, List<String>> commands) throws IOException, InterruptedException {
        List<String> ours = null;
        for (Map.Entry<String, List<String>> contender : commands.entrySet()) {
            List<String> sums = Forks.lines(contender.getValue(), "full");
            ours = ours == null ? sums : ours;
            for (int i = 0; i < Corpus.SIZE; i++) {
                if (sums.size() <= i || sums.get(i).startsWith("refused") || !sums.get(i).equals(ours.get(i))) {
                    throw new IOException(contender.getKey() + " reads message " + i + " differently (" + (sums.size() <= i ? "nothing" : sums.get(i))
                            + " instead of " + ours.get(i) + "):\n" + new String(Corpus.messages()[i], StandardCharsets.UTF_8));
                }
            }
        }
        System.out.println(Corpus.SIZE + " messages; " + String.join(", ", commands.keySet()) + " take the same fields from each");
    }
}
