package org.sidetone.bench.msrp;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sidetone.bench.fork.Forks;
import org.sidetone.bench.report.Report;

/** Starts each way in a process of its own. */
final class MsrpBench {
    private static final String REFERENCE = "bare copy";
    private static final int[] CHUNKS = {2048, 65_536};
    private static final Map<String, String> REMARKS = Map.of(
            "sidetone", "framed, checked, each chunk answered",
            REFERENCE, "SocketChannel.write and read",
            "sidetone" + MsrpMain.RELAYED, "forwarded by the relay, each chunk answered on both hops",
            REFERENCE + MsrpMain.RELAYED, "written and read twice");

    private MsrpBench() {
    }

    /** What one way did. */
    private record Result(double perSecond, double allocated, double heapBefore, double heapAfter) {
    }

    static Report run(int megabytes, int rounds) throws IOException, InterruptedException {
        Map<Integer, Map<String, Result>> all = new LinkedHashMap<>();
        for (int chunk : CHUNKS) {
            Map<String, Result> results = new LinkedHashMap<>();
            for (String name : List.of("sidetone", REFERENCE, "sidetone" + MsrpMain.RELAYED, REFERENCE + MsrpMain.RELAYED)) {
                results.put(name, measure(name, chunk, megabytes, rounds));
            }
            all.put(chunk, results);
        }
        Report report = new Report("msrp", REFERENCE + " of the same pieces, the same way");
        all.forEach((chunk, results) -> results.forEach((name, r) -> report.add(new Report.Row(name + ", " + chunk / 1024 + " KB", r.perSecond, "MB/s",
                r.perSecond / results.get(name.replace("sidetone", REFERENCE)).perSecond, r.allocated, String.format("%s; heap %.2f MB, after %d MB %.2f MB", REMARKS.get(name),
                        r.heapBefore, megabytes, r.heapAfter)))));
        return report;
    }

    private static Result measure(String name, int chunk, int megabytes, int rounds) throws IOException, InterruptedException {
        List<String> lines = Forks.lines(Forks.java(MsrpMain.class, name), Integer.toString(chunk), Integer.toString(megabytes), Integer.toString(rounds));
        double[] perSecond = lines.stream().filter(l -> l.startsWith("rate ")).mapToDouble(l -> Double.parseDouble(l.substring(5))).sorted().toArray();
        return new Result(perSecond[perSecond.length / 2], value(lines, "alloc "), value(lines, "before "), value(lines, "after "));
    }

    private static double value(List<String> lines, String name) {
        return lines.stream().filter(l -> l.startsWith(name)).mapToDouble(l -> Double.parseDouble(l.substring(name.length()))).findFirst().orElse(Double.NaN);
    }
}
