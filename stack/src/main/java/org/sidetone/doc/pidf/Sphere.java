package org.sidetone.doc.pidf;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/** Where a presentity is, by all its presence documents together (RFC 5025 section 3.1.2): the one sphere they name, or none. */
public final class Sphere {
    private static final int MAX_DEPTH = 24;
    private static final byte[] PERSON = Ascii.bytes("person");
    private static final byte[] SPHERE = Ascii.bytes("sphere");
    private static final byte[] UNKNOWN = Ascii.bytes("unknown");

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes(PidfSchema.DATA_MODEL), Ascii.bytes(PidfSchema.RPID)}, MAX_DEPTH);
    private final FixedText sphere = new FixedText(64);
    private final FixedText found = new FixedText(64);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private boolean agreed;

    /** Before the first document. */
    public void begin() {
        sphere.clear();
        agreed = true;
    }

    /** Looks into one document. */
    public void add(Slice document) {
        xml.wrap(document);
        if (xml.next() != XmlReader.START) {
            return;
        }
        while (xml.nextChild(0)) {
            if (!xml.is(0, PERSON)) {
                xml.skip();
                continue;
            }
            int person = xml.depth() - 1;
            while (xml.nextChild(person)) {
                if (xml.is(1, SPHERE)) {
                    sphere();
                } else {
                    xml.skip();
                }
            }
        }
    }

    /** An element in it names the sphere (RFC 4480 section 3.9); some write a text instead. */
    private void sphere() {
        int level = xml.depth() - 1;
        found.clear();
        found.sink(sink);
        int e = xml.next();
        while (e > 0 && !(e == XmlReader.END && xml.depth() == level)) {
            if (e == XmlReader.START) {
                found.set(xml.localName(slice));
                xml.leave(level);
                break;
            }
            if (e == XmlReader.TEXT) {
                xml.text(sink);
                if (!found.take(sink)) {
                    found.clear();
                }
            }
            e = xml.next();
        }
        trim();
        if (found.isEmpty() || found.equals(UNKNOWN)) {
            return;
        }
        agreed &= sphere.isEmpty() || sphere.equals(found);
        sphere.set(found);
    }

    private void trim() {
        byte[] b = found.bytes();
        int from = 0;
        int to = found.length();
        while (from < to && b[from] <= ' ' && b[from] > 0) {
            from++;
        }
        while (to > from && b[to - 1] <= ' ' && b[to - 1] > 0) {
            to--;
        }
        found.set(slice.wrap(b, from, to - from));
    }

    /** The sphere; empty when none is named, or several are. */
    public Slice value(Slice out) {
        return agreed ? sphere.slice(out) : out.clear();
    }
}
