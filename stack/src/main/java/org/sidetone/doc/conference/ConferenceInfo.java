package org.sidetone.doc.conference;

import org.sidetone.bytes.Ascii;

/** The names of {@code application/conference-info+xml} (RFC 4575 section 5). */
public final class ConferenceInfo {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/conference-info+xml");
    /** Of the nickname (RFC 7701 section 9.6). */
    static final String XCON = "urn:ietf:params:xml:ns:xcon-conference-info";
    static final String NAMESPACE = "urn:ietf:params:xml:ns:conference-info";

    private ConferenceInfo() {
    }
}
