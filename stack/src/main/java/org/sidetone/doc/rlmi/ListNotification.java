package org.sidetone.doc.rlmi;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.msg.MultipartReader;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.schema.Schema;
import org.sidetone.xml.schema.SchemaReader;

/**
 * Reads the body of a notification about a list: the meta-information, which comes first, and for each instance the part that it names (RFC 4662 section 5). Lists
 * within it are told of as resources; what they have in them is not looked into.
 */
public final class ListNotification {
    public static final int GOOD = 0;
    /** No multipart/related whose first part is meta-information. */
    public static final int NO_LIST = -10;

    /** Told while the body is read; what it is handed is valid during the call. */
    public interface User {
        /** A resource of the list; its instances follow. */
        void onResource(Slice uri);

        /**
         * @param state of {@link Rlmi}. @param reason of its end; may be empty
         * @param type of its content; null: there is none. @param content empty: there is none
         */
        void onInstance(int state, Slice reason, MediaTypeView type, Slice content);
    }

    private static final int NS = 0;
    private static final int MAX_DEPTH = 12;
    private static final String LINES = "/list @uri!uri @version!unsigned @fullState!boolean @cid=string : name* resource*\n"
            + "resource @uri!uri : name* instance*\n"
            + "instance @id!string @state!string @reason=string @cid=string = any\n"
            + "name = string\n";
    private static final byte[] LIST = Ascii.bytes("list");
    private static final byte[] RESOURCE = Ascii.bytes("resource");
    private static final byte[] INSTANCE = Ascii.bytes("instance");
    private static final byte[] URI = Ascii.bytes("uri");
    private static final byte[] VERSION = Ascii.bytes("version");
    private static final byte[] FULL_STATE = Ascii.bytes("fullState");
    private static final byte[] STATE = Ascii.bytes("state");
    private static final byte[] REASON = Ascii.bytes("reason");
    private static final byte[] CID = Ascii.bytes("cid");
    private static final byte[] TRUE = Ascii.bytes("true");
    private static final byte[] TRUE_TOO = Ascii.bytes("1");
    private static final byte[] CONTENT_ID = Ascii.bytes("Content-ID");
    private static final byte[] CONTENT_TYPE = Ascii.bytes("Content-Type");
    private static final long MOST = 0xFFFFFFFFL;

    private final SchemaReader xml = new SchemaReader(new Schema(new byte[][] {Ascii.bytes(Rlmi.NAMESPACE)}).define(NS, LINES), MAX_DEPTH);
    private final MultipartReader parts = new MultipartReader();
    private final MediaTypeView whole = new MediaTypeView();
    private final MediaTypeView type = new MediaTypeView();
    private final FixedText text = new FixedText(256);
    private final FixedText reason = new FixedText(64);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice cid = new Slice();
    private final Slice content = new Slice();
    private final Slice body = new Slice();
    private long version;
    private boolean full;

    /**
     * Reads how a body begins: afterwards {@link #version} and {@link #isFull} are known.
     * @param contentType value of the header field. @return {@link #GOOD}, {@link #NO_LIST}, or a refusal of {@link SchemaReader}
     */
    public int begin(Slice contentType, Slice newBody) {
        body.set(newBody);
        if (!whole.wrap(contentType) || !whole.is(Rlmi.MULTIPART) || !parts.wrap(whole, body) || !parts.next() || !isType(Rlmi.CONTENT_TYPE)) {
            return NO_LIST;
        }
        content.set(parts.content());
        xml.wrap(content);
        int e = xml.next();
        if (e != XmlReader.START || !xml.is(NS, LIST)) {
            return e < 0 ? e : NO_LIST;
        }
        xml.attribute(VERSION, slice);
        version = Ascii.decimal(slice.buffer(), slice.offset(), slice.limit(), MOST);
        xml.attribute(FULL_STATE, slice);
        full = slice.equals(TRUE) || slice.equals(TRUE_TOO);
        while (e > 0 && e != XmlReader.DONE) {
            e = xml.next();
            if (e == XmlReader.START && xml.is(NS, INSTANCE) && (!xml.attribute(STATE, slice) || Rlmi.state(slice) == Rlmi.UNKNOWN)) {
                return SchemaReader.INVALID;
            }
        }
        return version < 0 ? SchemaReader.INVALID : e < 0 ? e : GOOD;
    }

    private boolean isType(byte[] wanted) {
        return parts.header(CONTENT_TYPE, slice) && type.wrap(slice) && type.is(wanted);
    }

    /** After {@link #GOOD}: tells everything. */
    public void tell(User user) {
        xml.wrap(content);
        for (int e = xml.next(); e > 0 && e != XmlReader.DONE; e = xml.next()) {
            if (e != XmlReader.START) {
                continue;
            }
            if (xml.is(NS, RESOURCE) && xml.attribute(URI, slice)) {
                xml.unescape(slice, text.sink(sink));
                if (!text.take(sink)) {
                    text.clear();
                }
                user.onResource(text.slice(slice));
            } else if (xml.is(NS, INSTANCE)) {
                instance(user);
            }
        }
    }

    private void instance(User user) {
        xml.attribute(STATE, slice);
        int state = Rlmi.state(slice);
        reason.clear();
        if (xml.attribute(REASON, slice)) {
            reason.set(slice);
        }
        boolean has = xml.attribute(CID, cid) && find(cid);
        user.onInstance(state, reason.slice(cid), has ? type : null, has ? parts.content() : slice.clear());
    }

    /** Finds the part with an identifier among those of this body. */
    private boolean find(Slice wanted) {
        parts.wrap(whole, body);
        while (parts.next()) {
            boolean named = parts.header(CONTENT_ID, slice);
            int from = named && slice.length() > 2 && slice.byteAt(0) == '<' ? 1 : 0;
            slice.wrap(slice.buffer(), slice.offset() + from, slice.length() - 2 * from);
            if (named && slice.equals(wanted)) {
                return parts.header(CONTENT_TYPE, slice) && type.wrap(slice);
            }
        }
        return false;
    }

    public long version() {
        return version;
    }

    /** Whether everything is told, or what changed alone. */
    public boolean isFull() {
        return full;
    }
}
