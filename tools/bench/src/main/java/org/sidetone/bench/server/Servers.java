package org.sidetone.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Starts each server pinned to core 0, its database with it, and the load on core 1. */
public final class Servers implements AutoCloseable {
    private static final Path TEST_BED = Path.of("interop", "kamailio");
    private static final int OWN_PORT = 27160;
    private static final int OWN_XCAP_PORT = 27180;
    private static final int THEIR_PORT = 25160;
    private static final int THEIR_XCAP_PORT = 28180;

    /** What the exchange prints when it can be asked. */
    private static final String LISTENS = " listens on port ";

    private final Path folder;

    /**
     * A server that listens, until it is closed. @param port of SIP over UDP. @param said what it printed, to be told when something fails. @param end ends it
     */
    public record Running(int port, int xcapPort, Callable<String> said, Callable<?> end) implements AutoCloseable {
        /** To be told with what failed under load. */
        public IOException failed(IOException why) throws Exception {
            return new IOException(why.getMessage() + "; the server said:\n" + said.call(), why);
        }

        @Override
        public void close() throws Exception {
            end.call();
        }
    }

    /** @param name of the temporary folder for databases and logs */
    public Servers(String name) throws IOException {
        folder = Files.createTempDirectory("sidetone-" + name);
    }

    /** Where databases and logs are, until this is closed. */
    public Path folder() {
        return folder;
    }

    /** Whether processes can be kept apart, each on a core of its own. */
    public static boolean canPin() {
        return Files.isExecutable(Path.of("/usr/bin/taskset")) && Runtime.getRuntime().availableProcessors() >= 2;
    }

    public static boolean hasKamailio() {
        return Files.isExecutable(Path.of("/usr/sbin/kamailio")) && Files.isExecutable(TEST_BED.resolve("start"));
    }

    /** Kamailio of the test bed. @param users whose passwords are {@code secret-} and the name */
    public Running kamailio(Collection<String> users) throws IOException, InterruptedException {
        script("start", users);
        return new Running(THEIR_PORT, THEIR_XCAP_PORT, () -> Files.readString(folder.resolve("start.log")), () -> {
            script("stop", users);
            return null;
        });
    }

    private void script(String name, Collection<String> users) throws IOException, InterruptedException {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(pinned(0, List.of(TEST_BED.resolve(name).toString(), folder.resolve("kamailio").toString()))).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("SIP_PORT", "" + THEIR_PORT, "TLS_PORT", "25161", "XCAP_PORT", "" + THEIR_XCAP_PORT, "XCAPS_PORT", "28143", "MSRP_PORT", "22955", "MSRPS_PORT", "22956",
                "USERS", String.join(" ", users), "FORCE_ACTIVE", "1"));
        if (builder.start().waitFor() != 0) {
            throw new IOException("Kamailio does not " + name + ":\n" + Files.readString(log));
        }
    }

    /** The exchange that comes along, with an empty database. @param more options of {@code sidetone switchboard} */
    public Running ours(Collection<String> users, String... more) throws IOException {
        List<String> command = java("org.sidetone.world.Sidetone", "switchboard", "--port", "" + OWN_PORT, "--xcap-port", "" + OWN_XCAP_PORT, "--digest", "MD5", "--data",
                folder.resolve("exchange-" + System.nanoTime()).toString());
        command.addAll(List.of(more));
        for (String user : users) {
            command.addAll(List.of("--user", user + ":secret-" + user));
        }
        Process exchange = new ProcessBuilder(pinned(0, command)).redirectErrorStream(true).start();
        BufferedReader out = exchange.inputReader();
        StringBuffer said = new StringBuffer();
        String line;
        do {
            line = out.readLine();
            if (line == null) {
                throw new IOException("the exchange does not start:\n" + said);
            }
            said.append(line).append('\n');
        } while (!line.contains(LISTENS));
        Thread reader = new Thread(() -> out.lines().forEach(next -> said.append(next).append('\n')), "exchange");
        reader.setDaemon(true);
        reader.start();
        return new Running(OWN_PORT, OWN_XCAP_PORT, said::toString, () -> {
            exchange.destroy();
            return exchange.waitFor();
        });
    }

    /** Runs a program of ours on core 1. @return the line it prints. @throws IOException when it fails */
    public static String load(Class<?> main, String... arguments) throws IOException, InterruptedException {
        Process load = new ProcessBuilder(pinned(1, java(main.getName(), arguments))).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader in = load.inputReader()) {
            String line = in.readLine();
            if (load.waitFor() != 0 || line == null) {
                throw new IOException("the load did not come to its end");
            }
            return line;
        }
    }

    /** Takes databases and logs away. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path p : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        }
    }

    private static List<String> java(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> pinned(int core, List<String> command) {
        List<String> all = new ArrayList<>(List.of("taskset", "-c", "" + core));
        all.addAll(command);
        return all;
    }
}
