package org.sidetone.switchboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.doc.policy.Permissions;
import org.sidetone.hal.crypto.tls.TlsSettings;
import org.sidetone.switchboard.xcap.HttpFront;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone switchboard}. */
@Command(name = "switchboard", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Runs the small exchange: registrar, proxy, presence server and message store on one SIP port (UDP and TCP).",
        footer = {"", "For instance: sidetone switchboard --domain example.test --user alice:secret-alice --user bob:secret-bob"})
public final class SwitchboardCommand implements Callable<Integer> {
    @Option(names = "--domain", paramLabel = "NAME", description = "the one domain it serves (${DEFAULT-VALUE})", defaultValue = "example.test")
    private String domain;

    @Option(names = "--port", paramLabel = "PORT", description = "SIP port; 0: any (${DEFAULT-VALUE})", defaultValue = "5060")
    private int port;

    @Option(names = "--tls-port", paramLabel = "PORT", description = "SIP port with TLS; 0: any; without it there is no TLS")
    private Integer tlsPort;

    @Option(names = "--relay-port", paramLabel = "PORT", description = "port of the MSRP relay, which chats can go through; 0: any. It speaks TLS"
            + " alone, with the certificate of --tls-port")
    private Integer relayPort;

    @Option(names = "--relay-host", paramLabel = "NAME", description = "what phones reach the relay by; without it the domain")
    private String relayHost = "";

    @Option(names = "--insecure-test", paramLabel = "PORT", description = "port of the MSRP relay without TLS, for tests: passwords are challenged"
            + " there in the open")
    private Integer insecureRelay;

    @Option(names = "--xcap-port", paramLabel = "PORT", description = "port of the XCAP server, where the rules, lists and presence that users leave"
            + " are read and changed; 0: any. It speaks HTTPS where there is --tls-port, else HTTP")
    private Integer xcapPort;

    @Option(names = "--watchers", paramLabel = "allow|confirm", description = "how watchers of somebody without rules are handled: allowed, or asked"
            + " to wait until the owner has confirmed them (${DEFAULT-VALUE})", defaultValue = "allow")
    private String watchers;

    @Option(names = "--certificate", paramLabel = "FILE", description = "PEM file of the exchange's certificate for its domain; without it the"
            + " exchange makes an authority of its own, in a folder 'certificates' beside --data or here")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "PEM file of the certificate's private key")
    private Path key;

    @Option(names = "--user", paramLabel = "NAME:PASSWORD", required = true, description = "a user; once for each")
    private List<String> users;

    @Option(names = "--room", paramLabel = "NAME", description = "a room where users meet and write to each other; once for each. A phone joins it as it begins a"
            + " chat")
    private List<String> rooms = List.of();

    @Option(names = "--digest", paramLabel = "ALGORITHMS", split = ",", description = "of challenges, in the order in which phones should prefer"
            + " them; with old phones that take the first of several, MD5 alone (${DEFAULT-VALUE})", defaultValue = "SHA-512-256,SHA-256,MD5")
    private List<String> algorithms;

    @Option(names = "--show-registrations", description = "lets every user see where the others' phones are, so that phones find each other"
            + " while the exchange is away")
    private boolean showRegistrations;

    @Option(names = "--data", paramLabel = "FILE", description = "database to keep registrations, presence and messages in over a restart;"
            + " without it nothing is kept")
    private Path data;

    @Option(names = "--no-sync", description = "does not force what is kept to the disk: faster, and a power cut may undo what somebody was told")
    private boolean unforced;

    private Path ownFolder() {
        Path beside = data == null ? null : data.toAbsolutePath().getParent();
        return (beside == null ? Path.of("").toAbsolutePath() : beside).resolve("certificates");
    }

    private TlsSettings tls() throws IOException {
        return tlsPort == null ? null : certificate == null ? OwnAuthority.settings(ownFolder(), domain)
                : TlsSettings.server(null, certificate, key, System::currentTimeMillis);
    }

    @Override
    public Integer call() {
        ExchangeSettings settings = new ExchangeSettings();
        if (port < 0 || port > 65_535) {
            System.err.println("sidetone switchboard: --port is 0 to 65535, not " + port);
            return 2;
        }
        settings.domain = domain;
        settings.forcesCommits = !unforced;
        settings.showRegistrations = showRegistrations;
        List<String> known = List.of("MD5", "SHA-256", "SHA-512-256");                  // in the order of their codes
        if (algorithms.isEmpty() || !known.containsAll(algorithms)) {
            System.err.println("sidetone switchboard: --digest is some of " + String.join(", ", known) + ", not " + String.join(",", algorithms));
            return 2;
        }
        settings.algorithms = algorithms.stream().mapToInt(known::indexOf).toArray();
        settings.port = port;
        for (String user : users) {
            int colon = user.indexOf(':');
            if (colon < 1 || colon == user.length() - 1) {
                System.err.println("sidetone switchboard: a user is NAME:PASSWORD, not " + user);
                return 2;
            }
            settings.users.add(user.substring(0, colon), user.substring(colon + 1));
        }
        if (certificate == null != (key == null)) {
            System.err.println("sidetone switchboard: --certificate and --key go together");
            return 2;
        }
        if (unforced && data == null) {
            System.err.println("sidetone switchboard: --no-sync needs --data: without it nothing is kept");
            return 2;
        }
        if (tlsPort != null && (tlsPort < 0 || tlsPort > 65_535)) {
            System.err.println("sidetone switchboard: --tls-port is 0 to 65535, not " + tlsPort);
            return 2;
        }
        for (String room : rooms) {
            if (!room.matches("[A-Za-z0-9._-]{1,48}") || settings.users.contains(new Slice().wrap(Utf8.bytes(room))) || rooms.indexOf(room) != rooms.lastIndexOf(room)) {
                System.err.println("sidetone switchboard: a room's name is of letters, digits, dots and hyphens, and nobody else's, not " + room);
                return 2;
            }
        }
        settings.rooms = rooms;
        settings.securePort = tlsPort == null ? -1 : tlsPort;
        if (relayPort != null && tlsPort == null) {
            System.err.println("sidetone switchboard: --relay-port needs --tls-port: a relay takes passwords over TLS alone");
            return 2;
        }
        settings.relayPort = relayPort == null ? -1 : relayPort;
        settings.insecureRelayPort = insecureRelay == null ? -1 : insecureRelay;
        settings.relayHost = relayHost;
        if (xcapPort != null && (xcapPort < 0 || xcapPort > 65_535)) {
            System.err.println("sidetone switchboard: --xcap-port is 0 to 65535, not " + xcapPort);
            return 2;
        }
        settings.xcapPort = xcapPort == null ? -1 : xcapPort;
        if (!watchers.equals("allow") && !watchers.equals("confirm")) {
            System.err.println("sidetone switchboard: --watchers is allow or confirm, not " + watchers);
            return 2;
        }
        settings.withoutRules = watchers.equals("allow") ? Permissions.ALLOW : Permissions.CONFIRM;
        CountDownLatch end = new CountDownLatch(1);
        try (SwitchboardServer server = new SwitchboardServer(settings, data, tls())) {
            System.out.println("The exchange for " + domain + " listens on port " + server.port() + ", UDP and TCP"
                    + (tlsPort == null ? "" : ", and on port " + server.securePort() + " with TLS") + "; Ctrl-C ends it.");
            if (relayPort != null) {
                System.out.println("Chats can go through msrps://" + (relayHost.isEmpty() ? domain : relayHost) + ":" + server.relayPort() + ";tcp (emulator: --relay).");
            }
            if (insecureRelay != null) {
                System.out.println("For tests: msrp://" + (relayHost.isEmpty() ? domain : relayHost) + ":" + server.insecureRelayPort() + ";tcp, without TLS.");
            }
            if (xcapPort != null) {
                System.out.println("Rules and lists are at " + (tlsPort == null ? "http://" : "https://") + domain + ":" + server.xcapPort() + HttpFront.ROOT
                        + " (emulator: --xcap).");
            }
            if (tlsPort != null && certificate == null) {
                System.out.println("Phones must believe the authority in " + OwnAuthority.certificate(ownFolder()) + " (emulator: --ca).");
            }
            Thread stop = new Thread(end::countDown);
            Runtime.getRuntime().addShutdownHook(stop);
            end.await();
            System.out.println(server.figures());
            return 0;
        } catch (IOException e) {
            System.err.println("sidetone switchboard: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
