package org.sidetone.switchboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestFunction;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.bind.NetworkStreams;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.hal.crypto.tls.BouncyTls;
import org.sidetone.hal.crypto.tls.TlsSettings;
import org.sidetone.hal.host.NioNetwork;
import org.sidetone.hal.host.SystemClock;
import org.sidetone.msrp.ByteRange;
import org.sidetone.msrp.Endpoint;
import org.sidetone.msrp.Incoming;
import org.sidetone.msrp.MsrpSession;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.time.TimerQueue;

/** The phone's end of a session and the exchange's relay over TLS: only whose certificate names the relay, and comes from whom we believe, is told our secret. */
class RelayOverTlsTest implements MsrpSession.User {
    private static final int TURNS = 1000;
    private static final int UNTOLD = -1;
    private static final int RECORD_HEAD = 5;

    @TempDir
    private Path folder;
    private int told = UNTOLD;

    @Override
    public void onRelays(MsrpSession session, int status, long nowMs) {
        told = status;
    }

    @Override
    public void onOpen(MsrpSession session, long nowMs) {
        // the relay's answer alone is looked at
    }

    @Override
    public void onFailed(MsrpSession session, long nowMs) {
        // the relay's answer alone is looked at
    }

    @Override
    public int onIncoming(MsrpSession session, Incoming message, long nowMs) {
        return 0;
    }

    @Override
    public void onMessage(MsrpSession session, Incoming message, long nowMs) {
        // nobody sends one
    }

    @Override
    public void onGivenUp(MsrpSession session, Incoming message, long nowMs) {
        // nobody sends one
    }

    @Override
    public void onSent(MsrpSession session, long messageId, long id, int status, long nowMs) {
        // nobody sends one
    }

    @Override
    public void onReport(MsrpSession session, long messageId, int status, ByteRange range, long nowMs) {
        // nobody sends one
    }

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What the relay says to an AUTH of alice's. @param name that it is asked for by */
    private int authorize(Path authorities, String name, int port) throws Exception {
        return authorize(authorities, name, port, "msrps://" + name + ":" + port + ";tcp");
    }

    private int authorize(Path authorities, String name, int port, String relays) throws Exception {
        Domains domains = new Domains(4);
        TimerQueue timers = new TimerQueue();
        SystemClock clock = new SystemClock();
        told = UNTOLD;
        try (NioNetwork network = new NioNetwork(new BouncyTls(TlsSettings.client(authorities, System::currentTimeMillis)))) {
            NetworkStreams streams = new NetworkStreams(network, clock, domains);
            Endpoint endpoint = new Endpoint(streams, timers, () -> 7, new DigestFunction(new DigestsHash(new BouncyDigests())), Capacity.desk());
            streams.setUser(endpoint);
            assertTrue(streams.open(new HostAddress()) > 0);
            MsrpSession session = endpoint.open(this);
            Flow flow = new Flow().setIpv4(Flow.TLS, 0x7F000001, port).withDomain(domains.numberOf(slice(name)));
            assertTrue(session.assign(flow));
            Credentials alice = new Credentials();
            alice.username.set("alice");
            alice.password.set("secret");
            session.authorize(slice(relays), flow, alice, 0, clock.monotonicMs());
            for (int i = 0; i < TURNS && told == UNTOLD; i++) {
                network.poll(20);
                timers.poll(clock.monotonicMs(), 100);
            }
        }
        return told;
    }

    /** The name stands in the open in the first record that a client sends (RFC 6066 section 3). */
    @Test
    @Shows({"4975-14.2-1", "4976-9.2-2"})
    void theServerHearsByWhichNameItIsAskedFor() throws Exception {
        Path certificates = folder.resolve("certificates");
        OwnAuthority.settings(certificates, "relay.test");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> hello = CompletableFuture.supplyAsync(() -> {
                try (Socket client = server.accept()) {
                    byte[] record = client.getInputStream().readNBytes(RECORD_HEAD);
                    return client.getInputStream().readNBytes((record[3] & 0xFF) << 8 | record[4] & 0xFF);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertNotEquals(200, authorize(OwnAuthority.certificate(certificates), "relay.test", server.getLocalPort()));
            assertTrue(new String(hello.get(), StandardCharsets.ISO_8859_1).contains("relay.test"));
        }
    }

    @Test
    @Shows({"4975-5.4-6", "4975-5.4-7", "4975-14.2-1", "6135-4.3-1", "4976-9.2-1", "4976-9.2-4", "4976-9.2-7"})
    void theSecretIsToldToTheRelayThatTheUriNamesAlone() throws Exception {
        ExchangeSettings settings = new ExchangeSettings();
        settings.domain = "relay.test";
        settings.relayHost = "relay.test";
        settings.port = 0;
        settings.securePort = 0;
        settings.relayPort = 0;
        settings.users.add("alice", "secret");
        Path certificates = folder.resolve("certificates");
        try (SwitchboardServer server = new SwitchboardServer(settings, null, OwnAuthority.settings(certificates, "relay.test"))) {
            Path authority = OwnAuthority.certificate(certificates);
            assertEquals(200, authorize(authority, "relay.test", server.relayPort()));
            assertNotEquals(200, authorize(authority, "other.test", server.relayPort()), "the certificate names somebody else");
            Path others = folder.resolve("others");
            OwnAuthority.settings(others, "relay.test");
            assertNotEquals(200, authorize(OwnAuthority.certificate(others), "relay.test", server.relayPort()), "an authority that is not believed");
        }
    }

    private static ExchangeSettings atLoopback() {
        ExchangeSettings settings = new ExchangeSettings();
        settings.domain = "127.0.0.1";
        settings.relayHost = "127.0.0.1";
        settings.port = 0;
        settings.securePort = 0;
        settings.relayPort = 0;
        settings.users.add("alice", "secret");
        return settings;
    }

    /** A chain of two: the second takes AUTH from the first because it shows whose relay it is. */
    @Test
    @Shows({"4976-6.3-1", "4976-9.2-5"})
    void relaysShowEachOtherTheirCertificates() throws Exception {
        Path certificates = folder.resolve("certificates");
        try (SwitchboardServer first = new SwitchboardServer(atLoopback(), null, OwnAuthority.settings(certificates, "127.0.0.1"));
                SwitchboardServer second = new SwitchboardServer(atLoopback(), null, OwnAuthority.settings(certificates, "127.0.0.1"))) {
            Path authority = OwnAuthority.certificate(certificates);
            String chain = "msrps://127.0.0.1:" + first.relayPort() + ";tcp msrps://127.0.0.1:" + second.relayPort() + ";tcp";
            assertEquals(200, authorize(authority, "127.0.0.1", first.relayPort(), chain));
        }
    }
}
