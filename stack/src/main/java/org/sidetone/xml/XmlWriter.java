package org.sidetone.xml;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** Appends XML to a sink. Names are written as given, prefix included; the caller closes what it opens. */
public final class XmlWriter {
    private static final byte[] DECLARATION = Ascii.bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n");

    private ByteSink out;
    private boolean tagOpen;
    private boolean quoteOwed;

    public XmlWriter wrap(ByteSink sink) {
        out = sink;
        tagOpen = false;
        quoteOwed = false;
        return this;
    }

    public XmlWriter declaration() {
        out.put(DECLARATION);
        return this;
    }

    public XmlWriter start(String name) {
        closeTag();
        out.put('<').put(name);
        tagOpen = true;
        return this;
    }

    /** {@code <prefix:name/>}. */
    public XmlWriter empty(String prefix, String name) {
        closeTag();
        out.put('<').put(prefix).put(':').put(name).put('/').put('>');
        return this;
    }

    public XmlWriter attribute(String name, String value) {
        payQuote();
        out.put(' ').put(name).put('=').put('"').put(value).put('"');
        return this;
    }

    public XmlWriter attribute(String name, FixedText value) {
        payQuote();
        out.put(' ').put(name).put('=').put('"');
        escape(value.bytes(), 0, value.length());
        out.put('"');
        return this;
    }

    public XmlWriter attribute(String name, Slice value) {
        payQuote();
        out.put(' ').put(name).put('=').put('"');
        escape(value.buffer(), value.offset(), value.length());
        out.put('"');
        return this;
    }

    public XmlWriter text(FixedText text) {
        closeTag();
        escape(text.bytes(), 0, text.length());
        return this;
    }

    public XmlWriter text(Slice text) {
        closeTag();
        escape(text.buffer(), text.offset(), text.length());
        return this;
    }

    public XmlWriter text(String ascii) {
        closeTag();
        out.put(ascii);
        return this;
    }

    /** The sink within the value of the attribute just written: what is put there stands before the closing quote. */
    public ByteSink inAttribute() {
        out.truncate(out.position() - 1);
        quoteOwed = true;
        return out;
    }

    /** The sink itself, for text that needs no escapes. */
    public ByteSink raw() {
        closeTag();
        return out;
    }

    public XmlWriter end(String name) {
        payQuote();
        if (tagOpen) {
            out.put('/').put('>');
            tagOpen = false;
        } else {
            out.put('<').put('/').put(name).put('>');
        }
        return this;
    }

    private void payQuote() {
        if (quoteOwed) {
            quoteOwed = false;
            out.put('"');
        }
    }

    private void closeTag() {
        payQuote();
        if (tagOpen) {
            out.put('>');
            tagOpen = false;
        }
    }

    private void escape(byte[] b, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            switch (b[i]) {
                case '&': out.put("&amp;"); break;
                case '<': out.put("&lt;"); break;
                case '>': out.put("&gt;"); break;
                case '"': out.put("&quot;"); break;
                default:
                    if (b[i] >= ' ' || b[i] < 0 || b[i] == '\n' || b[i] == '\t') {
                        out.put(b[i]);
                    } else if (b[i] == '\r') {
                        out.put("&#13;");
                    } else {
                        out.putCodePoint(0xFFFD);        // XML has no way to say it
                    }
            }
        }
    }
}
