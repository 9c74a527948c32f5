package org.sidetone.doc.lists;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlWriter;

/** A list that a request brings along (RFC 5363; RFC 5367 section 4): flat, of addresses alone. */
public final class RecipientList {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/resource-lists+xml");
    public static final byte[] DISPOSITION = Ascii.bytes("recipient-list");
    /** What a SUBSCRIBE with such a list requires. */
    public static final byte[] OPTION = Ascii.bytes("recipient-list-subscribe");

    private static final String LISTS = "urn:ietf:params:xml:ns:resource-lists";

    private RecipientList() {
    }

    /** Appends a document. */
    public static void write(People people, ByteSink out) {
        XmlWriter writer = new XmlWriter();
        Slice slice = new Slice();
        writer.wrap(out).declaration();
        writer.start("resource-lists").attribute("xmlns", LISTS).start("list");
        for (int i = 0; i < people.count(); i++) {
            writer.start("entry").attribute("uri", people.address(i, slice)).end("entry");
        }
        writer.end("list").end("resource-lists");
    }
}
