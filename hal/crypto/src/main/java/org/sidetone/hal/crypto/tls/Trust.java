package org.sidetone.hal.crypto.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.sidetone.hal.Clock;

/** Judges certificate chains: RFC 5280 by the JDK, what they may be used for (RFC 5280 section 4.2.1.12, RFC 5924), for whom (RFC 5922). */
final class Trust {
    private static final String ANY_USE = "2.5.29.37.0";
    private static final String SIP_DOMAIN = "1.3.6.1.5.5.7.3.20";
    static final String SERVER_USE = "1.3.6.1.5.5.7.3.1";
    static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";
    private static final int DIGITAL_SIGNATURE = 0;

    private final Set<TrustAnchor> anchors;
    private final LongSupplier wallMs;

    private Trust(Set<TrustAnchor> anchors, LongSupplier wallMs) {
        this.anchors = anchors;
        this.wallMs = wallMs;
    }

    /** @throws IOException saying what is wrong with the file */
    static Trust of(Path authorities, LongSupplier wallMs) throws IOException {
        Set<TrustAnchor> anchors = new HashSet<>();
        try {
            for (X509Certificate certificate : authorities == null ? ofMachine() : read(authorities)) {
                anchors.add(new TrustAnchor(certificate, null));
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the machine's certificate authorities cannot be read: " + e.getMessage());
        }
        if (anchors.isEmpty()) {
            throw new IOException("there is no certificate authority to believe in " + (authorities == null ? "this machine" : authorities));
        }
        return new Trust(anchors, wallMs);
    }

    private static List<X509Certificate> ofMachine() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        List<X509Certificate> out = new ArrayList<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x) {
                Collections.addAll(out, x.getAcceptedIssuers());
            }
        }
        return out;
    }

    /** The certificates of a PEM file. @throws IOException naming the file */
    static List<X509Certificate> read(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            List<X509Certificate> out = new ArrayList<>();
            CertificateFactory.getInstance("X.509").generateCertificates(in).forEach(c -> out.add((X509Certificate) c));
            return out;
        } catch (CertificateException e) {
            throw new IOException(pem + " is no PEM file of certificates: " + e.getMessage());
        } catch (IOException e) {
            throw new IOException("cannot read the certificates in " + pem);
        }
    }

    Set<TrustAnchor> anchors() {
        return anchors;
    }

    /**
     * @param chain the other side's own certificate first. @param use {@link #SERVER_USE} or {@link #CLIENT_USE}
     * @param name whom it must speak for; null: whoever it is
     * @throws CertificateException saying what is wrong with it
     */
    void check(List<X509Certificate> chain, String use, String name) throws CertificateException {
        long now = wallMs.getAsLong();
        if (now == Clock.UNKNOWN) {
            throw new CertificateException("clock not set");
        }
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate was shown");
        }
        X509Certificate own = chain.get(0);
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(new Date(now));
            CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(withoutAnchor(chain)), parameters);
        } catch (CertPathValidatorException e) {
            throw new CertificateException(e.getReason() + ": " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e.getMessage());
        }
        List<String> uses = own.getExtendedKeyUsage();
        if (uses != null && !uses.contains(use) && !uses.contains(ANY_USE) && !uses.contains(SIP_DOMAIN)) {
            throw new CertificateException("the certificate is for other uses: " + uses);
        }
        boolean[] keyUses = own.getKeyUsage();
        if (keyUses != null && !keyUses[DIGITAL_SIGNATURE]) {
            throw new CertificateException("the certificate's key must not sign");
        }
        if (name != null && !Identities.speaksFor(own, name)) {
            throw new CertificateException("the certificate is for " + Identities.domains(own) + ", not for " + name);
        }
    }

    /** An authority's own certificate at the end of what was shown proves nothing and is left out. */
    private List<X509Certificate> withoutAnchor(List<X509Certificate> chain) {
        int last = chain.size() - 1;
        boolean shown = last > 0 && anchors.stream().anyMatch(a -> chain.get(last).equals(a.getTrustedCert()));
        return shown ? chain.subList(0, last) : chain;
    }
}
