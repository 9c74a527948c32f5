package org.sidetone.doc.vcard;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

/**
 * A card: of one that is read what stands in it by property, of one that is written the name and the address. Reading takes versions 2.1 to 4.0, groups, parameters
 * and folded lines (RFC 6350 section 3.2). Valid until the wrapped array is reused.
 */
public final class VCard {
    public static final byte[] TYPE = Ascii.bytes("text/vcard");
    /** The name for people. */
    public static final byte[] NAME = Ascii.bytes("FN");
    /** Where messages go (RFC 4770). */
    public static final byte[] MESSAGING = Ascii.bytes("IMPP");
    public static final byte[] TELEPHONE = Ascii.bytes("TEL");
    public static final byte[] EMAIL = Ascii.bytes("EMAIL");
    public static final byte[] ORGANIZATION = Ascii.bytes("ORG");
    public static final byte[] TITLE = Ascii.bytes("TITLE");
    public static final byte[] NOTE = Ascii.bytes("NOTE");

    private static final byte[] BEGIN = Ascii.bytes("BEGIN:VCARD");

    private byte[] buffer = new byte[0];
    private int offset;
    private int limit;
    private int lineAt;
    private int colonAt;
    private int lineEnd;
    private int nextAt;

    /** @return false when it is no card; it is then empty */
    public boolean wrap(Slice text) {
        buffer = text.buffer();
        offset = text.offset();
        limit = text.limit();
        boolean is = Ascii.startsWithIgnoreCase(buffer, offset, limit, BEGIN);
        if (!is) {
            limit = offset;
        }
        return is;
    }

    /** Appends the value of a property, its escapes resolved and its lines unfolded. @param index of several of the same name. @return false when there are fewer */
    public boolean put(byte[] property, int index, ByteSink out) {
        int left = index;
        nextAt = offset;
        while (nextLine()) {
            int nameEnd = Math.min(Ascii.indexOf(buffer, lineAt, colonAt, ';'), colonAt);
            int from = lineAt;
            for (int i = lineAt; i < nameEnd; i++) {
                from = buffer[i] == '.' ? i + 1 : from;         // a group before it
            }
            if (Ascii.equalsIgnoreCase(buffer, from, nameEnd - from, property, 0, property.length) && left-- == 0) {
                putValue(out);
                return true;
            }
        }
        return false;
    }

    private void putValue(ByteSink out) {
        for (int i = colonAt + 1; i < lineEnd; i++) {
            int c = buffer[i];
            if (c == '\r' || c == '\n') {
                i += c == '\r' && i + 1 < lineEnd && buffer[i + 1] == '\n' ? 2 : 1;      // with the one white space that a fold adds
            } else if (c == '\\' && i + 1 < lineEnd) {
                i++;
                out.put(buffer[i] == 'n' || buffer[i] == 'N' ? ' ' : buffer[i]);
            } else if (c == ';') {
                out.put(' ');                                   // between the parts of a value that has several
            } else {
                out.put(c);
            }
        }
    }

    private boolean nextLine() {
        while (nextAt < limit) {
            lineAt = nextAt;
            int feed = Ascii.indexOf(buffer, lineAt, limit, '\n');
            while (feed + 1 < limit && (buffer[feed + 1] == ' ' || buffer[feed + 1] == '\t')) {
                feed = Ascii.indexOf(buffer, feed + 1, limit, '\n');
            }
            lineEnd = feed > lineAt && buffer[feed - 1] == '\r' ? feed - 1 : feed;
            nextAt = feed + 1;
            colonAt = endOfName();
            if (colonAt < lineEnd) {
                return true;
            }
        }
        return false;
    }

    /** The colon that no quotes are around. */
    private int endOfName() {
        boolean quoted = false;
        int i = lineAt;
        while (i < lineEnd && (quoted || buffer[i] != ':')) {
            quoted ^= buffer[i] == '"';
            i++;
        }
        return i;
    }

    /** Writes a card with a name and an address such as {@code sip:alice@example.test}. */
    public static void write(Slice name, Slice address, ByteSink out) {
        out.put("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:");
        for (int i = 0; i < name.length(); i++) {
            int c = name.byteAt(i);
            if (c == '\\' || c == ',' || c == ';') {
                out.put('\\');
            }
            out.put(c == '\r' || c == '\n' ? ' ' : c);
        }
        out.put("\r\nIMPP:").put(address).put("\r\nEND:VCARD\r\n");
    }
}
