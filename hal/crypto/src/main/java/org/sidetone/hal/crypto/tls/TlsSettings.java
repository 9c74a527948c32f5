package org.sidetone.hal.crypto.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.sidetone.hal.Clock;

/**
 * What TLS is told at boot.
 * @param authorities PEM file of the certificate authorities to believe; null: the machine's
 * @param chain PEM file of our own certificate and those between it and an authority; null: none to show
 * @param key PEM file of its private key, PKCS #8; null: none
 * @param asksClients whether a server wants the other side's certificate; one that is shown is always judged
 * @param requiresClients whether a server refuses who shows none
 * @param versions protocol versions allowed, {@code TLSv1.2} and {@code TLSv1.3}
 * @param identity folder for a certificate that is made and signed by ourselves, shown to peers who know it by its fingerprint where there is no
 *        other; null: none
 * @param wallMs the time, or {@link Clock#UNKNOWN}, which fails every handshake: nobody can tell a certificate's dates
 */
public record TlsSettings(Path authorities, Path chain, Path key, boolean asksClients, boolean requiresClients, List<String> versions,
        Path identity, LongSupplier wallMs) {
    public static final List<String> BOTH_VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    /** A phone: believes the authorities, and shows peers a certificate of its own making. */
    public static TlsSettings phone(Path authorities, Path identity, LongSupplier wallMs) {
        return new TlsSettings(authorities, null, null, false, false, BOTH_VERSIONS, identity, wallMs);
    }

    /** Whoever connects alone: believes the authorities, shows nothing. */
    public static TlsSettings client(Path authorities, LongSupplier wallMs) {
        return new TlsSettings(authorities, null, null, false, false, BOTH_VERSIONS, null, wallMs);
    }

    /** An exchange: shows a certificate. */
    public static TlsSettings server(Path authorities, Path chain, Path key, LongSupplier wallMs) {
        return new TlsSettings(authorities, chain, key, false, false, BOTH_VERSIONS, null, wallMs);
    }
}
