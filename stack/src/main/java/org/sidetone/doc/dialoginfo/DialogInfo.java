package org.sidetone.doc.dialoginfo;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** What a document says of one dialog, or of an INVITE that may become one. */
public final class DialogInfo {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/dialog-info+xml");
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:dialog-info";

    /** States, RFC 4235 section 3.7.1; the later, the further it came. */
    public static final int UNKNOWN = 0;
    public static final int TERMINATED = 1;
    public static final int TRYING = 2;
    public static final int PROCEEDING = 3;
    public static final int EARLY = 4;
    public static final int CONFIRMED = 5;

    /** Directions. */
    public static final int UNSAID = 0;
    public static final int INITIATOR = 1;
    public static final int RECIPIENT = 2;

    private static final byte[][] STATES = {Ascii.bytes(""), Ascii.bytes("terminated"), Ascii.bytes("trying"), Ascii.bytes("proceeding"),
        Ascii.bytes("early"), Ascii.bytes("confirmed")};
    private static final byte[] INITIATES = Ascii.bytes("initiator");
    private static final byte[] RECEIVES = Ascii.bytes("recipient");

    /** Names the dialog in this document and those that follow it. */
    public final FixedText id = new FixedText(128);
    /** Who is at the other end: display name, else URI; empty when not said. */
    public final FixedText peer = new FixedText(96);
    public int state;
    public int direction;
    /** Whether it says of one of the ends that it renders media, or that it does not (section 5.2): then the call is held. */
    public boolean rendersSaid;
    public boolean held;

    public void clear() {
        id.clear();
        peer.clear();
        state = UNKNOWN;
        direction = UNSAID;
        rendersSaid = false;
        held = false;
    }

    /** Takes what a newer document says; what it leaves unsaid stays (section 4.1.6). */
    public void update(DialogInfo newer) {
        id.set(newer.id);
        state = newer.state;
        direction = newer.direction == UNSAID ? direction : newer.direction;
        if (!newer.peer.isEmpty()) {
            peer.set(newer.peer);
        }
        if (newer.rendersSaid) {
            rendersSaid = true;
            held = newer.held;
        }
    }

    /** Whatever its case: there are servers that write Trying. */
    static int stateOf(Slice name) {
        for (int i = 1; i < STATES.length; i++) {
            if (name.equalsIgnoreCase(STATES[i])) {
                return i;
            }
        }
        return UNKNOWN;
    }

    public static byte[] stateName(int state) {
        return STATES[state];
    }

    /** Of {@link #INITIATOR} or {@link #RECIPIENT}. */
    public static byte[] directionName(int direction) {
        return direction == INITIATOR ? INITIATES : RECEIVES;
    }

    /** {@link #UNSAID} for another word. */
    static int directionOf(Slice name) {
        return name.equals(INITIATES) ? INITIATOR : name.equals(RECEIVES) ? RECIPIENT : UNSAID;
    }
}
