package org.sidetone.doc.reginfo;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/** Reads a document, and tells what is in it one by one; unknown elements are passed over. */
public final class ReginfoReader {
    public static final int GOOD = 0;
    /** Not registration information, or without what it must have. */
    public static final int NOT_REGINFO = -10;

    /** Told while the document is read; what it is handed is valid during the call. */
    public interface User {
        void onRegistration(Slice addressOfRecord, int state);

        /** @param expiresSec -1 when not said. @param retryAfterSec -1 when not said */
        void onContact(Slice uri, int state, int event, long expiresSec, long retryAfterSec);
    }

    private static final int NS = 0;
    private static final int MAX_DEPTH = 16;
    private static final byte[] REGINFO = Ascii.bytes("reginfo");
    private static final byte[] REGISTRATION = Ascii.bytes("registration");
    private static final byte[] CONTACT = Ascii.bytes("contact");
    private static final byte[] URI = Ascii.bytes("uri");
    private static final byte[] VERSION = Ascii.bytes("version");
    private static final byte[] STATE = Ascii.bytes("state");
    private static final byte[] AOR = Ascii.bytes("aor");
    private static final byte[] ID = Ascii.bytes("id");
    private static final byte[] EVENT = Ascii.bytes("event");
    private static final byte[] EXPIRES = Ascii.bytes("expires");
    private static final byte[] RETRY_AFTER = Ascii.bytes("retry-after");
    private static final byte[] FULL = Ascii.bytes("full");
    private static final byte[] PARTIAL = Ascii.bytes("partial");

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes(Reginfo.NAMESPACE)}, MAX_DEPTH);
    private final FixedText text = new FixedText(256);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private long version;
    private boolean full;

    /** @return {@link #GOOD}, {@link #NOT_REGINFO}, or a refusal of {@link XmlReader}; what was told before stands */
    public int read(Slice document, User user) {
        xml.wrap(document);
        int e = xml.next();
        if (e < 0) {
            return e;
        }
        if (e != XmlReader.START || !xml.is(NS, REGINFO)) {
            return NOT_REGINFO;
        }
        version = decimal(VERSION);
        full = xml.attribute(STATE, slice) && slice.equals(FULL);
        if (version < 0 || !full && !slice.equals(PARTIAL)) {
            return NOT_REGINFO;
        }
        for (e = xml.next(); e > 0 && e != XmlReader.DONE; e = xml.next()) {
            if (e == XmlReader.START) {
                int result = xml.is(NS, REGISTRATION) ? registration(user) : xml.skip();
                if (result < 0) {
                    return result;
                }
            }
        }
        return e < 0 ? e : GOOD;
    }

    private long decimal(byte[] attribute) {
        return xml.attribute(attribute, slice) ? Ascii.decimal(slice.buffer(), slice.offset(), slice.limit(), 0xFFFFFFFFL) : -1;
    }

    private int registration(User user) {
        int depth = xml.depth();
        int state = xml.attribute(STATE, slice) ? Reginfo.state(slice) : Reginfo.UNKNOWN;
        if (state == Reginfo.UNKNOWN || !xml.attribute(ID, slice) || !xml.attribute(AOR, slice)) {
            return NOT_REGINFO;
        }
        xml.unescape(slice, text.sink(sink));
        if (!text.take(sink)) {
            return NOT_REGINFO;
        }
        user.onRegistration(text.slice(slice), state);
        int e = xml.next();
        while (e > 0 && !(e == XmlReader.END && xml.depth() < depth)) {
            if (e == XmlReader.START) {
                int result = xml.is(NS, CONTACT) ? contact(user) : xml.skip();
                if (result < 0) {
                    return result;
                }
            }
            e = xml.next();
        }
        return e < 0 ? e : GOOD;
    }

    private int contact(User user) {
        int depth = xml.depth();
        int state = xml.attribute(STATE, slice) ? Reginfo.state(slice) : Reginfo.UNKNOWN;
        int event = xml.attribute(EVENT, slice) ? Reginfo.event(slice) : Reginfo.UNKNOWN;
        long expires = decimal(EXPIRES);
        long retryAfter = decimal(RETRY_AFTER);
        if (state != Reginfo.ACTIVE && state != Reginfo.TERMINATED || event == Reginfo.UNKNOWN) {
            return NOT_REGINFO;
        }
        boolean named = false;
        int e = xml.next();
        while (e > 0 && !(e == XmlReader.END && xml.depth() < depth)) {
            if (e == XmlReader.START && xml.is(NS, URI)) {
                e = xml.elementText(text.sink(sink));
                named = e >= 0 && text.take(sink) && !text.isEmpty();
            } else if (e == XmlReader.START) {
                e = xml.skip();
            }
            if (e >= 0) {
                e = xml.next();
            }
        }
        if (e < 0) {
            return e;
        }
        if (!named) {
            return NOT_REGINFO;
        }
        user.onContact(text.slice(slice), state, event, expires, retryAfter);
        return GOOD;
    }

    /** Of the last document. */
    public long version() {
        return version;
    }

    /** Whether the last document said everything, or only what changed. */
    public boolean isFull() {
        return full;
    }
}
