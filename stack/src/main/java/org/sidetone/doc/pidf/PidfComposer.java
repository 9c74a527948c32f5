package org.sidetone.doc.pidf;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.XmlWriter;

/**
 * Makes one presence document of several of the same presentity, octet by octet, so that what we do not know survives (RFC 3856
 * section 6.11; RFC 4479 section 4.3 leaves the policy open; docs/presence.md has ours):
 * services and devices of all documents, of one id the newest alone; the person of the newest document that has one; the notes of the newest that has
 * some; what else stands there, of all.
 */
public final class PidfComposer {
    /** The documents, newest first; they were read and found good. */
    public interface Source {
        int count();

        Slice document(int index, Slice out);
    }

    private static final int MAX_DEPTH = 24;
    private static final int IDS = 96;
    private static final byte[] TUPLE = Ascii.bytes("tuple");
    private static final byte[] NOTE = Ascii.bytes("note");
    private static final byte[] PERSON = Ascii.bytes("person");
    private static final byte[] ID = Ascii.bytes("id");

    private static final int SERVICES = 0;
    private static final int NOTES = 1;
    private static final int OTHERS = 2;
    private static final int PASSES = 3;

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes(PidfSchema.PIDF), Ascii.bytes(PidfSchema.DATA_MODEL)}, MAX_DEPTH);
    private final XmlWriter writer = new XmlWriter();
    private final Slice[] ids = new Slice[IDS];
    private int idCount;
    private boolean personWritten;
    private boolean notesWritten;
    private final Slice slice = new Slice();
    private final Slice name = new Slice();

    public PidfComposer() {
        for (int i = 0; i < IDS; i++) {
            ids[i] = new Slice();
        }
    }

    /** Appends the document. @param entity URI of the presentity */
    public void compose(Source source, Slice entity, ByteSink out) {
        idCount = 0;
        personWritten = false;
        notesWritten = false;
        writer.wrap(out).declaration();
        writer.start("presence").attribute("xmlns", PidfSchema.PIDF).attribute("entity", entity);
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < source.count(); i++) {
                copy(source.document(i, slice), pass, out);
            }
        }
        writer.end("presence");
    }

    private void copy(Slice document, int pass, ByteSink out) {
        xml.wrap(document);
        boolean notes = false;
        boolean person = false;
        if (xml.next() != XmlReader.START) {
            return;
        }
        while (xml.nextChild(0)) {
            int kind = xml.is(PidfSchema.NS_PIDF, TUPLE) ? SERVICES : xml.is(PidfSchema.NS_PIDF, NOTE) ? NOTES : OTHERS;
            boolean isPerson = xml.is(PidfSchema.NS_MODEL, PERSON);
            boolean wanted = kind == pass && !(kind == NOTES && notesWritten) && !(isPerson && personWritten);
            if (wanted && xml.attribute(ID, name) && isKnown(name)) {
                wanted = false;                                  // the same service or device has said something newer
            }
            if (wanted) {
                element(document.buffer(), out);
                notes |= kind == NOTES;
                person |= isPerson;
            } else {
                xml.skip();
            }
        }
        notesWritten |= notes;
        personWritten |= person;
    }

    private boolean isKnown(Slice id) {
        for (int i = 0; i < idCount; i++) {
            if (ids[i].equals(id)) {
                return true;
            }
        }
        return false;
    }

    /** Copies the element just started with all within it; an id within that stands elsewhere already is left out, for ids are of one document. */
    private void element(byte[] b, ByteSink out) {
        int level = xml.depth() - 1;
        int copied = xml.endOfElementName();
        writer.raw().put(b, xml.elementStart(), copied - xml.elementStart());
        xml.putInheritedBindings(out);
        int e = XmlReader.START;
        while (e > 0 && !(e == XmlReader.END && xml.depth() == level)) {
            if (e == XmlReader.START && xml.attribute(ID, name)) {
                if (isKnown(name)) {
                    int from = name.offset() - 1;                // the quote; before it the equal sign and the name
                    while (b[from] != 'i') {
                        from--;
                    }
                    out.put(b, copied, from - copied);
                    copied = name.limit() + 1;
                } else if (idCount < IDS) {
                    ids[idCount++].set(name);
                }
            }
            e = xml.next();
        }
        out.put(b, copied, xml.position() - copied);
    }
}
