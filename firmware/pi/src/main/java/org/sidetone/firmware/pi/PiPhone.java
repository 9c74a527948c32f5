package org.sidetone.firmware.pi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sidetone.firmware.phone.Phone;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.BoardException;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.host.InstanceId;
import org.sidetone.hal.pi.bus.Pi4jBus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the phone on a Raspberry Pi until the machine stops it. */
@Command(name = "sidetone-pi", mixinStandardHelpOptions = true, sortOptions = false,
        description = "The phone on a Raspberry Pi: display on I2C, keys and lamps on GPIO pins, as the board's file says.")
public final class PiPhone implements Callable<Integer> {
    @Option(names = "--account", paramLabel = "ADDRESS", required = true, description = "whose phone it is, for instance sip:alice@example.test")
    private String account;

    @Option(names = "--password", paramLabel = "PASSWORD", description = "of the account", defaultValue = "")
    private String password;

    @Option(names = "--name", paramLabel = "NAME", description = "display name", defaultValue = "")
    private String name;

    @Option(names = "--server", paramLabel = "HOST", description = "registrar and proxy; without it the domain of the account", defaultValue = "")
    private String server;

    @Option(names = "--server-port", paramLabel = "PORT", description = "0: by DNS, else 5060", defaultValue = "0")
    private int serverPort;

    @Option(names = "--second-server", paramLabel = "HOST", description = "a second proxy of the same registrar: the phone stays registered through both (RFC 5626)",
            defaultValue = "")
    private String secondServer;

    @Option(names = "--second-server-port", paramLabel = "PORT", description = "0: by DNS, else 5060", defaultValue = "0")
    private int secondServerPort;

    @Option(names = "--transport", paramLabel = "udp|tcp|tls", description = "how it reaches the server; without it found by the name, else UDP",
            defaultValue = "")
    private String transport;

    @Option(names = "--ca", paramLabel = "FILE", description = "with TLS: PEM file of the authorities to believe; without it this machine's")
    private Path authorities;

    @Option(names = "--contact", paramLabel = "ADDRESS[=NAME]", description = "a person in the book; once for each")
    private List<String> contacts = new ArrayList<>();

    @Option(names = "--board", paramLabel = "BOARD", description = "name or file of the board (${DEFAULT-VALUE})", defaultValue = "pi-text-20x4")
    private String board;

    @Option(names = "--storage", paramLabel = "FOLDER", description = "what the phone keeps (${DEFAULT-VALUE})", defaultValue = "/var/lib/sidetone")
    private Path storage;

    @Option(names = "--rig", paramLabel = "PORT", description = "opens the rig port on loopback", defaultValue = "-1")
    private int rig;

    @Option(names = "--rig-token", paramLabel = "TOKEN", description = "what a rig must say first", defaultValue = "")
    private String rigToken;

    private Settings settings() {
        AccountSettings a = new AccountSettings();
        a.address = account;
        a.displayName = name;
        a.password = password;
        a.serverHost = server;
        a.serverPort = serverPort;
        a.secondServerHost = secondServer;
        a.secondServerPort = secondServerPort;
        a.transport = transport;
        Settings s = new Settings();
        s.accounts = new AccountSettings[] {a};
        s.contacts = contacts.stream().map(c -> c.split("=", 2)).map(c -> new ContactSettings(c[0], c.length > 1 ? c[1] : "", 0))
                .toArray(ContactSettings[]::new);
        s.rigPort = rig;
        s.rigToken = rigToken;
        return s;
    }

    @Override
    public Integer call() {
        try (PiHardware hardware = new PiHardware(Boards.load(board), new Pi4jBus(), storage, authorities)) {
            Settings settings = settings();
            settings.instanceId = InstanceId.in(storage);
            Phone phone = new Phone(hardware, settings);
            if (phone.boot() < 0) {
                throw new IOException("a port is in use");
            }
            Thread running = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(running::interrupt));
            phone.run(() -> !running.isInterrupted());
            return 0;
        } catch (IOException | BoardException | IllegalArgumentException e) {
            System.err.println("sidetone-pi: " + e.getMessage());
            return 1;
        }
    }

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PiPhone()).execute(arguments));
    }
}
