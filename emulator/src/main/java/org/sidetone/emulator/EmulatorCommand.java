package org.sidetone.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sidetone.emulator.body.TlsFiles;
import org.sidetone.emulator.desk.Bench;
import org.sidetone.emulator.desk.DeskPhone;
import org.sidetone.emulator.desk.HostPort;
import org.sidetone.emulator.desk.PhoneSettings;
import org.sidetone.emulator.face.Faces;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.BoardException;
import org.sidetone.hal.board.Boards;
import org.sidetone.im.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone emulator}: one phone alone. */
@Command(name = "emulator", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Runs one phone on this machine: the firmware as it is on a device, in a body of window, terminal and files.",
        footer = {"", "Keys in window and terminal: digits, * and #, arrows, Enter (OK), Esc (back), Backspace (clear),",
            "F1-F4 (keys under the display), F5-F10 (line keys), M (messages).", "",
            "For instance: sidetone emulator --account sip:alice@example.test --password secret-alice \\",
            "    --server 127.0.0.1:5060 --contact sip:bob@example.test=Bob"})
public final class EmulatorCommand implements Callable<Integer> {
    /** In the order of the constants of {@link org.sidetone.firmware.contacts.Acceptance}. */
    private static final List<String> WHOM = List.of("everybody", "domain", "contacts");

    @Option(names = "--account", paramLabel = "ADDRESS", description = "whose phone it is, for instance sip:alice@example.test")
    private String account;

    @Option(names = "--password", paramLabel = "PASSWORD", description = "of the account", defaultValue = "")
    private String password;

    @Option(names = "--name", paramLabel = "NAME", description = "display name", defaultValue = "")
    private String name;

    @Option(names = "--server", paramLabel = "HOST[:PORT]", description = "registrar and proxy; without it the domain of the account")
    private String server;

    @Option(names = "--second-server", paramLabel = "HOST[:PORT]", description = "a second proxy of the same registrar: the phone stays registered through both (RFC 5626)"
            + " and goes on by the other when one is lost")
    private String secondServer;

    @Option(names = "--transport", paramLabel = "udp|tcp|tls", description = "how it reaches the server (${DEFAULT-VALUE})", defaultValue = "udp")
    private String transport;

    @Option(names = "--ca", paramLabel = "FILE", description = "with TLS: PEM file of the authorities to believe; without it this machine's")
    private Path authorities;

    @Option(names = "--certificate", paramLabel = "FILE", description = "with TLS: PEM file of the phone's own certificate, for servers that ask")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "with --certificate: PEM file of its private key")
    private Path key;

    @Option(names = "--contact", paramLabel = "ADDRESS[=NAME]", description = "a person in the book; once for each")
    private List<String> contacts = new ArrayList<>();

    @Option(names = "--direct", paramLabel = "ADDRESS=URI", description = "where a contact's phone is reached without a server, such as"
            + " sip:bob@example.test=sip:bob@192.0.2.7; once for each")
    private Map<String, String> direct = new LinkedHashMap<>();

    @Option(names = "--learn-addresses", description = "asks the server where the contacts' phones are, to find them while it is away;"
            + " the exchange tells with --show-registrations")
    private boolean learnAddresses;

    @Option(names = "--lean", description = "asks the server to leave out of presence what the display does not show")
    private boolean lean;

    @Option(names = "--secret", paramLabel = "ADDRESS=SECRET", description = "what a contact's phone and this one prove themselves to each"
            + " other by; without one the owner is asked who may watch")
    private Map<String, String> secrets = new LinkedHashMap<>();

    @Option(names = "--calls", paramLabel = "ADDRESS", description = "a contact whose lamp shows calls too, where a server tells of them;"
            + " once for each")
    private List<String> calls = new ArrayList<>();

    @Option(names = "--xcap", paramLabel = "ROOT", description = "XCAP server that keeps the rules of who may see your presence, such as"
            + " https://example.test:8443/xcap-root; the phone then asks about everybody who watches you there")
    private String xcapRoot = "";

    @Option(names = "--list", description = "watches all contacts by one subscription: their list is put on the XCAP server, or without one brought along;"
            + " where the server has no lists they are watched one by one")
    private boolean list;

    @Option(names = "--relay", paramLabel = "URI", description = "an MSRP relay that chats go through, such as msrps://example.test:2856;tcp;"
            + " once for each, the nearest first; after a comma, what to try when those before fail")
    private List<String> relays = new ArrayList<>();

    @Option(names = "--chat-port", paramLabel = "PORT", description = "where others connect for chats; 0: any (${DEFAULT-VALUE})", defaultValue = "0")
    private int chatPort;

    @Option(names = "--accept", paramLabel = "WHOM", defaultValue = "everybody",
            description = "whom messages and chats are taken from: everybody, domain (contacts and the account's own domain) or contacts (${DEFAULT-VALUE})")
    private String accept;

    @Option(names = "--language", paramLabel = "TAG", description = "what its owner writes and likes best to read, for instance de or pt-BR")
    private String language = "";

    @Option(names = "--no-read-receipts", description = "nobody is told that a message was read")
    private boolean noReadReceipts;

    @Option(names = "--no-typing", description = "nobody is told that a message to him is being written")
    private boolean noTyping;

    @Option(names = "--support", paramLabel = "ADDRESS", description = "whom the phone's log is sent to by a key, as a file")
    private String support = "";

    @Option(names = "--no-mailbox", description = "the message lamp does not show voice mail")
    private boolean noMailbox;

    @Option(names = "--alone", description = "there is no server: contacts are reached at their own addresses")
    private boolean alone;

    @Option(names = "--expires", paramLabel = "SECONDS", description = "asked for in registration, publication, subscription (${DEFAULT-VALUE})",
            defaultValue = "3600")
    private int expires;

    @Option(names = "--board", paramLabel = "BOARD", description = "name or file of a board (${DEFAULT-VALUE})", defaultValue = "desk-text-36x8")
    private String board;

    @Option(names = "--face", paramLabel = "FACE", description = "window, terminal or headless; without it what this machine can show")
    private String face;

    @Option(names = "--port", paramLabel = "PORT", description = "SIP port of the phone; 0: any (${DEFAULT-VALUE})", defaultValue = "0")
    private int port;

    @Option(names = "--rig", paramLabel = "PORT", description = "opens the rig port on loopback; 0: any")
    private Integer rig;

    @Option(names = "--rig-token", paramLabel = "TOKEN", description = "what a rig must say first", defaultValue = "")
    private String rigToken;

    @Option(names = "--rig-open", description = "lets other machines reach the rig port; needs --rig-token")
    private boolean rigOpen;

    @Option(names = "--storage", paramLabel = "FOLDER", description = "what the phone keeps (~/.sidetone/USER)")
    private Path storage;

    @Option(names = "--footprint", description = "boots, registers, prints the live heap, and ends")
    private boolean footprint;

    @Override
    public Integer call() {
        if (account == null || !account.matches("sips?:[^@\\s]+@[^@\\s]+")) {
            System.err.println("sidetone emulator: say whose phone it is: --account sip:alice@example.test");
            return 2;
        }
        if (!PhoneSettings.TRANSPORTS.contains(transport)) {
            System.err.println("sidetone emulator: --transport is udp, tcp or tls, not " + transport);
            return 2;
        }
        if (certificate == null != (key == null)) {
            System.err.println("sidetone emulator: --certificate and --key go together");
            return 2;
        }
        String shown = footprint ? "headless" : face == null ? Faces.best("headless") : face;
        if (!List.of("window", "terminal", "headless").contains(shown)) {
            System.err.println("sidetone emulator: --face is window, terminal or headless, not " + face);
            return 2;
        }
        if (!WHOM.contains(accept)) {
            System.err.println("sidetone emulator: --accept is everybody, domain or contacts, not " + accept);
            return 2;
        }
        if (!new Language().set(language)) {
            System.err.println("sidetone emulator: --language is a tag such as de or pt-BR, not " + language);
            return 2;
        }
        if (rigOpen && rigToken.isEmpty()) {
            System.err.println("sidetone emulator: a rig port that other machines reach needs --rig-token");
            return 2;
        }
        try {
            HostPort.checkListening("--port", port);
            HostPort.checkListening("--chat-port", chatPort);
            HostPort.checkListening("--rig", rig == null ? 0 : rig);
            return run(shown);
        } catch (IOException | BoardException | IllegalArgumentException e) {
            System.err.println("sidetone emulator: " + e.getMessage());
            return 1;
        }
    }

    private int run(String shown) throws IOException, BoardException {
        String user = account.substring(account.indexOf(':') + 1, account.indexOf('@'));
        Settings settings = PhoneSettings.of(account, name.isEmpty() ? user : name, password, server, transport);
        if (secondServer != null) {
            HostPort where = HostPort.parse(secondServer);
            settings.accounts[0].secondServerHost = where.host();
            settings.accounts[0].secondServerPort = where.port();
        }
        settings.contacts = contacts.stream().map(EmulatorCommand::contact).toArray(ContactSettings[]::new);
        settings.accounts[0].standalone = alone;
        settings.accounts[0].mailbox = !noMailbox;
        settings.accounts[0].relays = String.join(" ", relays);
        settings.accounts[0].xcapRoot = xcapRoot;
        settings.accounts[0].watchesList = list;
        settings.chatPort = chatPort;
        settings.acceptsFrom = WHOM.indexOf(accept);
        settings.tellsTyping = !noTyping;
        settings.language = language;
        settings.tellsRead = !noReadReceipts;
        calls.forEach(address -> contactOf(settings, "--calls", address).calls = true);
        direct.forEach((address, uri) -> contactOf(settings, "--direct", address).direct = uri);
        secrets.forEach((address, secret) -> contactOf(settings, "--secret", address).secret = secret);
        settings.learnsAddresses = learnAddresses;
        settings.asksForLess = lean;
        settings.supportAddress = support;
        settings.expiresSec = expires;
        settings.localPort = port;
        settings.rigPort = rig == null ? -1 : 0;
        settings.rigToken = rig == null ? "" : Long.toHexString(new SecureRandom().nextLong());
        Path folder = storage != null ? storage : Path.of(System.getProperty("user.home"), ".sidetone", user);
        DeskPhone phone = new DeskPhone(settings.accounts[0].displayName, Boards.load(board), settings, folder,
                transport.equals("tls") || xcapRoot.startsWith("https:") || relays.stream().anyMatch(r -> r.startsWith("msrps:")) ? new TlsFiles(authorities, certificate, key) : null);
        long before = footprint ? Footprint.used() : 0;
        phone.powerOn();
        Bench bench = rig == null ? null : new Bench(phone, rig, rigToken, rigOpen);
        try {
            System.out.println("SIP port " + phone.phone().sipPort() + (bench == null ? "" : ", rig port " + bench.port())
                    + ", kept in " + folder);
            if (footprint) {
                return Footprint.print(phone, before);
            }
            Faces.show(shown, List.of(phone));
            return 0;
        } finally {
            if (bench != null) {
                bench.close();
            }
            phone.powerOff();
        }
    }

    private static ContactSettings contactOf(Settings settings, String option, String address) {
        for (ContactSettings c : settings.contacts) {
            if (c.address.equals(address)) {
                return c;
            }
        }
        throw new IllegalArgumentException(option + " " + address + ": no --contact has this address");
    }

    private static ContactSettings contact(String text) {
        int equal = text.indexOf('=');
        return new ContactSettings(equal < 0 ? text : text.substring(0, equal), equal < 0 ? "" : text.substring(equal + 1), 0);
    }
}
