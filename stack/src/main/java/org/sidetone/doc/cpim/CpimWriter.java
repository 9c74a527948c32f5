package org.sidetone.doc.cpim;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;

/** Writes one message (RFC 3862 section 2) forward into the caller's sink: {@link #begin}, more header fields, {@link #content}. */
public final class CpimWriter {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] NS_IMDN = Ascii.bytes("NS: imdn <urn:ietf:params:imdn>\r\n");

    private final Dates dates = new Dates();
    private ByteSink out;

    /** From, To and DateTime. @param dateSec seconds since 1970, negative: not known, and left out */
    public CpimWriter begin(ByteSink sink, Slice from, Slice to, long dateSec) {
        out = sink;
        out.put("From: <").put(from).put(">\r\nTo: <").put(to).put(">\r\n");
        if (dateSec >= 0) {
            out.put("DateTime: ");
            dates.putRfc3339(dateSec, out);
            out.put(CRLF);
        }
        return this;
    }

    /** {@code imdn.Message-ID}, and what the sender wants to hear of (RFC 5438 section 6). @param wishes such as {@code positive-delivery, display}; empty: nothing */
    public CpimWriter imdn(FixedText messageId, String wishes) {
        out.put(NS_IMDN).put("imdn.Message-ID: ").put(messageId).put(CRLF);
        if (wishes.length() > 0) {
            out.put("imdn.Disposition-Notification: ").put(wishes).put(CRLF);
        }
        return this;
    }

    /** {@code imdn.IMDN-Route} of a notification: what the IMDN-Record-Route said (RFC 5438 section 7.2.1). */
    public CpimWriter route(Slice recorded) {
        out.put("imdn.IMDN-Route: ").put(recorded).put(CRLF);
        return this;
    }

    /** Subject, escaped. */
    public CpimWriter subject(Slice text) {
        out.put("Subject: ");
        escape(text, out);
        out.put(CRLF);
        return this;
    }

    /** The MIME header fields of the content, which follows through the sink. */
    public ByteSink content(Slice type) {
        return out.put("\r\nContent-Type: ").put(type).put("\r\n\r\n");
    }

    /** The same. @param disposition for Content-Disposition, empty: none */
    public ByteSink content(byte[] type, String disposition) {
        out.put(CRLF).put("Content-Type: ").put(type).put(CRLF);
        if (disposition.length() > 0) {
            out.put("Content-Disposition: ").put(disposition).put(CRLF);
        }
        return out.put(CRLF);
    }

    /** The same. @param language of the content, for Content-Language; empty: not said */
    public ByteSink content(byte[] type, FixedText language) {
        out.put(CRLF).put("Content-Type: ").put(type).put(CRLF);
        if (!language.isEmpty()) {
            out.put("Content-Language: ").put(language).put(CRLF);
        }
        return out.put(CRLF);
    }

    /** Appends a header value: control characters, DEL and backslash as section 2.3.1 wants them, all else as it is. */
    public static void escape(Slice text, ByteSink out) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.byteAt(i);
            switch (c) {
                case '\\': out.put("\\\\"); break;
                case '\b': out.put("\\b"); break;
                case '\t': out.put("\\t"); break;
                case '\n': out.put("\\n"); break;
                case '\r': out.put("\\r"); break;
                default:
                    if (c < ' ' || c == 0x7F) {
                        out.put("\\u").putHex(c, 4);
                    } else {
                        out.put(c);
                    }
                    break;
            }
        }
    }
}
