package org.sidetone.hal.crypto.tls;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.TlsProtocol;
import org.sidetone.hal.TlsEngine;

/** A {@link TlsEngine} over the library's non-blocking protocol. */
final class BouncyEngine implements TlsEngine {
    /** One end's behaviour. */
    interface End {
        TlsProtocol start() throws IOException;

        /** Whether a session of before was taken up again; known once the handshake is done. */
        boolean isResumed();

        /** What the other side showed, its own certificate first; empty: nothing. */
        List<X509Certificate> shown();
    }

    /** Forward secrecy and authenticated encryption alone, for keys on curves and RSA keys. */
    static final int[] CIPHER_SUITES = {CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384};

    private final End end;
    private final Trust trust;
    private TlsProtocol protocol;
    private String reason = "";
    private boolean failed;

    BouncyEngine(End end, Trust trust) {
        this.end = end;
        this.trust = trust;
        try {
            protocol = end.start();
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        failed = true;
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    boolean isResumed() {
        return end.isResumed();
    }

    @Override
    public int state() {
        return failed ? FAILED : protocol.isClosed() ? CLOSED : protocol.isHandshaking() ? HANDSHAKING : OPEN;
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public void receive(byte[] buffer, int offset, int length) {
        if (failed || protocol.isClosed()) {
            return;
        }
        try {
            protocol.offerInput(buffer, offset, length);
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public int read(byte[] out, int offset, int length) {
        return protocol == null || protocol.getAvailableInputBytes() == 0 ? 0 : protocol.readInput(out, offset, length);
    }

    @Override
    public boolean write(byte[] buffer, int offset, int length) {
        if (state() != OPEN) {
            return false;
        }
        try {
            protocol.writeApplicationData(buffer, offset, length);
            return true;
        } catch (IOException e) {
            fail(e);
            return false;
        }
    }

    @Override
    public int output(byte[] out, int offset, int length) {
        return protocol == null || protocol.getAvailableOutputBytes() == 0 ? 0 : protocol.readOutput(out, offset, length);
    }

    @Override
    public int fingerprint(byte[] out, int offset) {
        try {
            return end.shown().isEmpty() ? 0 : Chains.fingerprint(end.shown().get(0).getEncoded(), out, offset);
        } catch (CertificateEncodingException e) {
            return 0;
        }
    }

    @Override
    public boolean speaksFor(String name) {
        return !end.shown().isEmpty() && Chains.speaksFor(trust, end.shown(), name, end instanceof ClientEnd);
    }

    @Override
    public void close() {
        try {
            if (protocol != null && !protocol.isClosed()) {
                protocol.close();
            }
        } catch (IOException e) {
            fail(e);
        }
    }
}
