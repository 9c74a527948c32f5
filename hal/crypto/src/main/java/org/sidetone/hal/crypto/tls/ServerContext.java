package org.sidetone.hal.crypto.tls;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** The certificate of a server for the JDK's own TLS, where a library of the JDK speaks it. */
public final class ServerContext {
    private static final char[] UNUSED = new char[0];

    private ServerContext() {
    }

    /** @throws IOException naming the file that cannot be read */
    public static SSLContext of(TlsSettings settings) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, UNUSED);
            keys.setKeyEntry("server", key(settings.key()), UNUSED, Trust.read(settings.chain()).toArray(new X509Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, UNUSED);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate " + settings.chain() + " cannot be used for HTTPS: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file); PEMParser parser = new PEMParser(in)) {
            Object found = parser.readObject();
            PrivateKeyInfo info = found instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : found instanceof PrivateKeyInfo plain ? plain : null;
            if (info == null) {
                throw new IOException("there is no private key without a pass phrase in " + file);
            }
            return new JcaPEMKeyConverter().getPrivateKey(info);
        }
    }
}
