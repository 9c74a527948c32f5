package org.sidetone.hal.crypto.tls;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** How the end that is connected to behaves: shows its certificate, judges the other's where it wants one. */
final class ServerEnd extends DefaultTlsServer implements BouncyEngine.End {
    private static final int SESSION_ID_BYTES = 32;

    private final TlsSettings settings;
    private final Trust trust;
    private final OwnCertificate own;
    private final ProtocolVersion[] versions;
    private final Map<String, TlsSession> sessions;
    /** Whether anybody may come, who is judged later. */
    private final boolean forPeers;
    private List<X509Certificate> chain = List.of();
    private boolean resumed;

    ServerEnd(BcTlsCrypto crypto, TlsSettings settings, Trust trust, OwnCertificate own, ProtocolVersion[] versions,
            Map<String, TlsSession> sessions, boolean forPeers) {
        super(crypto);
        this.forPeers = forPeers;
        this.settings = settings;
        this.trust = trust;
        this.own = own;
        this.versions = versions;
        this.sessions = sessions;
    }

    @Override
    public TlsProtocol start() throws IOException {
        TlsServerProtocol protocol = new TlsServerProtocol();
        protocol.accept(this);
        return protocol;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return versions;
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        TlsCredentials signer = own.signer(context, context.getSecurityParametersHandshake().getClientSigAlgs());
        if (signer == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
        return signer;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return BouncyEngine.CIPHER_SUITES.clone();
    }

    private boolean isSuitable(int suite) {
        // with TLS 1.2 the suite names the kind of key
        return TlsUtils.isTLSv13(context) || own.isRsa() == (TlsUtils.getLegacySignatureAlgorithmServer(TlsUtils.getKeyExchangeAlgorithm(suite)) == 1);
    }

    @Override
    protected boolean selectCipherSuite(int suite) throws IOException {
        return isSuitable(suite) && super.selectCipherSuite(suite);
    }

    @Override
    public CertificateRequest getCertificateRequest() throws IOException {
        if (!forPeers && !settings.asksClients() && !settings.requiresClients()) {
            return null;
        }
        Vector<?> algorithms = TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
        if (TlsUtils.isTLSv13(context)) {
            return new CertificateRequest(TlsUtils.EMPTY_BYTES, algorithms, null, null);
        }
        return new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign}, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate shown) throws IOException {
        if (shown == null || shown.isEmpty()) {
            if (settings.requiresClients() && !forPeers) {
                throw new TlsFatalAlert(TlsUtils.isTLSv13(context) ? AlertDescription.certificate_required : AlertDescription.handshake_failure);
            }
            return;
        }
        chain = forPeers ? Chains.unjudged(shown) : Chains.check(trust, shown, Trust.CLIENT_USE, null);
    }

    @Override
    public List<X509Certificate> shown() {
        return chain;
    }

    @Override
    public TlsSession getSessionToResume(byte[] sessionId) {
        TlsSession kept = forPeers || sessionId == null || sessionId.length == 0 ? null : sessions.get(HexFormat.of().formatHex(sessionId));
        resumed = kept != null && kept.isResumable();
        return resumed ? kept : null;
    }

    @Override
    public byte[] getNewSessionID() {
        return context.getNonceGenerator().generateNonce(SESSION_ID_BYTES);
    }

    @Override
    public boolean isResumed() {
        return resumed;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        TlsSession session = context.getSession();
        if (!forPeers && session != null && session.isResumable() && session.getSessionID().length > 0) {
            sessions.put(HexFormat.of().formatHex(session.getSessionID()), session);
        }
    }
}
