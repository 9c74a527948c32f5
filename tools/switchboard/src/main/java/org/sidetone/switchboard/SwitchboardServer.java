package org.sidetone.switchboard;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sidetone.hal.Clock;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.hal.crypto.tls.BouncyTls;
import org.sidetone.hal.crypto.tls.ServerContext;
import org.sidetone.hal.crypto.tls.TlsSettings;
import org.sidetone.hal.host.DnsJavaResolver;
import org.sidetone.hal.host.NioNetwork;
import org.sidetone.hal.host.SystemClock;
import org.sidetone.hal.host.SystemEntropy;
import org.sidetone.switchboard.store.DatabaseStore;
import org.sidetone.switchboard.store.MemoryStore;
import org.sidetone.switchboard.store.Store;
import org.sidetone.switchboard.xcap.HttpFront;

/** An exchange on real sockets, turned by a thread of its own. */
public final class SwitchboardServer implements AutoCloseable {
    private final NioNetwork network;
    private final Clock clock = new SystemClock();
    private final Store store;
    private final Exchange exchange;
    private final Thread thread;
    private HttpFront xcap;
    private volatile boolean running = true;

    /** @param data file to keep things in; null: nothing is kept. @param tls null: no TLS. @throws IOException when the port or the file is not to be had */
    public SwitchboardServer(ExchangeSettings settings, Path data, TlsSettings tls) throws IOException {
        network = new NioNetwork(tls == null ? null : new BouncyTls(tls));
        store = open(data, settings.forcesCommits);
        exchange = new Exchange(settings, network, new DnsJavaResolver(network::wakeUp), clock, new SystemEntropy(), new BouncyDigests(), store);
        String refused = exchange.open() < 0 ? "SIP port " + settings.port + " is in use: choose another with --port, or 0 for any"
                : settings.securePort >= 0 && exchange.securePort() < 0
                ? "TLS port " + settings.securePort + " is in use: choose another with --tls-port, or 0 for any"
                : settings.relayPort >= 0 && exchange.relayPort() < 0
                ? "relay port " + settings.relayPort + " is in use: choose another with --relay-port, or 0 for any"
                : settings.insecureRelayPort >= 0 && exchange.insecureRelayPort() < 0
                ? "relay port " + settings.insecureRelayPort + " is in use: choose another with --insecure-test, or 0 for any" : null;
        if (refused == null && settings.xcapPort >= 0) {
            try {
                xcap = new HttpFront(settings.xcapPort, tls == null ? null : ServerContext.of(tls), exchange.xcap(), network::wakeUp);
                exchange.setXcapRoot((tls == null ? "http://" : "https://") + settings.domain + ":" + xcap.port() + HttpFront.ROOT + "/");
            } catch (BindException e) {
                refused = "XCAP port " + settings.xcapPort + " is in use: choose another with --xcap-port, or 0 for any";
            }
        }
        if (refused != null) {
            store.close();
            network.close();
            throw new IOException(refused);
        }
        thread = new Thread(this::run, "switchboard");
        thread.setDaemon(true);
        thread.start();
    }

    private Store open(Path data, boolean forced) throws IOException {
        if (data == null) {
            return new MemoryStore();
        }
        try {
            if (data.toAbsolutePath().getParent() != null) {
                Files.createDirectories(data.toAbsolutePath().getParent());
            }
            return new DatabaseStore(data, network::wakeUp, forced);
        } catch (RuntimeException e) {
            network.close();
            throw new IOException("the database " + data + " cannot be opened; is another switchboard using it? " + e.getMessage());
        }
    }

    private void run() {
        while (running) {
            long nowMs = clock.monotonicMs();
            int work = exchange.doWork(nowMs);
            network.poll(work > 0 ? 0 : Math.min(1000, Math.max(0, exchange.nextDeadlineMs() - nowMs)));
        }
    }

    public int port() {
        return exchange.port();
    }

    /** Port with TLS, negative when there is none. */
    public int securePort() {
        return exchange.securePort();
    }

    /** Port of the MSRP relay with TLS, negative when there is none. */
    public int relayPort() {
        return exchange.relayPort();
    }

    /** Port of the MSRP relay without TLS, negative when there is none. */
    public int insecureRelayPort() {
        return exchange.insecureRelayPort();
    }

    /** Port of the XCAP server, negative when there is none. */
    public int xcapPort() {
        return xcap == null ? -1 : xcap.port();
    }

    public String figures() {
        return exchange.figures();
    }

    @Override
    public void close() throws IOException {
        if (xcap != null) {
            xcap.close();
        }
        running = false;
        network.wakeUp();
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
        network.close();
    }
}
