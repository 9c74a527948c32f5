package org.sidetone.hal.crypto.tls;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** How the connecting end behaves: names the domain it wants (SNI), judges the certificate, shows its own when asked. */
final class ClientEnd extends DefaultTlsClient implements BouncyEngine.End {
    private final Trust trust;
    private final OwnCertificate own;
    private final ProtocolVersion[] versions;
    private final String name;
    private final Map<String, TlsSession> sessions;
    private final TlsSettings settings;
    private List<X509Certificate> chain = List.of();
    private boolean resumed;

    /** @param name whom the other side must speak for; null: whoever it is, who is judged later */
    ClientEnd(BcTlsCrypto crypto, TlsSettings settings, Trust trust, OwnCertificate own, ProtocolVersion[] versions, String name,
            Map<String, TlsSession> sessions) {
        super(crypto);
        this.settings = settings;
        this.trust = trust;
        this.own = own;
        this.versions = versions;
        this.name = name;
        this.sessions = sessions;
    }

    @Override
    public TlsProtocol start() throws IOException {
        TlsClientProtocol protocol = new TlsClientProtocol();
        if (name != null && settings.wallMs().getAsLong() == org.sidetone.hal.Clock.UNKNOWN) {
            throw new IOException("clock not set");
        }
        protocol.connect(this);
        return protocol;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return versions;
    }

    @Override
    protected Vector<ServerName> getSNIServerNames() {
        Vector<ServerName> names = new Vector<>();
        if (name != null && !name.contains(":") && !name.matches("[0-9.]+")) {               // RFC 6066 section 3: no addresses
            names.add(new ServerName(NameType.host_name, name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        }
        return names.isEmpty() ? null : names;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return BouncyEngine.CIPHER_SUITES.clone();
    }

    @Override
    public TlsSession getSessionToResume() {
        TlsSession kept = name == null ? null : sessions.get(name);
        return kept != null && kept.isResumable() ? kept : null;
    }

    @Override
    public void notifySessionID(byte[] sessionId) {
        TlsSession offered = getSessionToResume();
        resumed = offered != null && sessionId != null && sessionId.length > 0 && java.util.Arrays.equals(offered.getSessionID(), sessionId);
    }

    @Override
    public boolean isResumed() {
        return resumed;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        TlsSession session = context.getSession();
        if (name != null && session != null && session.isResumable() && session.getSessionID().length > 0) {
            sessions.put(name, session);
        }
    }

    @Override
    public List<X509Certificate> shown() {
        return chain;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                chain = name == null ? Chains.unjudged(shown.getCertificate()) : Chains.check(trust, shown.getCertificate(), Trust.SERVER_USE, name);
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return own == null ? null : own.signer(context, request.getSupportedSignatureAlgorithms());
            }
        };
    }
}
