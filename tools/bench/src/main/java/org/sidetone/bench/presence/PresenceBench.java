package org.sidetone.bench.presence;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sidetone.bench.allocation.LampMain;
import org.sidetone.bench.fork.Forks;
import org.sidetone.bench.report.Report;

/** All readers must say the same of every document; then each is measured. */
final class PresenceBench {
    private static final Map<String, String> REMARKS = Map.of(
            "sidetone", "the schema checked, every extension read, brought down to what the phone shows",
            "StAX", "the JDK's pull parser: well-formedness, the same fields as strings",
            "kXML2", "well-formedness, the same fields as strings");

    private static final int LAMP_ROUNDS = 7;

    private PresenceBench() {
    }

    static Report run(Forks forks) throws IOException, InterruptedException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        List<String> ours = null;
        for (String name : List.of("sidetone", "StAX", "kXML2")) {
            commands.put(name, Forks.java(ReaderMain.class, name));
            List<String> sums = Forks.lines(commands.get(name), "full");
            ours = ours == null ? sums : ours;
            if (sums.size() != Documents.SIZE || !sums.equals(ours)) {
                throw new IOException(name + " reads other values than the others");
            }
        }
        System.out.println(Documents.SIZE + " documents, " + bytes() + " bytes on average; all take the same fields from each");
        Report report = forks.measure("presence", "StAX", "ns/document", commands, REMARKS);
        double reference = report.rows().stream().filter(r -> r.name().equals("StAX")).findFirst().orElseThrow().value();
        List<Double> lamp = Forks.lines(Forks.java(LampMain.class, "" + LAMP_ROUNDS)).stream().map(Double::parseDouble).sorted().toList();
        report.add(new Report.Row("NOTIFY to lamp", lamp.get(lamp.size() / 2), "ns/NOTIFY", lamp.get(lamp.size() / 2) / reference, Double.NaN,
                "a phone on real sockets: datagram in, state changed, lamp and display set, 200 out; bytes: see bench allocation"));
        return report;
    }

    private static int bytes() {
        int sum = 0;
        for (byte[] document : Documents.all()) {
            sum += document.length;
        }
        return sum / Documents.SIZE;
    }
}
