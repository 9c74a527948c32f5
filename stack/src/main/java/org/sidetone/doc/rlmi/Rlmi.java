package org.sidetone.doc.rlmi;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Words;

/** The words of resource list meta-information. */
public final class Rlmi {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/rlmi+xml");
    /** Of the body as a whole. */
    public static final byte[] MULTIPART = Ascii.bytes("multipart/related");
    /** Option tag (section 8.1). */
    public static final byte[] OPTION = Ascii.bytes("eventlist");
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:rlmi";

    public static final int UNKNOWN = 0;
    /** States of an instance. */
    public static final int ACTIVE = 1;
    public static final int PENDING = 2;
    public static final int TERMINATED = 3;

    private static final String[] STATES = {"", "active", "pending", "terminated"};

    private Rlmi() {
    }

    static String stateName(int state) {
        return STATES[state];
    }

    static int state(Slice name) {
        return Words.indexOf(STATES, name);
    }
}
