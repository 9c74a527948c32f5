package org.sidetone.xcap;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/** Reads why a change cannot be made, {@code application/xcap-error+xml} (RFC 4825 section 11). */
public final class XcapConflictReport {
    private static final int MAX_DEPTH = 8;
    private static final byte[] ROOT = Ascii.bytes("xcap-error");
    private static final byte[] PHRASE = Ascii.bytes("phrase");
    private static final byte[][] ELEMENTS = {Ascii.bytes("not-well-formed"), Ascii.bytes("not-xml-frag"), Ascii.bytes("no-parent"), Ascii.bytes("schema-validation-error"),
        Ascii.bytes("not-xml-att-value"), Ascii.bytes("cannot-insert"), Ascii.bytes("cannot-delete"), Ascii.bytes("uniqueness-failure"), Ascii.bytes("constraint-failure"),
        Ascii.bytes("not-utf-8")};
    private static final String[] WORDS = {"it is not well-formed", "it is no XML element", "what it belongs into is gone", "the server's schema forbids it",
        "it is no attribute's value", "it cannot be put there", "it cannot be taken away", "something in it is there already", "the server's rules forbid it", "it is not UTF-8"};

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes("urn:ietf:params:xml:ns:xcap-error")}, MAX_DEPTH);
    private final FixedText words = new FixedText(120);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();

    /** The reason in words: the server's, else ours. @param body of a 409; may be empty or anything */
    public FixedText read(Slice body) {
        words.set("the server does not say why");
        xml.wrap(body);
        if (xml.next() != XmlReader.START || !xml.is(0, ROOT) || !xml.nextChild(0)) {
            return words;
        }
        for (int i = 0; i < ELEMENTS.length; i++) {
            if (xml.is(0, ELEMENTS[i])) {
                words.set(WORDS[i]);
            }
        }
        if (xml.attribute(PHRASE, slice) && !slice.isEmpty()) {
            xml.unescape(slice, words.sink(sink));
            words.take(sink);
        }
        return words;
    }
}
