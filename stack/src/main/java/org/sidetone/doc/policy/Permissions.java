package org.sidetone.doc.policy;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

/**
 * What all rules that hold permit one watcher together: the highest number, either truth, the union of the sets (RFC 4745 section 10.2). Nothing is permitted
 * until a rule does. A set that does not fit keeps what it has: less is shown then, never more.
 */
public final class Permissions {
    /** How a subscription is handled (RFC 5025 section 3.2.1). */
    public static final int BLOCK = 0;
    public static final int CONFIRM = 10;
    public static final int POLITE_BLOCK = 20;
    public static final int ALLOW = 30;

    /** What is told of keys pressed (section 3.3.2.12). */
    public static final int NO_INPUT = 0;
    public static final int BARE_INPUT = 10;
    public static final int INPUT_THRESHOLDS = 20;
    public static final int FULL_INPUT = 30;

    /** Bits of attributes, in the order of {@link #ATTRIBUTES}. */
    static final byte[][] ATTRIBUTES = {Ascii.bytes("activities"), Ascii.bytes("class"), Ascii.bytes("deviceID"), Ascii.bytes("mood"), Ascii.bytes("place-is"),
        Ascii.bytes("place-type"), Ascii.bytes("privacy"), Ascii.bytes("relationship"), Ascii.bytes("sphere"), Ascii.bytes("status-icon"),
        Ascii.bytes("time-offset"), Ascii.bytes("note")};

    /** Kinds of components. */
    static final int DEVICES = 0;
    static final int PERSONS = 1;
    static final int SERVICES = 2;
    static final int KINDS = 3;

    /** What a member of a set goes by. */
    static final int CLASS = 0;
    static final int OCCURRENCE = 1;
    static final int DEVICE_ID = 2;
    static final int SERVICE_URI = 3;
    static final int SCHEME = 4;
    /** An attribute that no permission of its own is for: namespace, then name. */
    static final int UNKNOWN_ATTRIBUTE = 5;

    private static final int MAX_MEMBERS = 64;
    private static final int TEXT_BYTES = 4096;

    private int handling;
    private int attributes;
    private int userInput;
    private boolean allAttributes;
    private final boolean[] all = new boolean[KINDS];
    private final int[] memberKind = new int[MAX_MEMBERS];
    private final int[] memberBy = new int[MAX_MEMBERS];
    private final int[] memberAt = new int[MAX_MEMBERS];
    private final int[] memberLength = new int[MAX_MEMBERS];
    private int members;
    private final byte[] text = new byte[TEXT_BYTES];
    private int textLength;
    private long left;

    void clear() {
        handling = BLOCK;
        attributes = 0;
        userInput = NO_INPUT;
        allAttributes = false;
        for (int i = 0; i < KINDS; i++) {
            all[i] = false;
        }
        members = 0;
        textLength = 0;
    }

    /** How a subscription is handled: {@link #BLOCK} and so on. */
    public int handling() {
        return handling;
    }

    /** Members of sets that did not fit, since the start. */
    public long left() {
        return left;
    }

    void handle(int as) {
        handling = Math.max(handling, as);
    }

    void permit(int attribute) {
        attributes |= 1 << attribute;
    }

    void permitInput(int most) {
        userInput = Math.max(userInput, most);
    }

    void permitAllAttributes() {
        allAttributes = true;
    }

    void permitAll(int kind) {
        all[kind] = true;
    }

    /** Where a member's text goes: written there, then {@link #add} takes it. */
    ByteSink memberText(ByteSink out) {
        return out.wrap(text, textLength, TEXT_BYTES - textLength);
    }

    void add(int kind, int by, ByteSink written) {
        if (written.overflowed() || members == MAX_MEMBERS) {
            left++;
            return;
        }
        memberKind[members] = kind;
        memberBy[members] = by;
        memberAt[members] = textLength;
        memberLength[members++] = written.length();
        textLength += written.length();
    }

    boolean hasAll(int kind) {
        return all[kind];
    }

    boolean has(int kind, int by, Slice value) {
        for (int i = 0; i < members; i++) {
            if (memberKind[i] == kind && memberBy[i] == by && Ascii.equals(text, memberAt[i], memberLength[i], value.buffer(), value.offset(), value.length())) {
                return true;
            }
        }
        return false;
    }

    /** Steps through the members of one sort. @param after -1 at first. @return -1 at the end */
    int next(int kind, int by, int after, Slice out) {
        for (int i = after + 1; i < members; i++) {
            if (memberKind[i] == kind && memberBy[i] == by) {
                out.wrap(text, memberAt[i], memberLength[i]);
                return i;
            }
        }
        return -1;
    }

    boolean shows(int attribute) {
        return allAttributes || (attributes & 1 << attribute) != 0;
    }

    boolean showsEverything() {
        return allAttributes;
    }

    int userInput() {
        return allAttributes ? FULL_INPUT : userInput;
    }
}
