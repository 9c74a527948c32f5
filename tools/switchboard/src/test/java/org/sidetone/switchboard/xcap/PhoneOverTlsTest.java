package org.sidetone.switchboard.xcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestFunction;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.bind.NetworkStreams;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.hal.crypto.tls.BouncyTls;
import org.sidetone.hal.crypto.tls.TlsSettings;
import org.sidetone.hal.host.NioNetwork;
import org.sidetone.hal.host.SystemClock;
import org.sidetone.http.HttpClient;
import org.sidetone.http.HttpResponse;
import org.sidetone.http.HttpUser;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.sip.locate.Locator;
import org.sidetone.switchboard.ExchangeSettings;
import org.sidetone.switchboard.OwnAuthority;
import org.sidetone.switchboard.SwitchboardServer;
import org.sidetone.time.TimerQueue;

/** The phone's own HTTP client reads from an XCAP server over TLS, and from nobody whose certificate it does not believe. */
class PhoneOverTlsTest implements HttpUser {
    private static final byte[] GET = "GET".getBytes(StandardCharsets.US_ASCII);
    private static final int TURNS = 1000;

    @TempDir
    private Path folder;
    private final List<String> ends = new ArrayList<>();

    @Override
    public void onAnswer(HttpResponse response, long nowMs) {
        ends.add(response.status() + " " + response.body(new Slice()));
    }

    @Override
    public void onNoAnswer(int why, long nowMs) {
        ends.add("no answer");
    }

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void read(Path authorities, int port) throws Exception {
        Capacity capacity = Capacity.desk();
        Domains domains = new Domains(4);
        TimerQueue timers = new TimerQueue();
        SystemClock clock = new SystemClock();
        Locator locator = new Locator(null, () -> 1, capacity, domains);
        locator.support(Flow.TLS, true);
        try (NioNetwork network = new NioNetwork(new BouncyTls(TlsSettings.client(authorities, System::currentTimeMillis)))) {
            NetworkStreams streams = new NetworkStreams(network, clock, domains);
            HttpClient client = new HttpClient(streams, timers, locator, new DigestFunction(new DigestsHash(new BouncyDigests())), () -> 7, "test", 4000);
            streams.setUser(client);
            int before = ends.size();
            assertTrue(client.request(GET, slice("https://127.0.0.1:" + port + "/xcap-root"), slice("/xcap-caps/global/index"), slice(""), null, alice(), this, clock.monotonicMs()));
            for (int i = 0; i < TURNS && ends.size() == before; i++) {
                network.poll(20);
                timers.poll(clock.monotonicMs(), 100);
            }
        }
    }

    private static Credentials alice() {
        Credentials alice = new Credentials();
        alice.username.set("alice");
        alice.password.set("secret");
        return alice;
    }

    @Test
    @Shows("4825-14-2")
    void theClientHasTls() throws Exception {
        ExchangeSettings settings = new ExchangeSettings();
        settings.domain = "127.0.0.1";
        settings.port = 0;
        settings.xcapPort = 0;
        settings.securePort = 0;
        settings.users.add("alice", "secret");
        Path certificates = folder.resolve("certificates");
        try (SwitchboardServer server = new SwitchboardServer(settings, null, OwnAuthority.settings(certificates, "127.0.0.1"))) {
            read(OwnAuthority.certificate(certificates), server.xcapPort());
            assertTrue(ends.get(0).startsWith("200 ") && ends.get(0).contains("<auid>pres-rules</auid>"), ends.get(0));
            Path others = folder.resolve("others");
            OwnAuthority.settings(others, "127.0.0.1");
            read(OwnAuthority.certificate(others), server.xcapPort());
            assertEquals("no answer", ends.get(1));
        }
    }
}
