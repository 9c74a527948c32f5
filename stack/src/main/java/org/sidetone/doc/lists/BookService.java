package org.sidetone.doc.lists;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.XmlWriter;

/**
 * One service of a document of services, {@code application/rls-services+xml} (RFC 4826 section 4): an address that stands for the people of a {@link BookList}. The
 * other services of the document are left as they are.
 */
public final class BookService {
    public static final byte[] AUID = Ascii.bytes("rls-services");
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/rls-services+xml");

    private static final int NS = 0;
    private static final int MAX_DEPTH = 24;
    private static final String RLS = "urn:ietf:params:xml:ns:rls-services";
    private static final byte[] SERVICE = Ascii.bytes("service");
    private static final byte[] URI = Ascii.bytes("uri");

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes(RLS)}, MAX_DEPTH);
    private final XmlWriter writer = new XmlWriter();
    private final FixedText text = new FixedText(256);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();

    /**
     * Appends a document.
     * @param list where the people are, the URI of a list on the same server. @param before the document that it takes the place of; empty: there is none. @return false when
     *  that cannot be read
     */
    public boolean write(FixedText uri, FixedText list, String eventPackage, Slice before, ByteSink out) {
        writer.wrap(out).declaration();
        writer.start("rls-services").attribute("xmlns", RLS);
        writer.start("service").attribute("uri", uri).start("resource-list").text(list).end("resource-list");
        writer.start("packages").start("package").text(eventPackage).end("package").end("packages").end("service");
        boolean good = before.isEmpty() || copyOthers(uri, before, out);
        writer.end("rls-services");
        return good;
    }

    private boolean copyOthers(FixedText uri, Slice before, ByteSink out) {
        byte[] b = before.buffer();
        xml.wrap(before);
        if (xml.next() != XmlReader.START) {
            return false;
        }
        while (xml.nextChild(0)) {
            if (xml.is(NS, SERVICE) && xml.attribute(URI, slice) && is(uri)) {
                xml.skip();
                continue;
            }
            int from = xml.elementStart();
            int name = xml.endOfElementName();
            writer.raw().put(b, from, name - from);
            xml.putInheritedBindings(out);
            xml.skip();
            out.put(b, name, xml.position() - name);
        }
        return xml.refusal() == 0;
    }

    private boolean is(FixedText uri) {
        xml.unescape(slice, text.sink(sink));
        return text.take(sink) && text.equals(uri);
    }
}
