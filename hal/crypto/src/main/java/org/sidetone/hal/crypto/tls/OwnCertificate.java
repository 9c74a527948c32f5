package org.sidetone.hal.crypto.tls;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The certificate we show, with the key that proves it. */
final class OwnCertificate {
    /** The year 2100: a phone may not know the time when it makes its certificate, and nobody looks at these dates. */
    private static final long FAR_MS = 4_102_444_800_000L;

    private final TlsCertificate[] chain;
    private final AsymmetricKeyParameter key;
    private final BcTlsCrypto crypto;

    private OwnCertificate(TlsCertificate[] chain, AsymmetricKeyParameter key, BcTlsCrypto crypto) {
        this.chain = chain;
        this.key = key;
        this.crypto = crypto;
    }

    /** @throws IOException naming the file that cannot be used */
    static OwnCertificate of(Path chainFile, Path keyFile, BcTlsCrypto crypto) throws IOException {
        List<X509Certificate> certificates = Trust.read(chainFile);
        if (certificates.isEmpty()) {
            throw new IOException("there is no certificate in " + chainFile);
        }
        TlsCertificate[] chain = new TlsCertificate[certificates.size()];
        try {
            for (int i = 0; i < chain.length; i++) {
                chain[i] = crypto.createCertificate(certificates.get(i).getEncoded());
            }
        } catch (CertificateEncodingException e) {
            throw new IOException(chainFile + " is no PEM file of certificates: " + e.getMessage());
        }
        return new OwnCertificate(chain, readKey(keyFile), crypto);
    }

    /** One that nobody vouches for, made once and kept in a folder. @throws IOException when the folder cannot be written to */
    static OwnCertificate selfMade(Path folder, BcTlsCrypto crypto) throws IOException {
        Path chain = folder.resolve("identity.pem");
        Path key = folder.resolve("identity.key");
        if (!Files.exists(chain) || !Files.exists(key)) {
            Files.createDirectories(folder);
            new CertificateMaker().issue(new CertificateMaker.Order("anonymous", 0, 0).between(0, FAR_MS), null).writeKey(key).writeChain(chain);
        }
        return of(chain, key, crypto);
    }

    /** SHA-256 of what is shown. @return its octets */
    int fingerprint(byte[] out, int offset) {
        try {
            return Chains.fingerprint(chain[0].getEncoded(), out, offset);
        } catch (IOException e) {
            return 0;
        }
    }

    private static AsymmetricKeyParameter readKey(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file); PEMParser parser = new PEMParser(reader)) {
            for (Object o = parser.readObject(); o != null; o = parser.readObject()) {
                if (o instanceof PrivateKeyInfo info) {
                    return PrivateKeyFactory.createKey(info);
                }
                if (o instanceof PEMKeyPair pair) {
                    return PrivateKeyFactory.createKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (IOException e) {
            throw new IOException("cannot read the private key in " + file);
        }
        throw new IOException("there is no private key without a pass phrase in " + file);
    }

    /** @param offered signature algorithms the other side takes; null: whatever. @return null when it takes none that the key can do */
    TlsCredentialedSigner signer(TlsContext context, List<?> offered) {
        SignatureAndHashAlgorithm chosen = null;
        for (Object o : offered == null ? List.of() : offered) {
            SignatureAndHashAlgorithm one = (SignatureAndHashAlgorithm) o;
            if (chosen == null && suits(one, TlsUtils.isTLSv13(context))) {
                chosen = one;
            }
        }
        return chosen == null ? null : new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), crypto, key, certificate(context), chosen);
    }

    private boolean suits(SignatureAndHashAlgorithm one, boolean version13) {
        short signature = one.getSignature();
        if (key instanceof RSAKeyParameters) {
            boolean pss = signature == SignatureAlgorithm.rsa_pss_rsae_sha256 || signature == SignatureAlgorithm.rsa_pss_rsae_sha384
                    || signature == SignatureAlgorithm.rsa_pss_rsae_sha512;
            return pss || !version13 && signature == SignatureAlgorithm.rsa && one.getHash() >= 4;      // SHA-256 and above
        }
        if (key instanceof Ed25519PrivateKeyParameters) {
            return signature == SignatureAlgorithm.ed25519;
        }
        int bits = key instanceof ECPrivateKeyParameters ec ? ec.getParameters().getCurve().getFieldSize() : 0;
        int hash = bits > 384 ? 6 : bits > 256 ? 5 : 4;
        return signature == SignatureAlgorithm.ecdsa && (version13 ? one.getHash() == hash : one.getHash() >= 4);
    }

    private Certificate certificate(TlsContext context) {
        if (context.getServerVersion() != null && ProtocolVersion.TLSv13.equals(context.getServerVersion())) {
            CertificateEntry[] entries = new CertificateEntry[chain.length];
            for (int i = 0; i < chain.length; i++) {
                entries[i] = new CertificateEntry(chain[i], null);
            }
            return new Certificate(TlsUtils.EMPTY_BYTES, entries);
        }
        return new Certificate(chain);
    }

    boolean isRsa() {
        return key instanceof RSAKeyParameters;
    }
}
