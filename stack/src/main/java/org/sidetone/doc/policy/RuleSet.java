package org.sidetone.doc.policy;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.schema.SchemaReader;

/**
 * Decides by a rule set what one watcher may see (RFC 4745 section 10, RFC 5025 section 3): one pass over the document, in which every rule whose conditions hold adds
 * what it permits. What is not understood never holds and permits nothing.
 */
public final class RuleSet {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/auth-policy+xml");
    public static final int GOOD = 0;
    /** A rule set that the schema does not allow, or whose times do not come in pairs; refusals of {@link XmlReader} beside it. */
    public static final int INVALID = SchemaReader.INVALID;
    /** No time at which anything changes by itself. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int MAX_DEPTH = 16;
    private static final int CP = PolicySchema.NS_COMMON;
    private static final int PR = PolicySchema.NS_PRES;
    private static final byte[] RULESET = Ascii.bytes("ruleset");
    private static final byte[] RULE = Ascii.bytes("rule");
    private static final byte[] CONDITIONS = Ascii.bytes("conditions");
    private static final byte[] ACTIONS = Ascii.bytes("actions");
    private static final byte[] TRANSFORMATIONS = Ascii.bytes("transformations");
    private static final byte[] IDENTITY = Ascii.bytes("identity");
    private static final byte[] ONE = Ascii.bytes("one");
    private static final byte[] MANY = Ascii.bytes("many");
    private static final byte[] EXCEPT = Ascii.bytes("except");
    private static final byte[] SPHERE = Ascii.bytes("sphere");
    private static final byte[] VALIDITY = Ascii.bytes("validity");
    private static final byte[] FROM = Ascii.bytes("from");
    private static final byte[] UNTIL = Ascii.bytes("until");
    private static final byte[] ID = Ascii.bytes("id");
    private static final byte[] DOMAIN = Ascii.bytes("domain");
    private static final byte[] VALUE = Ascii.bytes("value");
    private static final byte[] NAME = Ascii.bytes("name");
    private static final byte[] NS = Ascii.bytes("ns");
    private static final byte[] PROVIDE = Ascii.bytes("provide-");
    private static final byte[] SUB_HANDLING = Ascii.bytes("sub-handling");
    private static final byte[] USER_INPUT = Ascii.bytes("user-input");
    private static final byte[] UNKNOWN_ATTRIBUTE = Ascii.bytes("unknown-attribute");
    private static final byte[] ALL_ATTRIBUTES = Ascii.bytes("all-attributes");
    private static final byte[][] KINDS = {Ascii.bytes("devices"), Ascii.bytes("persons"), Ascii.bytes("services")};
    private static final byte[][] ALL = {Ascii.bytes("all-devices"), Ascii.bytes("all-persons"), Ascii.bytes("all-services")};
    private static final byte[][] MEMBERS = {Ascii.bytes("class"), Ascii.bytes("occurrence-id"), Ascii.bytes("deviceID"), Ascii.bytes("service-uri"),
        Ascii.bytes("service-uri-scheme")};
    private static final byte[][] HANDLINGS = {Ascii.bytes("block"), Ascii.bytes("confirm"), Ascii.bytes("polite-block"), Ascii.bytes("allow")};
    private static final byte[][] INPUTS = {Ascii.bytes("false"), Ascii.bytes("bare"), Ascii.bytes("thresholds"), Ascii.bytes("full")};
    /** Both enumerations count in tens (sections 3.2.1, 3.3.2.12). */
    private static final int STEP = 10;
    private static final byte[] TRUE = Ascii.bytes("true");
    private static final byte[] TRUE_TOO = Ascii.bytes("1");

    private final XmlReader xml = new XmlReader(PolicySchema.NAMESPACES, MAX_DEPTH);
    private final SchemaReader strict = new SchemaReader(PolicySchema.make(), MAX_DEPTH);
    private final WatcherIdentity identity = new WatcherIdentity();
    private final FixedText text = new FixedText(256);
    private final ByteSink sink = new ByteSink();
    private final ByteSink memberSink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice sphere = new Slice();
    private long nowSec;
    private long nextChangeSec;
    private Permissions permissions;

    /** Whether a document is a rule set, as both schemas have it. @return {@link #GOOD} or why it is refused */
    public int check(Slice document) {
        strict.wrap(document);
        boolean paired = true;
        boolean open = false;
        int e = strict.next();
        while (e > 0 && e != XmlReader.DONE) {
            boolean from = strict.is(CP, FROM);
            if (e == XmlReader.START && (from || strict.is(CP, UNTIL))) {
                paired &= from != open;
                open = from;
            } else if (e == XmlReader.END && strict.is(CP, VALIDITY)) {
                paired &= !open;
                open = false;
            }
            e = strict.next();
        }
        return e < 0 ? e : paired ? GOOD : INVALID;
    }

    /** After {@link #INVALID}: appends what the schema does not allow, in words. */
    public void describe(ByteSink out) {
        strict.describe(out);
    }

    /**
     * Begins a decision, in which nothing is permitted yet.
     * @param watcher his authenticated URI; empty: nobody authenticated. @param inSphere where the presentity is; empty: not known
     * @param unixSec the time; negative: not known, and no validity holds then
     */
    public void begin(Slice watcher, Slice inSphere, long unixSec, Permissions out) {
        permissions = out;
        out.clear();
        identity.set(watcher);
        sphere.set(inSphere);
        nowSec = unixSec;
        nextChangeSec = NEVER;
    }

    /** Adds what a rule set permits. @param document that was {@link #check checked}; one that breaks off takes everything back */
    public void add(Slice document) {
        xml.wrap(document);
        if (xml.next() != XmlReader.START || !xml.is(CP, RULESET)) {
            return;
        }
        while (xml.nextChild(0)) {
            if (xml.is(CP, RULE)) {
                rule(permissions);
            } else {
                xml.skip();
            }
        }
        if (xml.refusal() != 0) {
            permissions.clear();
        }
    }

    /** Decides by a single rule set. */
    public void decide(Slice document, Slice watcher, Slice inSphere, long unixSec, Permissions out) {
        begin(watcher, inSphere, unixSec, out);
        add(document);
    }

    /** When, by the rules decided on last, a validity begins or ends next; {@link #NEVER}. Unix seconds. */
    public long nextChangeSec() {
        return nextChangeSec;
    }

    private void rule(Permissions out) {
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            if (xml.is(CP, CONDITIONS)) {
                if (!conditionsHold()) {
                    xml.leave(level);
                    return;
                }
            } else if (xml.is(CP, ACTIONS) || xml.is(CP, TRANSFORMATIONS)) {
                permissions(out);
            } else {
                xml.skip();
            }
        }
    }

    /** All of them (section 10.1), and where one does not hold the others are not read. */
    private boolean conditionsHold() {
        int level = xml.depth() - 1;
        boolean hold = true;
        while (hold && xml.nextChild(level)) {
            int own = xml.depth() - 1;
            hold = xml.is(CP, IDENTITY) ? identityHolds() : xml.is(CP, SPHERE) ? sphereHolds() : xml.is(CP, VALIDITY) && validityHolds();
            xml.leave(own);
        }
        xml.leave(level);
        return hold;
    }

    /** Any of its children (section 7.1.1). */
    private boolean identityHolds() {
        int level = xml.depth() - 1;
        boolean any = false;
        while (xml.nextChild(level)) {
            if (xml.is(CP, ONE)) {
                any |= value(ID) && identity.is(text.slice(slice));
                xml.skip();
            } else if (xml.is(CP, MANY)) {
                any |= manyHolds();
            } else {
                xml.skip();
            }
        }
        return any;
    }

    private boolean manyHolds() {
        int level = xml.depth() - 1;
        boolean domain = xml.attribute(DOMAIN, slice);
        boolean among = identity.isAuthenticated() && (!domain || value(DOMAIN) && identity.isOf(text.slice(slice)));
        while (xml.nextChild(level)) {
            if (!xml.is(CP, EXCEPT)) {
                among = false;                               // an exception that is not understood may mean anybody
            } else if (xml.attribute(ID, slice)) {
                among &= value(ID) && !identity.is(text.slice(slice));
            } else if (xml.attribute(DOMAIN, slice)) {
                among &= value(DOMAIN) && !identity.isOf(text.slice(slice));
            }
            xml.skip();
        }
        return among;
    }

    /** Reads an attribute, references resolved. @return false when it is absent or too long */
    private boolean value(byte[] attribute) {
        if (!xml.attribute(attribute, slice)) {
            return false;
        }
        xml.unescape(slice, text.sink(sink));
        return text.take(sink);
    }

    /** One of the words is the sphere (section 7.3). */
    private boolean sphereHolds() {
        if (sphere.isEmpty() || !value(VALUE)) {
            return false;
        }
        text.slice(slice);
        byte[] b = slice.buffer();
        int at = slice.offset();
        while (at < slice.limit()) {
            int end = at;
            while (end < slice.limit() && b[end] != ' ') {
                end++;
            }
            if (Ascii.equalsIgnoreCase(b, at, end - at, sphere.buffer(), sphere.offset(), sphere.length())) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    /** In one of the intervals, their ends excluded (section 7.4). */
    private boolean validityHolds() {
        int level = xml.depth() - 1;
        boolean holds = false;
        long fromSec = Dates.INVALID;
        while (xml.nextChild(level)) {
            boolean from = xml.is(CP, FROM);
            long sec = from || xml.is(CP, UNTIL) ? time() : Dates.INVALID;
            if (sec == Dates.INVALID || nowSec < 0) {
                continue;
            }
            if (sec > nowSec) {
                nextChangeSec = Math.min(nextChangeSec, sec);
            }
            if (from) {
                fromSec = sec;
            } else {
                holds |= fromSec != Dates.INVALID && nowSec >= fromSec && nowSec < sec;
                fromSec = Dates.INVALID;
            }
        }
        return holds;
    }

    private long time() {
        xml.elementText(text.sink(sink));
        return text.take(sink) ? Dates.rfc3339(text.bytes(), 0, text.length()) : Dates.INVALID;
    }

    private void permissions(Permissions out) {
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            int own = xml.depth() - 1;
            if (xml.is(PR, SUB_HANDLING)) {
                out.handle(STEP * Math.max(0, word(HANDLINGS)));
            } else if (xml.namespace() == PR) {
                xml.localName(slice);
                if (Ascii.startsWith(slice.buffer(), slice.offset(), slice.limit(), PROVIDE)) {
                    slice.wrap(slice.buffer(), slice.offset() + PROVIDE.length, slice.length() - PROVIDE.length);
                    permission(out);
                }
            }
            xml.leave(own);
        }
    }

    /** A permission, its name without {@code provide-} in {@link #slice}. */
    private void permission(Permissions out) {
        int kind = indexOf(KINDS, slice);
        int attribute = indexOf(Permissions.ATTRIBUTES, slice);
        if (kind >= 0) {
            components(kind, out);
        } else if (attribute >= 0) {
            if (isTrue()) {
                out.permit(attribute);
            }
        } else if (slice.equals(USER_INPUT)) {
            out.permitInput(STEP * Math.max(0, word(INPUTS)));
        } else if (slice.equals(ALL_ATTRIBUTES)) {
            out.permitAllAttributes();
        } else if (slice.equals(UNKNOWN_ATTRIBUTE)) {
            out.memberText(memberSink);
            boolean named = xml.attribute(NS, slice);
            if (named) {
                xml.unescape(slice, memberSink);
                memberSink.put(' ');
                named = xml.attribute(NAME, slice);
                xml.unescape(slice, memberSink);
            }
            if (named && isTrue()) {
                out.add(Permissions.UNKNOWN_ATTRIBUTE, Permissions.UNKNOWN_ATTRIBUTE, memberSink);
            }
        }
    }

    private void components(int kind, Permissions out) {
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            xml.localName(slice);
            int by = xml.namespace() == PR ? indexOf(MEMBERS, slice) : -1;
            if (xml.is(PR, ALL[kind])) {
                out.permitAll(kind);
                xml.skip();
            } else if (by >= 0) {
                xml.elementText(out.memberText(memberSink));
                out.add(kind, by, memberSink);
            } else {
                xml.skip();
            }
        }
    }

    private boolean isTrue() {
        xml.elementText(text.sink(sink));
        return text.take(sink) && (text.equals(TRUE) || text.equals(TRUE_TOO));
    }

    /** The word that the element just started has in it, or -1. */
    private int word(byte[][] words) {
        xml.elementText(text.sink(sink));
        return text.take(sink) ? indexOf(words, text.slice(slice)) : -1;
    }

    private static int indexOf(byte[][] words, Slice word) {
        for (int i = 0; i < words.length; i++) {
            if (word.equals(words[i])) {
                return i;
            }
        }
        return -1;
    }
}
