package org.sidetone.firmware.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.im.Language;
import picocli.CommandLine.Option;

/** Whose phone it is, how it reaches others, and what it lets others do: to be mixed into a command. */
public final class PhoneOptions {
    private static final String ADDRESS = "sips?:[^@\\s]+@[^@\\s]+";
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

    @Option(names = "--transport", paramLabel = "udp|tcp|tls", description = "how it reaches the server; without it found by the name, else UDP", defaultValue = "")
    private String transport;

    @Option(names = "--ca", paramLabel = "FILE", description = "with TLS: PEM file of the authorities to believe; without it this machine's")
    private Path authorities;

    @Option(names = "--certificate", paramLabel = "FILE", description = "with TLS: PEM file of the phone's own certificate, for servers that ask")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "with --certificate: PEM file of its private key")
    private Path key;

    @Option(names = "--contact", paramLabel = "ADDRESS[=NAME]", description = "a person in the book; once for each")
    private List<String> contacts = new ArrayList<>();

    @Option(names = "--other-account", paramLabel = "ADDRESS", description = "a second account of the same phone, watched, written to and written from by its own contacts")
    private String otherAccount;

    @Option(names = "--other-password", paramLabel = "PASSWORD", description = "of the second account", defaultValue = "")
    private String otherPassword;

    @Option(names = "--other-server", paramLabel = "HOST[:PORT]", description = "registrar and proxy of the second account; without it the domain of that")
    private String otherServer;

    @Option(names = "--other-contact", paramLabel = "ADDRESS[=NAME]", description = "a person in the book that the second account watches; once for each")
    private List<String> otherContacts = new ArrayList<>();

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

    @Option(names = "--xcap", paramLabel = "ROOT", description = "XCAP server that keeps the book and the rules of who may see your presence, such as"
            + " https://example.test:8443/xcap-root; the phone then asks about everybody who watches you there")
    private String xcapRoot = "";

    @Option(names = "--list", description = "watches all contacts by one subscription: to the book on the XCAP server, or to a list that is brought along;"
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

    @Option(names = "--port", paramLabel = "PORT", description = "SIP port of the phone; 0: any (${DEFAULT-VALUE})", defaultValue = "0")
    private int port;

    /** What is wrong with the options, as a sentence that says what to do; null: nothing that can be seen before they are used. */
    public String problem() {
        if (account == null || !account.matches(ADDRESS)) {
            return "say whose phone it is: --account sip:alice@example.test";
        }
        if (otherAccount != null && !otherAccount.matches(ADDRESS)) {
            return "--other-account is an address such as sip:alice@example.org, not " + otherAccount;
        }
        if (otherAccount == null && (otherServer != null || !otherContacts.isEmpty())) {
            return "--other-server and --other-contact go with --other-account";
        }
        if (!transport.isEmpty() && !PhoneSettings.TRANSPORTS.contains(transport)) {
            return "--transport is udp, tcp or tls, not " + transport;
        }
        if (certificate == null != (key == null)) {
            return "--certificate and --key go together";
        }
        if (!WHOM.contains(accept)) {
            return "--accept is everybody, domain or contacts, not " + accept;
        }
        return new Language().set(language) ? null : "--language is a tag such as de or pt-BR, not " + language;
    }

    /** The user part of the account. */
    public String user() {
        return userOf(account);
    }

    private static String userOf(String address) {
        return address.substring(address.indexOf(':') + 1, address.indexOf('@'));
    }

    /** @throws IllegalArgumentException with a sentence for whoever wrote the options */
    public Settings settings() {
        HostPort.checkListening("--port", port);
        HostPort.checkListening("--chat-port", chatPort);
        Settings settings = PhoneSettings.of(account, name.isEmpty() ? user() : name, password, server, transport);
        if (secondServer != null) {
            HostPort where = HostPort.parse(secondServer);
            settings.accounts[0].secondServerHost = where.host();
            settings.accounts[0].secondServerPort = where.port();
        }
        if (otherAccount != null) {
            PhoneSettings.add(settings, otherAccount, name.isEmpty() ? userOf(otherAccount) : name, otherPassword, otherServer, transport);
        }
        settings.contacts = Stream.concat(contacts.stream().map(c -> contact(c, 0)), otherContacts.stream().map(c -> contact(c, 1))).toArray(ContactSettings[]::new);
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
        return settings;
    }

    private static ContactSettings contactOf(Settings settings, String option, String address) {
        for (ContactSettings c : settings.contacts) {
            if (c.address.equals(address)) {
                return c;
            }
        }
        throw new IllegalArgumentException(option + " " + address + ": no --contact has this address");
    }

    private static ContactSettings contact(String text, int account) {
        int equal = text.indexOf('=');
        return new ContactSettings(equal < 0 ? text : text.substring(0, equal), equal < 0 ? "" : text.substring(equal + 1), account);
    }

    /** Whether it speaks TLS to somebody, for certain. */
    public boolean needsTls() {
        return transport.equals("tls") || account.startsWith("sips:") || otherAccount != null && otherAccount.startsWith("sips:") || xcapRoot.startsWith("https:") || relays.stream().anyMatch(r -> r.startsWith("msrps:"));
    }

    /** PEM file of the authorities that are believed; null: the machine's. */
    public Path authorities() {
        return authorities;
    }

    /** PEM file of the phone's own certificate; null: none that was given. */
    public Path certificate() {
        return certificate;
    }

    /** PEM file of the certificate's key; null: none. */
    public Path key() {
        return key;
    }
}
