package org.sidetone.hal.crypto.tls;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.sidetone.hal.TlsEngine;
import org.sidetone.hal.TlsEngines;

/** Makes TLS engines by one set of settings, which are read and checked at once. */
public final class BouncyTls implements TlsEngines {
    private static final int SESSIONS = 64;

    private final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
    private final TlsSettings settings;
    private final Trust trust;
    private final OwnCertificate own;
    /** Shown to peers, who know it by its fingerprint: our own, or one that we signed ourselves. */
    private final OwnCertificate forPeers;
    private final ProtocolVersion[] versions;
    /** Sessions of TLS 1.2 to take up again, by the name asked for. */
    private final Map<String, TlsSession> sessions = lru();
    /** The same of a server, by session id. */
    private final Map<String, TlsSession> serverSessions = lru();

    /** @throws IOException saying which file cannot be used, and why */
    public BouncyTls(TlsSettings settings) throws IOException {
        this.settings = settings;
        trust = Trust.of(settings.authorities(), settings.wallMs());
        own = settings.chain() == null ? null : OwnCertificate.of(settings.chain(), settings.key(), crypto);
        forPeers = own != null || settings.identity() == null ? own : OwnCertificate.selfMade(settings.identity(), crypto);
        versions = settings.versions().stream().map(BouncyTls::version).toArray(ProtocolVersion[]::new);
    }

    private static ProtocolVersion version(String name) {
        return switch (name) {
            case "TLSv1.3" -> ProtocolVersion.TLSv13;
            case "TLSv1.2" -> ProtocolVersion.TLSv12;
            default -> throw new IllegalArgumentException("a TLS version is TLSv1.2 or TLSv1.3, not " + name);
        };
    }

    private static <V> Map<String, V> lru() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > SESSIONS;
            }
        });
    }

    @Override
    public TlsEngine client(String name) {
        return new BouncyEngine(new ClientEnd(crypto, settings, trust, own, versions, name, sessions), trust);
    }

    @Override
    public TlsEngine server() {
        return own == null ? null : new BouncyEngine(new ServerEnd(crypto, settings, trust, own, versions, serverSessions, false), trust);
    }

    @Override
    public TlsEngine peerClient() {
        return new BouncyEngine(new ClientEnd(crypto, settings, trust, forPeers, versions, null, sessions), trust);
    }

    @Override
    public TlsEngine peerServer() {
        return forPeers == null ? null : new BouncyEngine(new ServerEnd(crypto, settings, trust, forPeers, versions, serverSessions, true), trust);
    }

    @Override
    public int peerFingerprint(byte[] out, int offset) {
        return forPeers == null ? 0 : forPeers.fingerprint(out, offset);
    }
}
