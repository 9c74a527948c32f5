package org.sidetone.doc.pidf;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/**
 * Reads {@code application/pidf+xml} (RFC 3863) into a {@link Presence}. Unknown elements are skipped; a tuple with an unknown
 * element marked mustUnderstand is left out (section 4.2.4). Several tuples combine: any open one makes the whole open.
 */
public final class PidfReader {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/pidf+xml");
    public static final int GOOD = 0;
    /** Not a presence document. */
    public static final int NOT_PIDF = -10;

    static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    static final String DATA_MODEL = "urn:ietf:params:xml:ns:pidf:data-model";
    static final String RPID = "urn:ietf:params:xml:ns:pidf:rpid";

    private static final int NS_PIDF = 0;
    private static final int NS_MODEL = 1;
    private static final int NS_RPID = 2;
    private static final int MAX_DEPTH = 24;
    private static final byte[] PRESENCE = Ascii.bytes("presence");
    private static final byte[] ENTITY = Ascii.bytes("entity");
    private static final byte[] TUPLE = Ascii.bytes("tuple");
    private static final byte[] STATUS = Ascii.bytes("status");
    private static final byte[] BASIC = Ascii.bytes("basic");
    private static final byte[] OPEN = Ascii.bytes("open");
    private static final byte[] CLOSED = Ascii.bytes("closed");
    private static final byte[] NOTE = Ascii.bytes("note");
    private static final byte[] PERSON = Ascii.bytes("person");
    private static final byte[] ACTIVITIES = Ascii.bytes("activities");
    private static final byte[] USER_INPUT = Ascii.bytes("user-input");
    private static final byte[] IDLE = Ascii.bytes("idle");

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes(PIDF), Ascii.bytes(DATA_MODEL), Ascii.bytes(RPID)}, MAX_DEPTH);
    private final FixedText word = new FixedText(120);
    private final FixedText tupleNote = new FixedText(120);
    private final FixedText documentNote = new FixedText(120);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Presence read = new Presence();

    /** Reads a document. @return {@link #GOOD}, {@link #NOT_PIDF} or a refusal of {@link XmlReader}; then {@code out} is as it was */
    public int read(Slice document, Presence out) {
        xml.wrap(document);
        read.clear();
        tupleNote.clear();
        documentNote.clear();
        int e = xml.next();
        if (e < 0) {
            return e;
        }
        if (e != XmlReader.START || !xml.is(NS_PIDF, PRESENCE) || !xml.attribute(ENTITY, slice)) {
            return NOT_PIDF;
        }
        xml.unescape(slice, read.entity.sink(sink));
        read.entity.take(sink);
        e = xml.next();
        while (e > 0 && e != XmlReader.DONE) {
            if (e == XmlReader.START) {
                child();
            }
            e = xml.next();
        }
        if (e < 0) {
            return e;
        }
        if (read.note.isEmpty()) {
            read.note.set(tupleNote.isEmpty() ? documentNote : tupleNote);
        }
        out.set(read);
        return GOOD;
    }

    private void child() {
        if (xml.is(NS_PIDF, TUPLE)) {
            tuple();
        } else if (xml.is(NS_MODEL, PERSON)) {
            person();
        } else if (xml.is(NS_PIDF, NOTE)) {
            note(documentNote);
        } else {
            xml.skip();
        }
    }

    private void tuple() {
        int level = xml.depth() - 1;
        int basic = Presence.UNKNOWN;
        int e = xml.next();
        while (e > 0 && !(e == XmlReader.END && xml.depth() == level)) {
            if (e == XmlReader.START) {
                if (xml.is(NS_PIDF, STATUS)) {
                    basic = status();
                } else if (xml.is(NS_PIDF, NOTE)) {
                    note(tupleNote);
                } else if (!rpid()) {
                    xml.skip();
                }
            }
            e = xml.next();
        }
        read.addBasic(basic);
    }

    private int status() {
        int level = xml.depth() - 1;
        int basic = Presence.UNKNOWN;
        int e = xml.next();
        while (e > 0 && !(e == XmlReader.END && xml.depth() == level)) {
            if (e == XmlReader.START) {
                if (xml.is(NS_PIDF, BASIC)) {
                    xml.elementText(word.sink(sink));
                    word.take(sink);
                    basic = word.equals(OPEN) ? Presence.OPEN : word.equals(CLOSED) ? Presence.CLOSED : Presence.UNKNOWN;
                } else if (!rpid()) {
                    xml.skip();
                }
            }
            e = xml.next();
        }
        return basic;
    }

    private void person() {
        int level = xml.depth() - 1;
        int e = xml.next();
        while (e > 0 && !(e == XmlReader.END && xml.depth() == level)) {
            if (e == XmlReader.START) {
                if (xml.is(NS_MODEL, NOTE)) {
                    note(read.note);
                } else if (!rpid()) {
                    xml.skip();
                }
            }
            e = xml.next();
        }
    }

    /** Takes an RPID element that we know and leaves it. @return false when it is none */
    private boolean rpid() {
        if (xml.is(NS_RPID, ACTIVITIES)) {
            activities();
            return true;
        }
        if (xml.is(NS_RPID, USER_INPUT)) {
            xml.elementText(word.sink(sink));
            word.take(sink);
            read.setIdle(word.equals(IDLE));
            return true;
        }
        return false;
    }

    private void activities() {
        int level = xml.depth() - 1;
        int e = xml.next();
        while (e > 0 && !(e == XmlReader.END && xml.depth() == level)) {
            if (e == XmlReader.START) {
                if (xml.is(NS_RPID, NOTE)) {
                    note(read.note);
                } else {
                    read.addActivities(xml.namespace() == NS_RPID ? Activity.of(xml.localName(slice)) : Activity.OTHER);
                    xml.skip();
                }
            }
            e = xml.next();
        }
    }

    /** Keeps the first note; one that is too long for us is left out. */
    private void note(FixedText into) {
        xml.elementText(word.sink(sink));
        if (into.isEmpty() && word.take(sink)) {
            into.set(word);
        }
    }
}
