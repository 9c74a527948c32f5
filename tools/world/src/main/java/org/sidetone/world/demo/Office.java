package org.sidetone.world.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.sidetone.emulator.body.TlsFiles;
import org.sidetone.emulator.desk.Bench;
import org.sidetone.emulator.desk.DeskPhone;
import org.sidetone.firmware.options.PhoneSettings;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.board.BoardException;
import org.sidetone.hal.board.Boards;
import org.sidetone.switchboard.ExchangeSettings;
import org.sidetone.switchboard.OwnAuthority;
import org.sidetone.switchboard.SwitchboardServer;

/** The exchange, unless somebody else's is used, and two phones, each with a bench. It ends with the program at the latest, also by Ctrl-C, and leaves nothing behind. */
final class Office implements AutoCloseable {
    private static final int EXPIRES_SEC = 30;

    /** One user and what the exchange knows him by. */
    record Person(String name, String password) {
        String displayName() {
            return Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }
    }

    private final Path folder;
    private final SwitchboardServer exchange;
    private final List<DeskPhone> phones = new ArrayList<>();
    private final List<Bench> benches = new ArrayList<>();
    private boolean closed;

    /** @param server {@code host:port} of somebody else's exchange; null: one of our own is started */
    Office(String server, String domain, List<Person> people, String transport, Path authorities, String boardName) throws IOException, BoardException {
        folder = Files.createTempDirectory("sidetone-demo");
        boolean secure = transport.equals("tls");
        exchange = server == null ? startExchange(domain, people, secure) : null;
        String where = server != null ? server : "127.0.0.1:" + (secure ? exchange.securePort() : exchange.port());
        TlsFiles tls = secure ? new TlsFiles(server == null ? OwnAuthority.certificate(folder) : authorities, null, null) : null;
        Board board = Boards.load(boardName);
        for (Person person : people) {
            Settings settings = PhoneSettings.of("sip:" + person.name() + "@" + domain, person.displayName(), person.password(), where, transport);
            // the same phones each time: what a server still holds of the last run is replaced, not joined
            settings.instanceId = UUID.nameUUIDFromBytes(settings.accounts[0].address.getBytes(StandardCharsets.UTF_8)).toString();
            settings.contacts = people.stream().filter(p -> p != person)
                    .map(p -> new ContactSettings("sip:" + p.name() + "@" + domain, p.displayName(), 0)).toArray(ContactSettings[]::new);
            settings.expiresSec = EXPIRES_SEC;
            settings.rigPort = 0;
            settings.rigToken = Long.toHexString(new SecureRandom().nextLong());
            DeskPhone phone = new DeskPhone(person.displayName(), board, settings, folder.resolve(person.name()), tls);
            phones.add(phone);
            benches.add(new Bench(phone, 0, "", false));
            phone.powerOn();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeAtTheEnd, "end of the demo"));
    }

    private void closeAtTheEnd() {
        try {
            close();
        } catch (IOException e) {
            System.err.println("sidetone demo: " + folder + " could not be removed: " + e.getMessage());
        }
    }

    private SwitchboardServer startExchange(String domain, List<Person> people, boolean secure) throws IOException {
        ExchangeSettings settings = new ExchangeSettings();
        settings.domain = domain;
        settings.port = 0;
        people.forEach(p -> settings.users.add(p.name(), p.password()));
        settings.securePort = secure ? 0 : -1;
        return new SwitchboardServer(settings, folder.resolve("exchange.db"), secure ? OwnAuthority.settings(folder, domain) : null);
    }

    List<DeskPhone> phones() {
        return phones;
    }

    int benchPort(int index) {
        return benches.get(index).port();
    }

    /** One line for a person: where the exchange and the rigs are. */
    String whereAbouts() {
        return (exchange == null ? "" : "exchange on port " + exchange.port() + ", ")
                + "rig ports " + benches.get(0).port() + " and " + benches.get(1).port();
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        for (Bench bench : benches) {
            bench.close();
        }
        for (DeskPhone phone : phones) {
            phone.powerOff();
        }
        if (exchange != null) {
            exchange.close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path p : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        }
    }
}
