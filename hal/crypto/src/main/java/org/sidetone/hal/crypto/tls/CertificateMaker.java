package org.sidetone.hal.crypto.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/** Makes certificates on the curve P-256: for an exchange that has none bought, and for tests. */
public final class CertificateMaker {
    private static final long DAY_MS = 86_400_000L;

    /** A certificate with its key, and with those between it and its authority. */
    public static final class Issued {
        final X509CertificateHolder certificate;
        final AsymmetricCipherKeyPair keys;
        final List<X509CertificateHolder> chain = new ArrayList<>();

        Issued(X509CertificateHolder certificate, AsymmetricCipherKeyPair keys) {
            this.certificate = certificate;
            this.keys = keys;
            chain.add(certificate);
        }

        /** Writes the certificate, and those between it and its authority, as PEM. */
        public Issued writeChain(Path file) throws IOException {
            try (Writer out = Files.newBufferedWriter(file); JcaPEMWriter pem = new JcaPEMWriter(out)) {
                for (X509CertificateHolder one : chain) {
                    pem.writeObject(one);
                }
            }
            return this;
        }

        /** Writes the private key as PEM, for its owner's eyes alone where the file system can tell. */
        public Issued writeKey(Path file) throws IOException {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.deleteIfExists(file);
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (Writer out = Files.newBufferedWriter(file); JcaPEMWriter pem = new JcaPEMWriter(out)) {
                pem.writeObject(PrivateKeyInfoFactory.createPrivateKeyInfo(keys.getPrivate()));
            }
            return this;
        }
    }

    /** What a certificate says. */
    public static final class Order {
        private final String subject;
        private final List<GeneralName> names = new ArrayList<>();
        private Date from;
        private Date until;
        private boolean authority;
        private int usage = -1;
        private KeyPurposeId[] purposes;

        /** @param subject common name. @param nowMs it is good from a day before on */
        public Order(String subject, long nowMs, int days) {
            this.subject = subject;
            from = new Date(nowMs - DAY_MS);
            until = new Date(nowMs + days * DAY_MS);
        }

        public Order dns(String name) {
            names.add(new GeneralName(GeneralName.dNSName, name));
            return this;
        }

        public Order uri(String uri) {
            names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
            return this;
        }

        public Order address(String address) {
            names.add(new GeneralName(GeneralName.iPAddress, address));
            return this;
        }

        /** It may sign others. */
        public Order authority() {
            authority = true;
            return this;
        }

        public Order between(long fromMs, long untilMs) {
            from = new Date(fromMs);
            until = new Date(untilMs);
            return this;
        }

        /** @param bits of {@link KeyUsage} */
        public Order usage(int bits) {
            usage = bits;
            return this;
        }

        public Order purpose(String oid) {
            purposes = new KeyPurposeId[] {KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid))};
            return this;
        }
    }

    private final SecureRandom random = new SecureRandom();

    private AsymmetricCipherKeyPair newKeys() {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(new ECNamedDomainParameters(SECObjectIdentifiers.secp256r1,
                org.bouncycastle.crypto.ec.CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1)), random));
        return generator.generateKeyPair();
    }

    /** @param issuer null: it signs itself */
    public Issued issue(Order order, Issued issuer) {
        try {
            AsymmetricCipherKeyPair keys = newKeys();
            X500Name subject = new X500Name("CN=" + order.subject);
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(issuer == null ? subject : issuer.certificate.getSubject(),
                    new java.math.BigInteger(64, random), order.from, order.until, subject,
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(keys.getPublic()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(order.authority));
            int usage = order.usage >= 0 ? order.usage : order.authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (!order.names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(order.names.toArray(new GeneralName[0])));
            }
            if (order.purposes != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(order.purposes));
            }
            AlgorithmIdentifier signature = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
            AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
            Issued made = new Issued(builder.build(new BcECContentSignerBuilder(signature, digest)
                    .build((issuer == null ? keys : issuer.keys).getPrivate())), keys);
            if (issuer != null && !issuer.certificate.getIssuer().equals(issuer.certificate.getSubject())) {
                made.chain.addAll(issuer.chain);
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
