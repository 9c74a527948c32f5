package org.sidetone.msrp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/**
 * The start line and header fields of one request or response, as places in the array they were read from (RFC 4975 section 9). Valid until
 * that array is reused.
 */
public final class MsrpHead {
    /** Well formed. */
    public static final int NONE = 0;
    /** Not: 400. */
    public static final int BAD = 400;

    /** Header fields of one head; more are refused. */
    static final int FIELDS = 32;
    private static final byte[] YES = Ascii.bytes("yes");
    private static final byte[] NO = Ascii.bytes("no");
    private static final byte[] PARTIAL = Ascii.bytes("partial");

    private byte[] buffer;
    private final int[] codes = new int[FIELDS];
    private final int[] nameAt = new int[FIELDS];
    private final int[] nameLength = new int[FIELDS];
    private final int[] valueAt = new int[FIELDS];
    private final int[] valueLength = new int[FIELDS];
    private int count;
    private final Slice transactionId = new Slice();
    private final Slice methodName = new Slice();
    private final Slice comment = new Slice();
    private int method;
    private int status;
    private int verdict;
    private final ByteRange range = new ByteRange();
    private final PathView path = new PathView();
    private final Slice value = new Slice();

    /** Reads a head whose lines end in CRLF. @return {@link #NONE} or {@link #BAD}; of a bad one the fields read so far can be asked for */
    int read(byte[] b, int offset, int limit) {
        buffer = b;
        count = 0;
        verdict = NONE;
        int lineEnd = Ascii.indexOf(b, offset, limit, '\r');
        if (!readStart(b, offset, lineEnd)) {
            verdict = BAD;
        }
        for (int at = lineEnd + 2; at < limit; at = lineEnd + 2) {
            lineEnd = Ascii.indexOf(b, at, limit, '\r');
            if (!readField(b, at, lineEnd)) {
                verdict = BAD;
            }
        }
        if (verdict == NONE && !isSound()) {
            verdict = BAD;
        }
        return verdict;
    }

    /** {@code MSRP transact-id (method / status-code [comment])}. */
    private boolean readStart(byte[] b, int offset, int limit) {
        transactionId.clear();
        methodName.clear();
        comment.clear();
        status = 0;
        method = MsrpMethod.OTHER;
        int idAt = offset + 5;
        int idEnd = Ascii.indexOf(b, idAt, limit, ' ');
        if (idEnd >= limit || !isIdent(b, idAt, idEnd)) {
            return false;
        }
        transactionId.wrap(b, idAt, idEnd - idAt);
        int at = idEnd + 1;
        int end = Ascii.indexOf(b, at, limit, ' ');
        if (end - at == 3 && Ascii.isDigit(b[at])) {
            status = (int) Ascii.decimal(b, at, end, 999);
            if (end < limit) {
                comment.wrap(b, end + 1, limit - end - 1);
            }
            return status >= 100;
        }
        methodName.wrap(b, at, end - at);
        method = MsrpMethod.of(methodName);
        for (int i = at; i < end; i++) {
            if (b[i] < 'A' || b[i] > 'Z') {
                return false;
            }
        }
        return end == limit && end > at;
    }

    /** {@code ident = ALPHANUM 3*31ident-char}. */
    static boolean isIdent(byte[] b, int offset, int limit) {
        return limit - offset >= 4 && isIdentOrShorter(b, offset, limit);
    }

    /** Some make Message-IDs shorter than the grammar wants, to no harm. */
    private static boolean isIdentOrShorter(byte[] b, int offset, int limit) {
        if (limit == offset || limit - offset > 32 || !Ascii.isAlpha(b[offset]) && !Ascii.isDigit(b[offset])) {
            return false;
        }
        for (int i = offset + 1; i < limit; i++) {
            int c = b[i];
            if (!Ascii.isAlpha(c) && !Ascii.isDigit(c) && c != '.' && c != '-' && c != '+' && c != '%' && c != '=') {
                return false;
            }
        }
        return true;
    }

    private boolean readField(byte[] b, int at, int lineEnd) {
        int colon = Ascii.endOfToken(b, at, lineEnd);
        if (colon == at || colon >= lineEnd || b[colon] != ':' || count == FIELDS) {
            return false;
        }
        int start = colon + 1;
        while (start < lineEnd && b[start] == ' ') {
            start++;
        }
        int code = MsrpHeader.of(b, at, colon - at);
        if (code != MsrpHeader.OTHER && code != MsrpHeader.WWW_AUTHENTICATE && find(code) >= 0) {
            return false;
        }
        codes[count] = code;
        nameAt[count] = at;
        nameLength[count] = colon - at;
        valueAt[count] = start;
        valueLength[count++] = lineEnd - start;
        return true;
    }

    private boolean isSound() {
        if (!value(MsrpHeader.TO_PATH, value) || !path.wrap(value) || !value(MsrpHeader.FROM_PATH, value) || !path.wrap(value)) {
            return false;
        }
        if (value(MsrpHeader.MESSAGE_ID, value) && !isIdentOrShorter(value.buffer(), value.offset(), value.limit())) {
            return false;
        }
        if (value(MsrpHeader.BYTE_RANGE, value) && !range.wrap(value)) {
            return false;
        }
        if (method == MsrpMethod.SEND && isRequest()) {
            return find(MsrpHeader.MESSAGE_ID) >= 0 && isOneOf(MsrpHeader.SUCCESS_REPORT, YES, NO, NO)
                    && isOneOf(MsrpHeader.FAILURE_REPORT, YES, NO, PARTIAL);
        }
        return method != MsrpMethod.REPORT || find(MsrpHeader.MESSAGE_ID) >= 0 && reportedStatus() > 0;
    }

    private boolean isOneOf(int header, byte[] a, byte[] b, byte[] c) {
        return !value(header, value) || value.equalsIgnoreCase(a) || value.equalsIgnoreCase(b) || value.equalsIgnoreCase(c);
    }

    private int find(int code) {
        for (int i = 0; i < count; i++) {
            if (codes[i] == code) {
                return i;
            }
        }
        return -1;
    }

    /** What {@link #read} said. */
    public int verdict() {
        return verdict;
    }

    public boolean isRequest() {
        return status == 0;
    }

    public Slice transactionId() {
        return transactionId;
    }

    /** A code of {@link MsrpMethod}. */
    public int method() {
        return method;
    }

    public Slice methodName() {
        return methodName;
    }

    /** Of a response; 0 for a request. */
    public int status() {
        return status;
    }

    public Slice comment() {
        return comment;
    }

    public boolean has(int header) {
        return find(header) >= 0;
    }

    /** @return false when absent */
    public boolean value(int header, Slice out) {
        int i = find(header);
        if (i < 0) {
            out.clear();
            return false;
        }
        out.wrap(buffer, valueAt[i], valueLength[i]);
        return true;
    }

    public int fields() {
        return count;
    }

    public int code(int field) {
        return codes[field];
    }

    public Slice name(int field, Slice out) {
        return out.wrap(buffer, nameAt[field], nameLength[field]);
    }

    public Slice fieldValue(int field, Slice out) {
        return out.wrap(buffer, valueAt[field], valueLength[field]);
    }

    public boolean toPath(PathView out) {
        return value(MsrpHeader.TO_PATH, value) && out.wrap(value);
    }

    public boolean fromPath(PathView out) {
        return value(MsrpHeader.FROM_PATH, value) && out.wrap(value);
    }

    /** The Byte-Range, or what its absence says (section 7.3.1). */
    public ByteRange range() {
        if (!value(MsrpHeader.BYTE_RANGE, value) || !range.wrap(value)) {
            range.unknown();
        }
        return range;
    }

    public boolean wantsSuccessReport() {
        return value(MsrpHeader.SUCCESS_REPORT, value) && value.equalsIgnoreCase(YES);
    }

    /** Whether good news are answered (section 7.2); absent is yes. */
    public boolean wantsResponse() {
        return !value(MsrpHeader.FAILURE_REPORT, value) || value.equalsIgnoreCase(YES);
    }

    /** Whether bad news are answered: always but with {@code Failure-Report: no}. */
    public boolean wantsFailure() {
        return !value(MsrpHeader.FAILURE_REPORT, value) || !value.equalsIgnoreCase(NO);
    }

    /** The status code of a REPORT's Status, {@code 000 200 OK}; 0 when absent, malformed, or of another namespace. */
    public int reportedStatus() {
        if (!value(MsrpHeader.STATUS, value) || value.length() < 7 || value.byteAt(3) != ' ' || value.length() > 7 && value.byteAt(7) != ' ') {
            return 0;
        }
        byte[] b = value.buffer();
        int at = value.offset();
        long namespace = Ascii.decimal(b, at, at + 3, 999);
        return namespace == 0 ? (int) Math.max(0, Ascii.decimal(b, at + 4, at + 7, 999)) : 0;
    }

    /** A decimal header field, or -1. */
    public long decimal(int header) {
        return value(header, value) ? Ascii.decimal(value.buffer(), value.offset(), value.limit(), Integer.MAX_VALUE) : -1;
    }
}
