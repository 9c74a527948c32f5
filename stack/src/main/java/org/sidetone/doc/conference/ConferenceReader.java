package org.sidetone.doc.conference;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/** Reads a document, and tells who takes part one by one; what is not known is passed over. */
public final class ConferenceReader {
    public static final int GOOD = 0;
    /** Not conference information, or without what it must have. */
    public static final int NOT_CONFERENCE = -10;

    /** Told while the document is read; what it is handed is valid during the call. */
    public interface User {
        /** Before the first participant. @param all whether those who are not told of take part no more */
        void onParticipants(boolean all);

        /** @param displayed his nickname, else his name; empty: not said. @param gone whether he takes part no more */
        void onParticipant(Slice address, Slice displayed, boolean gone);
    }

    private static final int NS = 0;
    private static final int XCON = 1;
    private static final int MAX_DEPTH = 16;
    private static final int STAYS = 1;
    private static final int LEFT = 2;
    private static final byte[] CONFERENCE_INFO = Ascii.bytes("conference-info");
    private static final byte[] USERS = Ascii.bytes("users");
    private static final byte[] USER = Ascii.bytes("user");
    private static final byte[] ENDPOINT = Ascii.bytes("endpoint");
    private static final byte[] STATUS = Ascii.bytes("status");
    private static final byte[] DISCONNECTED = Ascii.bytes("disconnected");
    private static final byte[] NICKNAME = Ascii.bytes("nickname");
    private static final byte[] DISPLAY_TEXT = Ascii.bytes("display-text");
    private static final byte[] VERSION = Ascii.bytes("version");
    private static final byte[] STATE = Ascii.bytes("state");
    private static final byte[] ENTITY = Ascii.bytes("entity");
    private static final byte[] PARTIAL = Ascii.bytes("partial");
    private static final byte[] DELETED = Ascii.bytes("deleted");

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes(ConferenceInfo.NAMESPACE), Ascii.bytes(ConferenceInfo.XCON)}, MAX_DEPTH);
    private final FixedText address = new FixedText(160);
    private final FixedText status = new FixedText(32);
    private final FixedText displayed = new FixedText(128);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private long version;
    private boolean full;

    /** @return {@link #GOOD}, {@link #NOT_CONFERENCE}, or a refusal of {@link XmlReader}; what was told before stands */
    public int read(Slice document, User user) {
        xml.wrap(document);
        int e = xml.next();
        if (e < 0) {
            return e;
        }
        if (e != XmlReader.START || !xml.is(NS, CONFERENCE_INFO) || !xml.attribute(ENTITY, slice)) {
            return NOT_CONFERENCE;
        }
        version = xml.attribute(VERSION, slice) ? Ascii.decimal(slice.buffer(), slice.offset(), slice.limit(), 0xFFFFFFFFL) : 0;
        full = !isState(PARTIAL) && !isState(DELETED);
        if (version < 0) {
            return NOT_CONFERENCE;
        }
        if (isState(DELETED)) {
            user.onParticipants(true);
        }
        for (e = xml.next(); e > 0 && e != XmlReader.DONE; e = xml.next()) {
            if (e == XmlReader.START) {
                int result = xml.is(NS, USERS) ? users(user) : xml.skip();
                if (result < 0) {
                    return result;
                }
            }
        }
        return e < 0 ? e : GOOD;
    }

    private boolean isState(byte[] state) {
        return xml.attribute(STATE, slice) && slice.equals(state);
    }

    private int users(User user) {
        int depth = xml.depth();
        user.onParticipants(full && !isState(PARTIAL));
        int e = xml.next();
        while (e > 0 && !(e == XmlReader.END && xml.depth() < depth)) {
            if (e == XmlReader.START) {
                int result = xml.is(NS, USER) ? participant(user) : xml.skip();
                if (result < 0) {
                    return result;
                }
            }
            e = xml.next();
        }
        return e < 0 ? e : GOOD;
    }

    private int participant(User user) {
        int depth = xml.depth();
        boolean gone = isState(DELETED);
        boolean named = xml.attribute(ENTITY, slice);
        xml.unescape(slice, address.sink(sink));
        named &= address.take(sink);
        displayed.clear();
        if (xml.attribute(XCON, NICKNAME, slice)) {
            xml.unescape(slice, displayed.sink(sink));
            if (!displayed.take(sink)) {
                displayed.clear();
            }
        }
        boolean nicknamed = !displayed.isEmpty();
        int endpoints = 0;
        int left = 0;
        int e = xml.next();
        while (e > 0 && !(e == XmlReader.END && xml.depth() < depth)) {
            if (e == XmlReader.START && xml.is(NS, DISPLAY_TEXT) && !nicknamed) {
                e = xml.elementText(displayed.sink(sink));
                if (e >= 0 && !displayed.take(sink)) {
                    displayed.clear();
                }
            } else if (e == XmlReader.START && xml.is(NS, ENDPOINT)) {
                endpoints++;
                e = endpoint();
                left += e == LEFT ? 1 : 0;
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
        if (named) {                                            // others cannot be spoken to
            user.onParticipant(address.slice(slice), displayed.slice(slice2), gone || endpoints > 0 && left == endpoints);
        }
        return GOOD;
    }

    /** @return {@link #LEFT}: it is disconnected; another positive number, or a refusal */
    private int endpoint() {
        int depth = xml.depth();
        boolean is = isState(DELETED);
        int e = xml.next();
        while (e > 0 && !(e == XmlReader.END && xml.depth() < depth)) {
            if (e == XmlReader.START && xml.is(NS, STATUS)) {
                e = xml.elementText(status.sink(sink));
                is |= e >= 0 && status.take(sink) && status.equals(DISCONNECTED);
            } else if (e == XmlReader.START) {
                e = xml.skip();
            }
            if (e >= 0) {
                e = xml.next();
            }
        }
        return e < 0 ? e : is ? LEFT : STAYS;
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
