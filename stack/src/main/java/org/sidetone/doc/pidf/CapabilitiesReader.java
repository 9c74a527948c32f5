package org.sidetone.doc.pidf;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/** Reads {@code servcaps} and {@code devcaps} (RFC 5196 section 3) into {@link Capabilities}. */
final class CapabilitiesReader {
    private static final byte[] SERVICE = Ascii.bytes("servcaps");
    private static final byte[] DEVICE = Ascii.bytes("devcaps");
    private static final byte[] ACTOR = Ascii.bytes("actor");
    private static final byte[] CLASS = Ascii.bytes("class");
    private static final byte[] DUPLEX = Ascii.bytes("duplex");
    private static final byte[] EVENT_PACKAGES = Ascii.bytes("event-packages");
    private static final byte[] EXTENSIONS = Ascii.bytes("extensions");
    private static final byte[] METHODS = Ascii.bytes("methods");
    private static final byte[] MOBILITY = Ascii.bytes("mobility");
    private static final byte[] LANGUAGES = Ascii.bytes("languages");
    private static final byte[] SCHEMES = Ascii.bytes("schemes");
    private static final byte[] PRIORITY = Ascii.bytes("priority");
    private static final byte[] TYPE = Ascii.bytes("type");
    private static final byte[] DESCRIPTION = Ascii.bytes("description");
    private static final byte[] SUPPORTED = Ascii.bytes("supported");
    private static final byte[] VALUE = Ascii.bytes("value");
    private static final byte[] LOW = Ascii.bytes("minvalue");
    private static final byte[] HIGH = Ascii.bytes("maxvalue");
    private static final byte[] TRUE = Ascii.bytes("true");
    private static final byte[] ONE = Ascii.bytes("1");

    private final XmlReader xml;
    private final PresenceDocument document;
    private final RpidReader rpid;
    private final Slice slice = new Slice();

    CapabilitiesReader(XmlReader xml, PresenceDocument document, RpidReader rpid) {
        this.xml = xml;
        this.document = document;
        this.rpid = rpid;
    }

    /** Takes the element just started, and leaves it. @return false when it is none of these */
    boolean read(Capabilities out) {
        if (!is(SERVICE) && !is(DEVICE)) {
            return false;
        }
        out.isSaid = true;
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            int flag = xml.namespace() == PidfSchema.NS_CAPS ? Capabilities.FLAGS.of(xml.localName(slice)) : Vocabulary.NONE;
            CapabilitySet set = flag == Vocabulary.NONE ? setOf(out) : null;
            if (flag != Vocabulary.NONE) {
                document.keepText(xml, slice);
                out.set(flag, slice.equals(TRUE) || slice.equals(ONE));
            } else if (set != null) {
                set(set);
            } else if (is(LANGUAGES)) {
                texts(out.languages);
            } else if (is(SCHEMES)) {
                texts(out.schemes);
            } else if (is(TYPE)) {
                keep(out.types.add(true));
            } else if (is(DESCRIPTION)) {
                rpid.note(out.descriptions);
            } else if (is(PRIORITY)) {
                priorities(out.priorities);
            } else {
                xml.skip();
            }
        }
        return true;
    }

    private boolean is(byte[] name) {
        return xml.is(PidfSchema.NS_CAPS, name);
    }

    private CapabilitySet setOf(Capabilities c) {
        return is(ACTOR) ? c.actors : is(CLASS) ? c.classes : is(DUPLEX) ? c.duplex : is(EVENT_PACKAGES) ? c.events
                : is(EXTENSIONS) ? c.extensions : is(METHODS) ? c.methods : is(MOBILITY) ? c.mobility : null;
    }

    private void set(CapabilitySet out) {
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            boolean supported = is(SUPPORTED);
            out.hasSupported |= supported;
            out.hasNotSupported |= !supported;
            int inner = xml.depth() - 1;
            while (xml.nextChild(inner)) {
                int number = xml.namespace() == PidfSchema.NS_CAPS ? out.words.of(xml.localName(slice)) : Vocabulary.NONE;
                long bit = number == Vocabulary.NONE ? 0 : 1L << number;
                out.supported |= supported ? bit : 0;
                out.notSupported |= supported ? 0 : bit;
                xml.skip();
            }
        }
    }

    private void texts(TextSet out) {
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            boolean supported = is(SUPPORTED);
            int inner = xml.depth() - 1;
            while (xml.nextChild(inner)) {
                keep(out.add(supported));
            }
        }
    }

    private void keep(Slice into) {
        if (into == null) {
            document.truncate();
            xml.skip();
        } else {
            document.keepText(xml, into);
        }
    }

    private void priorities(Priorities out) {
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            boolean supported = is(SUPPORTED);
            int inner = xml.depth() - 1;
            while (xml.nextChild(inner)) {
                long value = number(VALUE, Long.MIN_VALUE);
                out.add(supported, number(LOW, value), value == Long.MIN_VALUE ? number(HIGH, Long.MAX_VALUE) : value);
                xml.skip();
            }
        }
    }

    private long number(byte[] attribute, long otherwise) {
        if (!xml.attribute(attribute, slice)) {
            return otherwise;
        }
        boolean negative = slice.byteAt(0) == '-';
        int from = negative || slice.byteAt(0) == '+' ? 1 : 0;
        long n = Ascii.decimal(slice.buffer(), slice.offset() + from, slice.limit(), Integer.MAX_VALUE);
        return negative ? -n : n;
    }
}
