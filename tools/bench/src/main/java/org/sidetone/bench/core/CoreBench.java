package org.sidetone.bench.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sidetone.bench.report.Report;

/** The load: sends each request, waits for its answer, sends it again as a client does that heard nothing, waits for the answer again. */
final class CoreBench {
    private static final String REFERENCE = "bare echo";
    private static final int WINDOW = 32;
    private static final Map<String, String> REMARKS = Map.of(
            "sidetone", "parsed and checked in full, matched, answered, absorbed",
            "JAIN-SIP", "its own stack, one thread, T1 of 5 ms so that Timer J is over between rounds",
            REFERENCE, "DatagramChannel.receive and send");

    private final int rounds;
    private final int warmUp;
    private final int transactions;
    private int number;

    CoreBench(int rounds, int warmUp, int transactions) {
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.transactions = transactions;
    }

    /** What one contender did in one round. */
    private record Round(double perSecond, double allocated) {
    }

    Report run() throws IOException, InterruptedException {
        Map<String, List<Round>> all = new LinkedHashMap<>();
        for (String name : List.of("sidetone", "JAIN-SIP", REFERENCE)) {
            all.put(name, measure(name));
        }
        double reference = median(all.get(REFERENCE));
        Report report = new Report("core", REFERENCE);
        all.forEach((name, list) -> report.add(new Report.Row(name, median(list), "datagrams/s", median(list) / reference,
                list.stream().mapToDouble(Round::allocated).min().orElse(Double.NaN), REMARKS.get(name))));
        System.out.printf("sidetone is %.1f times JAIN-SIP, %.2f of the bare echo%n", median(all.get("sidetone")) / median(all.get("JAIN-SIP")),
                median(all.get("sidetone")) / reference);
        return report;
    }

    private static double median(List<Round> list) {
        return list.stream().mapToDouble(Round::perSecond).sorted().toArray()[list.size() / 2];
    }

    private List<Round> measure(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/taskset")) && Runtime.getRuntime().availableProcessors() > 1) {
            command.addAll(List.of("taskset", "-c", "1"));
        }
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx512m", "-cp",
                System.getProperty("java.class.path"), CoreServer.class.getName(), name, Integer.toString(transactions)));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader in = process.inputReader(); Writer out = process.outputWriter(); DatagramChannel socket = DatagramChannel.open()) {
            String port = in.readLine();
            if (port == null) {
                throw new IOException(name + " did not start");
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
            socket.configureBlocking(false);
            List<Round> measured = new ArrayList<>();
            for (int i = 0; i < warmUp + rounds; i++) {
                int answers = load(socket);
                out.write("round\n");
                out.flush();
                String[] words = in.readLine().split(" ");
                if (i >= warmUp) {
                    measured.add(new Round(answers / (Long.parseLong(words[0]) / 1e9), Double.parseDouble(words[1]) / answers));
                }
            }
            return measured;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** One round. @return datagrams that were answered */
    private int load(DatagramChannel socket) throws IOException {
        ByteBuffer in = ByteBuffer.allocateDirect(4096);
        int answers = 0;
        for (int done = 0; done < transactions; done += WINDOW) {
            int n = Math.min(WINDOW, transactions - done);
            ByteBuffer[] batch = new ByteBuffer[n];
            for (int i = 0; i < n; i++) {
                batch[i] = ByteBuffer.wrap(message(number++));
            }
            for (int twice = 0; twice < 2; twice++) {
                for (ByteBuffer one : batch) {
                    socket.write(one.rewind());
                }
                answers += await(socket, in, n);
            }
        }
        return answers;
    }

    private static int await(DatagramChannel socket, ByteBuffer in, int wanted) throws IOException {
        int n = 0;
        long giveUp = System.nanoTime() + 5_000_000_000L;
        while (n < wanted) {
            in.clear();
            if (socket.read(in) > 0) {
                n++;
            } else if (System.nanoTime() > giveUp) {
                throw new IOException("only " + n + " of " + wanted + " requests were answered in 5 s");
            }
        }
        return n;
    }

    private static byte[] message(int n) {
        String body = "The meeting of the " + n + "th is at " + n % 24 + " o'clock";
        return ("MESSAGE sip:bob" + n % 97 + "@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK" + Integer.toHexString(n * 31)
                + "x" + n + "\r\nMax-Forwards: 70\r\nFrom: \"Alice\" <sip:alice" + n % 89 + "@example.test>;tag=" + Integer.toHexString(n * 17)
                + "\r\nTo: <sip:bob@example.test>\r\nCall-ID: " + n + "-c@127.0.0.1\r\nCSeq: " + (1 + n % 1000)
                + " MESSAGE\r\nUser-Agent: load\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
