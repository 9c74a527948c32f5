package org.sidetone.hal.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.NetworkListener;
import org.sidetone.hal.crypto.tls.BouncyTls;
import org.sidetone.hal.crypto.tls.CertificateMaker;
import org.sidetone.hal.crypto.tls.TlsSettings;

/** TLS connections on loopback, beside a plain one on the same network. */
class SecureNetworkTest {
    private static final byte[] NAME = "example.test".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;
    private NioNetwork server;
    private NioNetwork client;
    private final Ear heard = new Ear();
    private final Ear answered = new Ear();

    /** What came. */
    private static final class Ear implements NetworkListener {
        int connection;
        boolean connected;
        boolean closed;
        final StringBuilder text = new StringBuilder();

        @Override
        public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
            throw new AssertionError("no datagrams here");
        }

        @Override
        public void onAccepted(int listeningHandle, int accepted, HostAddress from) {
            connection = accepted;
            connected = true;
        }

        @Override
        public void onConnected(int made) {
            connected = true;
        }

        @Override
        public void onData(int from, byte[] buffer, int offset, int length) {
            text.append(new String(buffer, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void onClosed(int gone) {
            closed = true;
        }
    }

    @BeforeEach
    void open() throws IOException {
        long now = System.currentTimeMillis();
        CertificateMaker maker = new CertificateMaker();
        CertificateMaker.Issued root = maker.issue(new CertificateMaker.Order("Root", now, 10).authority(), null);
        root.writeChain(folder.resolve("ca.pem"));
        maker.issue(new CertificateMaker.Order("server", now, 10).dns("example.test"), root).writeChain(folder.resolve("c.pem"))
                .writeKey(folder.resolve("k.pem"));
        server = new NioNetwork(new BouncyTls(TlsSettings.server(folder.resolve("ca.pem"), folder.resolve("c.pem"), folder.resolve("k.pem"),
                System::currentTimeMillis)));
        client = new NioNetwork(new BouncyTls(TlsSettings.client(folder.resolve("ca.pem"), System::currentTimeMillis)));
    }

    @AfterEach
    void shut() throws IOException {
        server.close();
        client.close();
    }

    private static HostAddress loopback(int port) {
        return new HostAddress().setIpv4(0x7F000001, port);
    }

    private void until(BooleanSupplier condition) {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            server.poll(10);
            client.poll(10);
        }
        assertTrue(condition.getAsBoolean(), "it never happened");
    }

    @Test
    void whatIsWrittenBeforeTheHandshakeIsKeptAndArrivesAfterIt() {
        int listening = server.listenSecurely(loopback(0), heard);
        int connection = client.connectSecurely(loopback(server.localPort(listening)), NAME, 0, NAME.length, answered);
        byte[] text = "hello ".getBytes(StandardCharsets.UTF_8);
        assertEquals(Network.SENT, client.write(connection, text, 0, text.length));
        until(() -> heard.text.toString().equals("hello "));
        assertTrue(answered.connected);
        byte[] large = "y".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertEquals(Network.SENT, server.write(heard.connection, large, 0, large.length));
        until(() -> answered.text.length() == 100_000);
        client.close(connection);
        until(() -> heard.closed);
    }

    @Test
    void aServerForAnotherDomainIsHungUpOnAndNobodyIsToldOfTheConnection() {
        int listening = server.listenSecurely(loopback(0), heard);
        byte[] other = "example.org".getBytes(StandardCharsets.US_ASCII);
        client.connectSecurely(loopback(server.localPort(listening)), other, 0, other.length, answered);
        until(() -> answered.closed);
        assertTrue(!answered.connected && !heard.connected);
    }

    @Test
    void aStrangerWhoSpeaksInTheClearIsHungUpOn() {
        int listening = server.listenSecurely(loopback(0), heard);
        int connection = client.connect(loopback(server.localPort(listening)), answered);
        byte[] text = "OPTIONS sip:example.test SIP/2.0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        client.write(connection, text, 0, text.length);
        until(() -> answered.closed);
        assertTrue(!heard.connected && heard.text.isEmpty());
    }

    @Test
    void aBodyWithoutTlsSaysSo() throws IOException {
        try (NioNetwork plain = new NioNetwork()) {
            assertEquals(Network.NOT_OFFERED, plain.listenSecurely(loopback(0), heard));
            assertEquals(Network.NOT_OFFERED, plain.connectSecurely(loopback(9), NAME, 0, NAME.length, heard));
        }
        assertEquals(Network.NOT_OFFERED, client.listenSecurely(loopback(0), heard), "it has no certificate to show");
    }

    @Test
    void whoComesToAPortForPeersIsKnownByWhatHeShows() throws IOException {
        try (NioNetwork peer = new NioNetwork(new BouncyTls(TlsSettings.phone(folder.resolve("ca.pem"), folder.resolve("identity"), System::currentTimeMillis)))) {
            int listening = server.listenToPeers(loopback(0), heard);
            int connection = peer.connectToPeer(loopback(server.localPort(listening)), answered);
            byte[] shown = new byte[Network.FINGERPRINT_BYTES];
            byte[] own = new byte[Network.FINGERPRINT_BYTES];
            assertEquals(0, peer.fingerprint(connection, shown, 0), "not before the hands are shaken");
            until(() -> {
                peer.poll(10);
                return answered.connected && heard.connected;
            });
            assertEquals(shown.length, server.fingerprint(heard.connection, shown, 0));
            assertEquals(own.length, peer.fingerprint(0, own, 0));
            assertArrayEquals(own, shown);
            peer.fingerprint(connection, shown, 0);
            server.fingerprint(0, own, 0);
            assertArrayEquals(own, shown);
            assertTrue(peer.speaksFor(connection, NAME, 0, NAME.length));
            assertFalse(server.speaksFor(heard.connection, NAME, 0, NAME.length));
        }
        assertEquals(0, client.fingerprint(0, new byte[Network.FINGERPRINT_BYTES], 0));
        assertEquals(Network.NOT_OFFERED, client.listenToPeers(loopback(0), heard));
    }
}
