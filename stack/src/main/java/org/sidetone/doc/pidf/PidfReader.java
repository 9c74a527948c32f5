package org.sidetone.doc.pidf;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.xml.schema.SchemaReader;

/**
 * Reads {@code application/pidf+xml} (RFC 3863) with all its extensions into a {@link PresenceDocument} of its own. What the schemas do
 * not allow is refused; what they leave open and we do not know is skipped, but a component with an unknown element marked mustUnderstand
 * does not count (section 4.2.4).
 */
public final class PidfReader {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/pidf+xml");
    public static final int GOOD = 0;

    private static final int MAX_DEPTH = 24;
    private static final byte[] ENTITY = Ascii.bytes("entity");
    private static final byte[] TUPLE = Ascii.bytes("tuple");
    private static final byte[] ID = Ascii.bytes("id");
    private static final byte[] STATUS = Ascii.bytes("status");
    private static final byte[] BASIC = Ascii.bytes("basic");
    private static final byte[] OPEN = Ascii.bytes("open");
    private static final byte[] CONTACT = Ascii.bytes("contact");
    private static final byte[] PRIORITY = Ascii.bytes("priority");
    private static final byte[] NOTE = Ascii.bytes("note");
    private static final byte[] TIMESTAMP = Ascii.bytes("timestamp");
    private static final byte[] PERSON = Ascii.bytes("person");
    private static final byte[] DEVICE = Ascii.bytes("device");
    private static final byte[] DEVICE_ID = Ascii.bytes("deviceID");
    private static final byte[] TIMED = Ascii.bytes("timed-status");
    private static final byte[] MUST_UNDERSTAND = Ascii.bytes("mustUnderstand");
    private static final byte[] TRUE = Ascii.bytes("true");
    private static final byte[] ONE = Ascii.bytes("1");
    private static final byte[] CARD = Ascii.bytes("card");
    private static final byte[] DISPLAY_NAME = Ascii.bytes("display-name");
    private static final byte[] HOMEPAGE = Ascii.bytes("homepage");
    private static final byte[] ICON = Ascii.bytes("icon");
    private static final byte[] MAP = Ascii.bytes("map");
    private static final byte[] SOUND = Ascii.bytes("sound");

    private final SchemaReader xml = new SchemaReader(PidfSchema.schema(), MAX_DEPTH);
    private final PresenceDocument document;
    private final RpidReader rpid;
    private final CapabilitiesReader capabilities;
    private final Component spare = new Component();
    private final Rpid statusOnly = new Rpid();
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();

    /** @param components services, persons and devices of a document; more are left out. @param textBytes octets of all its texts together */
    public PidfReader(int components, int textBytes) {
        document = new PresenceDocument(components, textBytes);
        rpid = new RpidReader(xml, document);
        capabilities = new CapabilitiesReader(xml, document, rpid);
    }

    /** Reads a document. @return {@link #GOOD}, or a refusal of {@link SchemaReader}, which {@link #describe} puts in words */
    public int read(Slice text) {
        xml.wrap(text);
        document.clear();
        int e = xml.next();
        if (e != SchemaReader.START) {
            return e;
        }
        if (xml.attribute(ENTITY, slice)) {
            xml.unescape(slice, document.entity.sink(sink));
            if (!document.entity.take(sink)) {
                document.truncate();
            }
        }
        while (xml.nextChild(0)) {
            child();
        }
        int verdict = xml.refusal();
        return verdict != 0 ? verdict : Math.min(xml.next(), GOOD);
    }

    /** The document read last; it stays until the next. */
    public PresenceDocument document() {
        return document;
    }

    /** Appends why the last document was refused. */
    public void describe(int refusal, ByteSink out) {
        switch (refusal) {
            case SchemaReader.INVALID:
                xml.describe(out);
                break;
            case SchemaReader.TOO_DEEP:
                out.put("too deep");
                break;
            case SchemaReader.DOCTYPE:
                out.put("document types are refused");
                break;
            case SchemaReader.BAD_ENCODING:
                out.put("not UTF-8");
                break;
            default:
                out.put("not well-formed");
        }
    }

    private void child() {
        if (xml.is(PidfSchema.NS_PIDF, TUPLE)) {
            tuple(component(Component.SERVICE));
        } else if (xml.is(PidfSchema.NS_MODEL, PERSON)) {
            part(component(Component.PERSON));
        } else if (xml.is(PidfSchema.NS_MODEL, DEVICE)) {
            part(component(Component.DEVICE));
        } else if (xml.is(PidfSchema.NS_PIDF, NOTE)) {
            rpid.note(document.notes);
        } else {
            xml.skip();
        }
    }

    /** One that does not fit is read too, for it must be good. */
    private Component component(int kind) {
        Component c = document.add(kind);
        if (c == null) {
            c = spare;
            c.clear(kind);
        }
        if (xml.attribute(ID, slice)) {
            document.keepValue(xml, slice, c.id);
        }
        return c;
    }

    private void tuple(Component c) {
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            if (xml.is(PidfSchema.NS_PIDF, STATUS)) {
                status(c);
            } else if (xml.is(PidfSchema.NS_PIDF, CONTACT)) {
                contact(c);
            } else if (xml.is(PidfSchema.NS_PIDF, NOTE)) {
                rpid.note(c.notes);
            } else if (xml.is(PidfSchema.NS_PIDF, TIMESTAMP)) {
                c.timestampSec = timestamp();
            } else {
                extension(c);
            }
        }
    }

    private void status(Component c) {
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            if (xml.is(PidfSchema.NS_PIDF, BASIC)) {
                c.basic = basic();
            } else if (xml.is(PidfSchema.NS_TIMED, TIMED)) {
                xml.skip();                                 // RFC 4481 section 3: its place is the tuple
            } else {
                extension(c);
            }
        }
    }

    private int basic() {
        document.keepText(xml, slice);
        return slice.equals(OPEN) ? Presence.OPEN : Presence.CLOSED;
    }

    private void contact(Component c) {
        if (xml.attribute(PRIORITY, slice)) {
            c.priority = thousandths(slice);
        }
        document.keepText(xml, c.contact);
    }

    private static int thousandths(Slice qvalue) {
        int n = (qvalue.byteAt(0) - '0') * 1000;
        int weight = 100;
        for (int i = 2; i < qvalue.length(); i++) {
            n += (qvalue.byteAt(i) - '0') * weight;
            weight /= 10;
        }
        return n;
    }

    private long timestamp() {
        document.keepText(xml, slice);
        long sec = Dates.rfc3339(slice.buffer(), slice.offset(), slice.length());
        return sec == Dates.INVALID ? Period.OPEN : sec;
    }

    private void part(Component c) {
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            if (xml.is(PidfSchema.NS_MODEL, NOTE)) {
                rpid.note(c.notes);
            } else if (xml.is(PidfSchema.NS_MODEL, TIMESTAMP)) {
                c.timestampSec = timestamp();
            } else {
                extension(c);
            }
        }
    }

    private void extension(Component c) {
        if (xml.is(PidfSchema.NS_MODEL, DEVICE_ID)) {
            deviceId(c);
        } else if (xml.is(PidfSchema.NS_TIMED, TIMED)) {
            timed(c);
        } else if (!rpid.read(c.rpid) && !cipid(c.cipid) && !capabilities.read(c.capabilities)) {
            boolean must = xml.attribute(PidfSchema.NS_PIDF, MUST_UNDERSTAND, slice) && (slice.equals(TRUE) || slice.equals(ONE));
            c.isBeyondUs |= must;
            xml.skip();
        }
    }

    private void deviceId(Component c) {
        if (c.deviceCount == Component.DEVICES) {
            document.truncate();
            xml.skip();
        } else {
            document.keepText(xml, c.deviceIds[c.deviceCount++]);
        }
    }

    private boolean cipid(Cipid out) {
        if (xml.namespace() != PidfSchema.NS_CIPID) {
            return false;
        }
        Slice into = cipidIs(CARD) ? out.card : cipidIs(DISPLAY_NAME) ? out.displayName : cipidIs(HOMEPAGE) ? out.homepage
                : cipidIs(ICON) ? out.icon : cipidIs(MAP) ? out.map : cipidIs(SOUND) ? out.sound : null;
        if (into == null) {
            return false;
        }
        document.keepText(xml, into);
        return true;
    }

    private boolean cipidIs(byte[] name) {
        return xml.is(PidfSchema.NS_CIPID, name);
    }

    private void timed(Component c) {
        TimedStatus t = c.addTimed();
        if (t == null) {
            document.truncate();
            xml.skip();
            return;
        }
        int level = xml.depth() - 1;
        rpid.period(t.period);
        statusOnly.clear();
        while (xml.nextChild(level)) {
            if (xml.is(PidfSchema.NS_TIMED, BASIC)) {
                t.basic = basic();
            } else if (xml.is(PidfSchema.NS_TIMED, NOTE)) {
                rpid.note(t.notes);
            } else if (!rpid.read(statusOnly)) {
                xml.skip();
            }
        }
        t.activities = statusOnly.activities;
    }
}
