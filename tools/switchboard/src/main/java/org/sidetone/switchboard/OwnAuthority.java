package org.sidetone.switchboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.sidetone.hal.crypto.tls.CertificateMaker;
import org.sidetone.hal.crypto.tls.TlsSettings;

/**
 * Certificates for an exchange that was given none: an authority of its own, which phones are told to believe, and one for the domain and
 * this machine's addresses. Made once; kept in files. The authority's key is thrown away, so that nobody can sign more by it.
 */
public final class OwnAuthority {
    private static final int DAYS = 3650;
    private static final String AUTHORITY = "authority.pem";
    private static final String CERTIFICATE = "exchange.pem";
    private static final String KEY = "exchange.key";

    private OwnAuthority() {
    }

    /** The file that phones are given to believe. */
    public static Path certificate(Path folder) {
        return folder.resolve(AUTHORITY);
    }

    /** Makes what is missing. @throws IOException when the folder cannot be written to */
    public static TlsSettings settings(Path folder, String domain) throws IOException {
        Path authority = certificate(folder);
        Path chain = folder.resolve(CERTIFICATE);
        Path key = folder.resolve(KEY);
        if (!Files.exists(authority) || !Files.exists(chain) || !Files.exists(key)) {
            Files.createDirectories(folder);
            long now = System.currentTimeMillis();
            CertificateMaker maker = new CertificateMaker();
            CertificateMaker.Issued root = maker.issue(new CertificateMaker.Order("Sidetone switchboard for " + domain, now, DAYS).authority(), null);
            CertificateMaker.Order order = new CertificateMaker.Order(domain, now, DAYS).dns(domain);
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(one.getInetAddresses())) {
                    order.address(address.getHostAddress().replaceFirst("%.*$", ""));
                }
            }
            root.writeChain(authority);
            maker.issue(order, root).writeChain(chain).writeKey(key);
        }
        return TlsSettings.server(authority, chain, key, System::currentTimeMillis);
    }
}
