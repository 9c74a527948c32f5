package org.sidetone.msg;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** View of a media type with parameters, {@code m-type SLASH m-subtype *(SEMI m-parameter)} (RFC 3261 section 20.15). */
public final class MediaTypeView {
    private final Slice type = new Slice();
    private final Slice subtype = new Slice();
    private final ParamsView params = new ParamsView();

    /** @return false when it is not a media type; the view then says nothing */
    public boolean wrap(Slice value) {
        byte[] b = value.buffer();
        int limit = value.limit();
        int start = Ascii.skipLws(b, value.offset(), limit);
        int typeEnd = Ascii.endOfToken(b, start, limit);
        int slash = Ascii.skipLws(b, typeEnd, limit);
        type.clear();
        subtype.clear();
        params.clear();
        if (typeEnd == start || slash == limit || b[slash] != '/') {
            return false;
        }
        int sub = Ascii.skipLws(b, slash + 1, limit);
        int subEnd = Ascii.endOfToken(b, sub, limit);
        if (subEnd == sub || !params.wrap(b, subEnd, limit)) {
            return false;
        }
        type.wrap(b, start, typeEnd - start);
        subtype.wrap(b, sub, subEnd - sub);
        return true;
    }

    /** Compares with a name such as {@code text/plain}, which is written without spaces. */
    public boolean is(byte[] name) {
        int slash = type.length();
        return name.length == slash + 1 + subtype.length() && name[slash] == '/'
                && Ascii.equalsIgnoreCase(type.buffer(), type.offset(), slash, name, 0, slash)
                && Ascii.equalsIgnoreCase(subtype.buffer(), subtype.offset(), subtype.length(), name, slash + 1, subtype.length());
    }

    public Slice type() {
        return type;
    }

    public Slice subtype() {
        return subtype;
    }

    public ParamsView params() {
        return params;
    }
}
