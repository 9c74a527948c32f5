package org.sidetone.world.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sidetone.firmware.options.PhoneSettings;
import org.sidetone.emulator.face.Faces;
import org.sidetone.hal.board.BoardException;
import org.sidetone.rig.RigClient;
import org.sidetone.world.story.Story;
import org.sidetone.world.story.StoryException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone demo}. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Starts the exchange and two phones, Alice's and Bob's, each watching the other: in two windows, side by side in the"
                + " terminal, or, with neither, as a guided tour that prints what displays and lamps show.")
public final class DemoCommand implements Callable<Integer> {
    private static final int PATIENCE_MS = 60_000;

    @Option(names = "--check", description = "plays the story by itself, one line a step, and ends with 0 when it came true")
    private boolean check;

    @Option(names = "--json", paramLabel = "FILE", description = "with --check: writes the steps and their milliseconds")
    private Path json;

    @Option(names = "--server", paramLabel = "HOST:PORT", description = "uses this server instead of the exchange that comes along")
    private String server;

    @Option(names = "--domain", paramLabel = "NAME", description = "domain of the two users (${DEFAULT-VALUE})", defaultValue = "example.test")
    private String domain;

    @Option(names = "--user", paramLabel = "NAME:PASSWORD", description = "the two users, once for each (alice, bob)")
    private List<String> users = new ArrayList<>();

    @Option(names = "--transport", paramLabel = "udp|tcp|tls", description = "how the phones reach the server (${DEFAULT-VALUE})",
            defaultValue = "udp")
    private String transport;

    @Option(names = "--ca", paramLabel = "FILE", description = "with TLS and --server: PEM file of the authorities to believe; without it this"
            + " machine's")
    private Path authorities;

    @Option(names = "--board", paramLabel = "BOARD", description = "the phones' board (${DEFAULT-VALUE})", defaultValue = "desk-text-36x8")
    private String board;

    @Option(names = "--face", paramLabel = "FACE", description = "window, terminal or tour; without it what this machine can show")
    private String face;

    @Override
    public Integer call() {
        List<Office.Person> people = people();
        if (people == null) {
            return 2;
        }
        if (!PhoneSettings.TRANSPORTS.contains(transport)) {
            System.err.println("sidetone demo: --transport is udp, tcp or tls, not " + transport);
            return 2;
        }
        String shown = check ? "check" : face == null ? Faces.best("tour") : face;
        if (!List.of("check", "window", "terminal", "tour").contains(shown)) {
            System.err.println("sidetone demo: --face is window, terminal or tour, not " + face);
            return 2;
        }
        try (Office office = new Office(server, domain, people, transport, authorities, board)) {
            return run(office, people, shown);
        } catch (IOException | BoardException e) {
            System.err.println("sidetone demo: " + e.getMessage());
            return 1;
        } catch (IllegalArgumentException e) {
            System.err.println("sidetone demo: " + e.getMessage());
            return 2;
        } catch (StoryException e) {
            System.err.println("FAILED  " + e.getMessage());
            return 1;
        }
    }

    private int run(Office office, List<Office.Person> people, String shown) throws IOException, StoryException {
        if (shown.equals("window") || shown.equals("terminal")) {
            if (shown.equals("window")) {
                System.out.println("Two phones are on the desk: " + office.whereAbouts() + ". Close a window or press Ctrl-C to end.");
            }
            Faces.show(shown, office.phones());
            return 0;
        }
        try (RigClient one = new RigClient("127.0.0.1", office.benchPort(0), "");
                RigClient two = new RigClient("127.0.0.1", office.benchPort(1), "");
                Tour tour = shown.equals("tour") ? new Tour(office) : null) {
            long start = System.nanoTime();
            List<Story.Step> steps = new Story(new RigDesk(people.get(0).name(), one), new RigDesk(people.get(1).name(), two), PATIENCE_MS,
                    false, step -> System.out.printf("%7d ms  %s%n", step.tookMs(), step.name())).play();
            System.out.printf("%7d ms  in all: %d steps came true%n", (System.nanoTime() - start) / 1_000_000, steps.size());
            if (json != null) {
                write(steps);
            }
        }
        return 0;
    }

    private void write(List<Story.Step> steps) throws IOException {
        if (json.toAbsolutePath().getParent() != null) {
            Files.createDirectories(json.toAbsolutePath().getParent());
        }
        Files.writeString(json, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("server",
                server == null ? "switchboard" : server, "transport", transport, "steps",
                steps.stream().map(s -> Map.of("step", s.name(), "ms", s.tookMs())).toList())) + "\n");
    }

    private List<Office.Person> people() {
        List<String> from = users.isEmpty() ? List.of("alice:secret-alice", "bob:secret-bob") : users;
        List<Office.Person> people = new ArrayList<>();
        for (String user : from) {
            int colon = user.indexOf(':');
            if (colon < 1 || colon == user.length() - 1) {
                System.err.println("sidetone demo: a user is NAME:PASSWORD, not " + user);
                return null;
            }
            people.add(new Office.Person(user.substring(0, colon), user.substring(colon + 1)));
        }
        if (people.size() != 2) {
            System.err.println("sidetone demo: give --user twice, for the two phones");
            return null;
        }
        return people;
    }
}
