package org.sidetone.hal.crypto.smime;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.smime.SMIMECapabilitiesAttribute;
import org.bouncycastle.asn1.smime.SMIMECapability;
import org.bouncycastle.asn1.smime.SMIMECapabilityVector;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.Store;
import org.sidetone.hal.Smime;

/** Signs, seals, opens and verifies CMS (RFC 5652), with RSA and with elliptic curves. */
final class Cms {
    static final Provider PROVIDER = new BouncyCastleProvider();

    private final KeyRing ring;

    /** What was inside, and what it was. */
    record Opened(byte[] content, int marks) {
    }

    Cms(KeyRing ring) {
        this.ring = ring;
    }

    private static X509CertificateHolder holder(X509Certificate certificate) throws GeneralSecurityException {
        return new JcaX509CertificateHolder(certificate);
    }

    private static boolean isCurve(X509Certificate certificate) {
        return certificate.getPublicKey().getAlgorithm().startsWith("EC");
    }

    /** A detached signature over octets. */
    byte[] sign(byte[] content) throws CMSException, OperatorCreationException, GeneralSecurityException, IOException {
        X509Certificate own = ring.own().get(0);
        SMIMECapabilityVector can = new SMIMECapabilityVector();
        can.addCapability(SMIMECapability.aES256_CBC);
        can.addCapability(SMIMECapability.aES128_CBC);
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new SMIMECapabilitiesAttribute(can));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder().setProvider(PROVIDER)
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                .build(isCurve(own) ? "SHA256withECDSA" : "SHA256withRSA", ring.key(), own));
        generator.addCertificates(new JcaCertStore(ring.own()));
        return generator.generate(new CMSProcessableByteArray(content), false).getEncoded();
    }

    /** Sealed with AES for one certificate. */
    byte[] seal(byte[] content, X509Certificate recipient) throws CMSException, GeneralSecurityException, IOException {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        if (isCurve(recipient)) {
            java.security.KeyPairGenerator ephemeral = java.security.KeyPairGenerator.getInstance("EC", PROVIDER);
            ephemeral.initialize(((java.security.interfaces.ECPublicKey) recipient.getPublicKey()).getParams());
            java.security.KeyPair pair = ephemeral.generateKeyPair();
            generator.addRecipientInfoGenerator(new JceKeyAgreeRecipientInfoGenerator(CMSAlgorithm.ECDH_SHA256KDF, pair.getPrivate(), pair.getPublic(), CMSAlgorithm.AES128_WRAP)
                    .addRecipient(recipient).setProvider(PROVIDER));
        } else {
            generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(recipient).setProvider(PROVIDER));
        }
        return generator.generate(new CMSProcessableByteArray(content), new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC).setProvider(PROVIDER).build()).getEncoded();
    }

    /** Opens application/pkcs7-mime of any kind. @param sender for whom a signature counts. @return null: sealed for somebody else */
    Opened open(byte[] encoded, String sender) throws CMSException, GeneralSecurityException, OperatorCreationException {
        ASN1ObjectIdentifier kind = ContentInfo.getInstance(encoded).getContentType();
        if (kind.equals(PKCSObjectIdentifiers.signedData)) {
            CMSSignedData signed = new CMSSignedData(encoded);
            CMSTypedData content = signed.getSignedContent();
            return content == null ? new Opened(new byte[0], Smime.BROKEN) : new Opened((byte[]) content.getContent(), judge(signed, sender));
        }
        Collection<RecipientInformation> recipients = kind.equals(CMSObjectIdentifiers.authEnvelopedData)
                ? new CMSAuthEnvelopedData(encoded).getRecipientInfos().getRecipients() : new CMSEnvelopedData(encoded).getRecipientInfos().getRecipients();
        for (RecipientInformation recipient : recipients) {
            if (ring.canSign() && recipient.getRID().match(holder(ring.own().get(0)))) {
                return new Opened(decrypt(recipient), Smime.SEALED);
            }
        }
        return null;
    }

    private byte[] decrypt(RecipientInformation recipient) throws CMSException {
        return isCurve(ring.own().get(0)) ? recipient.getContent(new JceKeyAgreeEnvelopedRecipient(ring.key()).setProvider(PROVIDER))
                : recipient.getContent(new JceKeyTransEnvelopedRecipient(ring.key()).setProvider(PROVIDER));
    }

    /** Marks of a detached signature. */
    int verify(byte[] content, byte[] signature, String sender) throws CMSException, GeneralSecurityException, OperatorCreationException {
        return judge(new CMSSignedData(new CMSProcessableByteArray(content), signature), sender);
    }

    private int judge(CMSSignedData signed, String sender) throws GeneralSecurityException, OperatorCreationException {
        Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
        if (signers.size() != 1) {
            return Smime.BROKEN;                                // parallel signatures are not for SIP (RFC 3261 section 23.3)
        }
        SignerInformation signer = signers.iterator().next();
        Store<X509CertificateHolder> shown = signed.getCertificates();
        List<X509Certificate> all = new ArrayList<>();
        X509Certificate own = null;
        for (X509CertificateHolder one : shown.getMatches(null)) {
            X509Certificate certificate = new JcaX509CertificateConverter().setProvider(PROVIDER).getCertificate(one);
            all.add(certificate);
            own = signer.getSID().match(one) ? certificate : own;
        }
        if (own == null) {
            own = ring.of(sender);                              // it was not sent along
        }
        try {
            if (own == null || !signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider(PROVIDER).build(own.getPublicKey()))) {
                return Smime.BROKEN;
            }
        } catch (CMSException e) {
            return Smime.BROKEN;
        }
        return Smime.SIGNED | (ring.isTrusted(own, all) ? Smime.TRUSTED : 0) | (KeyRing.namesOf(own).contains(KeyRing.name(sender)) ? Smime.SENDERS : 0);
    }
}
