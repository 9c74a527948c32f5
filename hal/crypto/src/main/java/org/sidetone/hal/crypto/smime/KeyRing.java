package org.sidetone.hal.crypto.smime;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.sidetone.hal.Clock;

/**
 * A folder of keys: {@code own.pem} and {@code own.key}, the certificates of others in {@code people/*.pem}, authorities that are believed in
 * {@code authorities.pem}; each may be missing. Certificates name their owners by subjectAltName, an email address or a sip URI (RFC 3261 section 23.1).
 */
final class KeyRing {
    private static final int EMAIL = 1;
    private static final int URI = 6;

    private final LongSupplier wallMs;
    private final List<X509Certificate> own = new ArrayList<>();
    private final Map<String, X509Certificate> people = new HashMap<>();
    private final Set<TrustAnchor> authorities = new HashSet<>();
    private PrivateKey key;

    /** @throws IOException naming the file that cannot be read */
    KeyRing(Path folder, LongSupplier wallMs) throws IOException {
        this.wallMs = wallMs;
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + " with own.pem, own.key and people");
        }
        if (Files.exists(folder.resolve("own.key"))) {
            own.addAll(read(folder.resolve("own.pem")));
            key = readKey(folder.resolve("own.key"));
        }
        if (Files.isDirectory(folder.resolve("people"))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("people"), "*.pem")) {
                for (Path file : files) {
                    X509Certificate certificate = read(file).get(0);
                    namesOf(certificate).forEach(name -> people.put(name, certificate));
                }
            }
        }
        if (Files.exists(folder.resolve("authorities.pem"))) {
            read(folder.resolve("authorities.pem")).forEach(c -> authorities.add(new TrustAnchor(c, null)));
        }
    }

    private static List<X509Certificate> read(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            List<X509Certificate> out = new ArrayList<>();
            CertificateFactory.getInstance("X.509").generateCertificates(in).forEach(c -> out.add((X509Certificate) c));
            if (out.isEmpty()) {
                throw new IOException("there is no certificate in " + pem);
            }
            return out;
        } catch (CertificateException e) {
            throw new IOException(pem + " is no PEM file of certificates: " + e.getMessage());
        }
    }

    private static PrivateKey readKey(Path pem) throws IOException {
        try (Reader in = Files.newBufferedReader(pem); PEMParser parser = new PEMParser(in)) {
            Object found = parser.readObject();
            PrivateKeyInfo info = found instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : found instanceof PrivateKeyInfo plain ? plain : null;
            if (info == null) {
                throw new IOException(pem + " has no private key without a password");
            }
            return new JcaPEMKeyConverter().setProvider(Cms.PROVIDER).getPrivateKey(info);
        }
    }

    /** {@code alice@example.test} out of an address or URI, in lower case where case does not count. */
    static String name(String address) {
        String bare = address.replaceFirst("^(?i:sips?|im|pres|mailto):", "").replaceFirst("[;?].*", "").replaceFirst(":[0-9]+$", "");
        int at = bare.lastIndexOf('@');
        return at < 0 ? bare.toLowerCase(Locale.ROOT) : bare.substring(0, at) + bare.substring(at).toLowerCase(Locale.ROOT);
    }

    static Set<String> namesOf(X509Certificate certificate) {
        Set<String> names = new HashSet<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> one : all == null ? List.<List<?>>of() : all) {
                int kind = (Integer) one.get(0);
                if (kind == EMAIL || kind == URI) {
                    names.add(name((String) one.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            return Set.of();                                    // it names nobody that can be read
        }
        return names;
    }

    boolean canSign() {
        return key != null;
    }

    PrivateKey key() {
        return key;
    }

    /** One's own certificate first, then those between it and its authority. */
    List<X509Certificate> own() {
        return own;
    }

    /** Somebody's certificate, or null; one that is not valid now is none. */
    X509Certificate of(String address) {
        X509Certificate certificate = people.get(name(address));
        return certificate != null && isValid(certificate) ? certificate : null;
    }

    private boolean isValid(X509Certificate certificate) {
        long now = wallMs.getAsLong();
        return now != Clock.UNKNOWN && now >= certificate.getNotBefore().getTime() && now <= certificate.getNotAfter().getTime();
    }

    /** Whether a signer's certificate is one of the ring's, or comes from an authority of it. @param between certificates that came along */
    boolean isTrusted(X509Certificate signer, Collection<X509Certificate> between) {
        if (!isValid(signer)) {
            return false;
        }
        boolean[] uses = signer.getKeyUsage();
        if (uses != null && !uses[0] && !uses[1]) {             // neither digitalSignature nor nonRepudiation
            return false;
        }
        if (people.containsValue(signer)) {
            return true;
        }
        if (authorities.isEmpty()) {
            return false;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(authorities);
            parameters.setRevocationEnabled(false);
            parameters.setDate(new Date(wallMs.getAsLong()));
            List<X509Certificate> chain = new ArrayList<>();
            for (X509Certificate next = signer; next != null; next = issuerOf(next, between, chain)) {
                chain.add(next);
            }
            CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static X509Certificate issuerOf(X509Certificate of, Collection<X509Certificate> candidates, List<X509Certificate> chain) {
        return candidates.stream().filter(c -> c.getSubjectX500Principal().equals(of.getIssuerX500Principal()) && !chain.contains(c)
                && !c.getSubjectX500Principal().equals(c.getIssuerX500Principal())).findFirst().orElse(null);
    }
}
