package org.sidetone.hal.crypto.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;

/** From the library's certificates to the JDK's, judged. */
final class Chains {
    private Chains() {
    }

    /** @throws TlsFatalAlert that tells the other side, its cause says why */
    static List<X509Certificate> check(Trust trust, Certificate shown, String use, String name) throws IOException {
        try {
            List<X509Certificate> chain = read(shown);
            trust.check(chain, use, name);
            return chain;
        } catch (CertificateException e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
        }
    }

    /** The same unjudged. */
    static List<X509Certificate> unjudged(Certificate shown) throws IOException {
        try {
            return read(shown);
        } catch (CertificateException e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
        }
    }

    private static List<X509Certificate> read(Certificate shown) throws IOException, CertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (TlsCertificate one : shown.getCertificateList()) {
            chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one.getEncoded())));
        }
        return chain;
    }

    /** Whether a chain that was shown is good for a name; a server that connects to another often has a certificate for servers alone. */
    static boolean speaksFor(Trust trust, List<X509Certificate> chain, String name, boolean byServer) {
        return isGood(trust, chain, Trust.SERVER_USE, name) || !byServer && isGood(trust, chain, Trust.CLIENT_USE, name);
    }

    private static boolean isGood(Trust trust, List<X509Certificate> chain, String use, String name) {
        try {
            trust.check(chain, use, name);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    /** SHA-256 of a certificate (RFC 8122 section 5). @return its octets */
    static int fingerprint(byte[] certificate, byte[] out, int offset) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(certificate, 0, certificate.length);
        return digest.doFinal(out, offset);
    }
}
