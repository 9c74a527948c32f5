package org.sidetone.doc.lists;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.XmlWriter;

/**
 * The people of somebody's book, the list {@code book} of his document of lists, {@code application/resource-lists+xml} (RFC 4826 section 3). Only the entries
 * right in it are the book's; what else is in the document, lists within it too, is somebody else's.
 */
public final class BookList {
    public static final byte[] AUID = Ascii.bytes("resource-lists");
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/resource-lists+xml");
    private static final String NAME = "book";
    /** Name of the book among the lists. */
    public static final byte[] BOOK = Ascii.bytes(NAME);

    /** Told of the entries. */
    public interface Reader {
        /** @param name may be empty */
        void onEntry(Slice uri, Slice name);
    }

    /** What {@link #read} found. */
    public static final int GOOD = 0;
    /** A document of lists without the book. */
    public static final int NO_LIST = 1;
    /** None that can be read. */
    public static final int BAD = 2;

    private static final int NS = 0;
    private static final int MAX_DEPTH = 24;
    private static final String LISTS = "urn:ietf:params:xml:ns:resource-lists";
    private static final byte[] ROOT = Ascii.bytes("resource-lists");
    private static final byte[] LIST = Ascii.bytes("list");
    private static final byte[] ENTRY = Ascii.bytes("entry");
    private static final byte[] DISPLAY_NAME = Ascii.bytes("display-name");
    private static final byte[] URI_ATTRIBUTE = Ascii.bytes("uri");
    private static final byte[] NAME_ATTRIBUTE = Ascii.bytes("name");

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes(LISTS)}, MAX_DEPTH);
    private final XmlWriter writer = new XmlWriter();
    private final FixedText uri = new FixedText(256);
    private final FixedText name = new FixedText(256);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();

    /** Reads who is in the book. @param document the whole, or the book's list alone. @return {@link #GOOD}, {@link #NO_LIST} or {@link #BAD}; what was told before it turned out bad stands */
    public int read(Slice document, Reader reader) {
        xml.wrap(document);
        if (xml.next() != XmlReader.START) {
            return BAD;
        }
        if (isBook()) {
            entries(reader);
            return xml.refusal() == 0 ? GOOD : BAD;
        }
        if (!xml.is(NS, ROOT)) {
            return BAD;
        }
        int found = NO_LIST;
        while (xml.nextChild(0)) {
            if (isBook()) {
                found = GOOD;
                entries(reader);
            } else {
                xml.skip();
            }
        }
        return xml.refusal() == 0 ? found : BAD;
    }

    private boolean isBook() {
        return xml.is(NS, LIST) && xml.attribute(NAME_ATTRIBUTE, slice) && slice.equals(BOOK);
    }

    private void entries(Reader reader) {
        int level = xml.depth();
        while (xml.nextChild(level - 1)) {
            if (!xml.is(NS, ENTRY) || !xml.attribute(URI_ATTRIBUTE, slice)) {
                xml.skip();
                continue;
            }
            xml.unescape(slice, uri.sink(sink));
            boolean good = uri.take(sink);
            name.clear();
            while (xml.nextChild(level)) {
                if (xml.is(NS, DISPLAY_NAME)) {
                    if (xml.elementText(name.sink(sink)) < 0 || !name.take(sink)) {
                        name.clear();
                    }
                } else {
                    xml.skip();
                }
            }
            if (good) {
                reader.onEntry(uri.slice(slice), name.slice(slice2));
            }
        }
    }

    /** Appends a document with the book alone. */
    public void write(People people, ByteSink out) {
        writer.wrap(out).declaration();
        writer.start("resource-lists").attribute("xmlns", LISTS).start("list");
        content(people);
        writer.end("resource-lists");
    }

    /** Appends the book, to be put into a document of other lists. */
    public void writeList(People people, ByteSink out) {
        writer.wrap(out);
        writer.start("list").attribute("xmlns", LISTS);
        content(people);
    }

    private void content(People people) {
        writer.attribute("name", NAME);
        for (int i = 0; i < people.count(); i++) {
            writer.start("entry");
            entry(people, i);
        }
        writer.end("list");
    }

    private void entry(People people, int index) {
        writer.attribute("uri", people.address(index, slice));
        if (!people.name(index, slice).isEmpty()) {
            writer.start("display-name").text(slice).end("display-name");
        }
        writer.end("entry");
    }

    /** Appends one entry, to be put into the book. */
    public void writeEntry(People people, int index, ByteSink out) {
        writer.wrap(out);
        writer.start("entry").attribute("xmlns", LISTS);
        entry(people, index);
    }

    /** Appends an entry's name, to be put into it. */
    public void writeName(People people, int index, ByteSink out) {
        writer.wrap(out);
        writer.start("display-name").attribute("xmlns", LISTS).text(people.name(index, slice)).end("display-name");
    }
}
