package org.sidetone.msrp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** Writes requests and responses forward into the caller's buffer (RFC 4975 section 9). What does not fit shows in {@link #overflowed}. */
public final class MsrpWriter {
    private static final byte[] START = Ascii.bytes("MSRP ");
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] HYPHENS = Ascii.bytes("-------");

    private final ByteSink sink = new ByteSink();
    private final Slice id = new Slice();

    public MsrpWriter wrap(byte[] buffer, int offset, int length) {
        sink.wrap(buffer, offset, length);
        return this;
    }

    public ByteSink sink() {
        return sink;
    }

    public MsrpWriter request(Slice transactionId, byte[] method) {
        sink.put(START).put(transactionId).put(' ').put(method).put(CRLF);
        return this;
    }

    public MsrpWriter request(Slice transactionId, Slice method) {
        sink.put(START).put(transactionId).put(' ').put(method).put(CRLF);
        return this;
    }

    public MsrpWriter response(Slice transactionId, int status) {
        sink.put(START).put(transactionId).put(' ').putPadded(status, 3).put(' ').put(MsrpStatus.comment(status)).put(CRLF);
        return this;
    }

    /** {@code Name: }; the value follows through {@link #sink}, then {@link #end}. */
    public MsrpWriter name(int header) {
        sink.put(MsrpHeader.name(header)).put(':').put(' ');
        return this;
    }

    public MsrpWriter end() {
        sink.put(CRLF);
        return this;
    }

    public MsrpWriter header(int header, Slice value) {
        name(header).sink.put(value).put(CRLF);
        return this;
    }

    public MsrpWriter header(int header, FixedText value) {
        return header(header, value.slice(id));
    }

    public MsrpWriter header(int header, String value) {
        name(header).sink.put(value).put(CRLF);
        return this;
    }

    public MsrpWriter decimal(int header, long value) {
        name(header).sink.putDecimal(value).put(CRLF);
        return this;
    }

    /** @param end, @param total negative: a star */
    public MsrpWriter range(long start, long end, long total) {
        name(MsrpHeader.BYTE_RANGE).sink.putDecimal(start).put('-');
        star(end);
        sink.put('/');
        star(total);
        return end();
    }

    private void star(long number) {
        if (number < 0) {
            sink.put('*');
        } else {
            sink.putDecimal(number);
        }
    }

    /** The empty line before a body. */
    public MsrpWriter body() {
        sink.put(CRLF);
        return this;
    }

    /** The end of a request without a body, or of a response. */
    public MsrpWriter endLine(Slice transactionId, int flag) {
        sink.put(HYPHENS).put(transactionId).put(flag).put(CRLF);
        return this;
    }

    /** The end of a body. */
    public MsrpWriter endBody(Slice transactionId, int flag) {
        sink.put(CRLF);
        return endLine(transactionId, flag);
    }

    public int length() {
        return sink.length();
    }

    public boolean overflowed() {
        return sink.overflowed();
    }
}
