package org.sidetone.presence;

import org.sidetone.bytes.Ascii;

/** The names of the presence event package (RFC 3856 section 6). */
public final class PresencePackage {
    public static final byte[] EVENT = Ascii.bytes("presence");
    /** Section 6.4: an hour. */
    public static final long DEFAULT_EXPIRES_SEC = 3600;

    /** A filter that leaves out capabilities and contact information, which a small display does not show. */
    public static final byte[] LEAN_FILTER = Ascii.bytes("<filter-set xmlns=\"urn:ietf:params:xml:ns:simple-filter\"><filter id=\"lean\"><what>"
            + "<exclude type=\"namespace\">urn:ietf:params:xml:ns:pidf:caps</exclude><exclude type=\"namespace\">urn:ietf:params:xml:ns:pidf:cipid</exclude>"
            + "</what></filter></filter-set>");

    private PresencePackage() {
    }
}
