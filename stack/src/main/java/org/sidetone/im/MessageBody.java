package org.sidetone.im;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.date.Dates;
import org.sidetone.doc.composing.IsComposing;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.doc.imdn.Imdn;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.msg.MultipartReader;

/**
 * Reads the body of a message, of page mode or of a session: what of it a person reads, or which sign it is. Texts come plain, as HTML,
 * wrapped in message/cpim, or as a part of a multipart, one within the other as deep as {@link #DEPTH}. Valid until the array is reused.
 */
public final class MessageBody {
    /** Of a type that is not shown here: 415. */
    public static final int UNKNOWN = 0;
    public static final int TEXT = 1;
    /** Somebody writes, or stopped to (RFC 3994). */
    public static final int COMPOSING = 2;
    /** What became of a message of ours (RFC 5438): told to the {@link Notifications}. */
    public static final int NOTIFICATION = 3;
    /** Of a known type, but not as that should be: 400. */
    public static final int BAD = -1;

    /** Told each notification of a body; several may come together (RFC 5438 section 7.1.4). */
    public interface Notifications {
        void onNotification(Imdn notification);
    }

    /** The types that are read. */
    public static final byte[] TEXT_PLAIN = Ascii.bytes("text/plain");
    public static final byte[] TEXT_HTML = Ascii.bytes("text/html");
    public static final byte[] MULTIPART_MIXED = Ascii.bytes("multipart/mixed");
    public static final byte[] MULTIPART_ALTERNATIVE = Ascii.bytes("multipart/alternative");

    private static final byte[] CPIM_START = Ascii.bytes("From: <");
    private static final byte[] XML_START = Ascii.bytes("<?xml");
    /** Containers within containers. */
    private static final int DEPTH = 3;
    private static final byte[] MULTIPART = Ascii.bytes("multipart");
    private static final byte[] ALTERNATIVE = Ascii.bytes("alternative");
    private static final byte[] CONTENT_TYPE = Ascii.bytes("Content-Type");
    private static final byte[] CONTENT_LANGUAGE = Ascii.bytes("Content-Language");
    private static final byte[] TRANSFER_ENCODING = Ascii.bytes("Content-Transfer-Encoding");
    private static final byte[] BASE64 = Ascii.bytes("base64");
    private static final byte[] QUOTED_PRINTABLE = Ascii.bytes("quoted-printable");
    private static final byte[] CHARSET = Ascii.bytes("charset");
    private static final byte[] UTF_8 = Ascii.bytes("UTF-8");
    private static final byte[] US_ASCII = Ascii.bytes("US-ASCII");
    private static final byte[] POSITIVE = Ascii.bytes("positive-delivery");
    private static final byte[] NEGATIVE = Ascii.bytes("negative-delivery");
    private static final byte[] DISPLAY = Ascii.bytes("display");
    private static final byte[] PROCESSING = Ascii.bytes("processing");

    private final MediaTypeView[] types = new MediaTypeView[DEPTH + 1];
    private final MultipartReader[] parts = new MultipartReader[DEPTH + 1];
    private final CpimView cpim = new CpimView();
    private final IsComposing composing = new IsComposing();
    private final Imdn imdn = new Imdn();
    private final byte[] plain;
    private final ByteSink sink = new ByteSink();
    private final Slice text = new Slice();
    private final Slice slice = new Slice();
    private final Slice inner = new Slice();
    private final Slice innerType = new Slice();
    private Language language = new Language();
    private Notifications notifications;
    private boolean wrapped;

    /** @param textBytes of a text that was HTML, at most; what is more is left out */
    public MessageBody(int textBytes) {
        plain = new byte[textBytes];
        for (int i = 0; i <= DEPTH; i++) {
            types[i] = new MediaTypeView();
            parts[i] = new MultipartReader();
        }
    }

    /** Of alternatives those in this language are read. At boot only. */
    public void setLanguage(Language newLanguage) {
        language = newLanguage;
    }

    /** @param type of Content-Type; empty counts as text/plain. @return {@link #TEXT} and so on */
    public int read(Slice type, Slice content, Notifications told) {
        notifications = told;
        wrapped = false;
        text.clear();
        return read(type, content, 0);
    }

    private int read(Slice type, Slice content, int depth) {
        MediaTypeView view = types[depth];
        if (type.isEmpty()) {
            return readText(content);
        }
        if (!view.wrap(type)) {
            return BAD;
        }
        if (view.is(TEXT_PLAIN)) {
            // stores are known (Kamailio's msilo) that forget the type of what they keep; nobody types such things
            if (depth == 0 && starts(content, CPIM_START) && cpim.wrap(content)) {
                return readCpim(content, depth);
            }
            if (depth == 0 && starts(content, XML_START) && composing.read(content)) {
                return COMPOSING;
            }
            return isReadable(view) ? readText(content) : UNKNOWN;
        }
        if (view.is(TEXT_HTML)) {
            return isReadable(view) ? readHtml(content) : UNKNOWN;
        }
        if (view.is(IsComposing.CONTENT_TYPE)) {
            return composing.read(content) ? COMPOSING : BAD;
        }
        if (view.is(Imdn.CONTENT_TYPE)) {
            if (!imdn.read(content)) {
                return BAD;
            }
            if (notifications != null) {
                notifications.onNotification(imdn);
            }
            return NOTIFICATION;
        }
        if (depth < DEPTH && view.is(CpimView.CONTENT_TYPE)) {
            return readCpim(content, depth);
        }
        return depth < DEPTH && view.type().equalsIgnoreCase(MULTIPART) ? readParts(view, content, depth) : UNKNOWN;
    }

    private static boolean starts(Slice content, byte[] with) {
        return Ascii.startsWith(content.buffer(), content.offset(), content.limit(), with);
    }

    private static boolean isUtf8(Slice charset) {
        return charset.equalsIgnoreCase(UTF_8) || charset.equalsIgnoreCase(US_ASCII) || charset.length() == UTF_8.length + 2
                && Ascii.equalsIgnoreCase(charset.buffer(), charset.offset() + 1, UTF_8.length, UTF_8, 0, UTF_8.length);
    }

    private boolean isReadable(MediaTypeView view) {
        return !view.params().find(CHARSET, slice) || isUtf8(slice);
    }

    private int readText(Slice content) {
        if (Utf8.firstInvalid(content.buffer(), content.offset(), content.length()) >= 0) {
            return UNKNOWN;                                     // in another character set than it says
        }
        text.set(content);
        return TEXT;
    }

    private int readHtml(Slice content) {
        if (Utf8.firstInvalid(content.buffer(), content.offset(), content.length()) >= 0) {
            return UNKNOWN;
        }
        HtmlText.write(content, sink.wrap(plain));
        sink.slice(text);
        return TEXT;
    }

    private int readCpim(Slice content, int depth) {
        if (wrapped || !cpim.wrap(content)) {
            return BAD;
        }
        if (cpim.unknownRequirement(slice)) {
            return UNKNOWN;
        }
        wrapped = true;
        cpim.contentType(innerType);
        return read(innerType, cpim.content(inner), depth + 1);
    }

    /** The first part that can be read; of alternatives one in the reader's language, else the last one, which is the richest, but plain text before HTML. */
    private int readParts(MediaTypeView view, Slice content, int depth) {
        boolean alternative = view.subtype().equalsIgnoreCase(ALTERNATIVE);
        MultipartReader reader = parts[depth];
        if (!reader.wrap(view, content)) {
            return BAD;
        }
        int best = UNKNOWN;
        boolean plainFound = false;
        boolean ownFound = false;
        while (reader.next()) {
            if (reader.header(TRANSFER_ENCODING, slice) && (slice.equalsIgnoreCase(BASE64) || slice.equalsIgnoreCase(QUOTED_PRINTABLE))) {
                continue;
            }
            reader.header(CONTENT_TYPE, innerType);
            boolean isPlain = innerType.isEmpty() || types[depth + 1].wrap(innerType) && types[depth + 1].is(TEXT_PLAIN);
            boolean isOwn = reader.header(CONTENT_LANGUAGE, slice) && language.isAmong(slice);
            if (best == TEXT && (!alternative || ownFound && !isOwn || plainFound && isOwn == ownFound)) {
                continue;
            }
            inner.set(reader.content());
            int found = read(innerType, inner, depth + 1);
            if (found > UNKNOWN) {
                best = found;
                plainFound = isPlain;
                ownFound = isOwn;
            }
        }
        return best;
    }

    /** After {@link #TEXT}: UTF-8. */
    public Slice text() {
        return text;
    }

    /** After {@link #COMPOSING}. */
    public IsComposing composing() {
        return composing;
    }

    /** Whether it was wrapped in message/cpim, so that {@link #cpim} says more of it. */
    public boolean isWrapped() {
        return wrapped;
    }

    public CpimView cpim() {
        return cpim;
    }

    /** The imdn.Message-ID. @return false without one */
    public boolean messageId(Slice out) {
        out.clear();
        return wrapped && cpim.value(CpimView.IMDN, CpimView.MESSAGE_ID, 0, out) && !out.isEmpty();
    }

    /** Appends the way that notifications are to go (RFC 5438 section 6.5), the first hop first, each on a line; nothing: straight to the sender. */
    public void putRoutes(ByteSink out) {
        for (int i = 0; wrapped && cpim.value(CpimView.IMDN, CpimView.RECORD_ROUTE, i, slice); i++) {
            out.put(slice).put('\n');
        }
    }

    /** Appends what it is about, in the reader's language where that is said too, its escapes resolved (RFC 3862 section 4.6); nothing: not said. */
    public void putSubject(ByteSink out) {
        int own = 0;
        for (int i = 0; wrapped && cpim.value(CpimView.SUBJECT, i, slice); i++) {
            if (cpim.language(CpimView.SUBJECT, i, slice) && language.isAmong(slice)) {
                own = i;
                break;
            }
        }
        if (wrapped && cpim.value(CpimView.SUBJECT, own, slice)) {
            CpimView.unescape(slice, out);
        }
    }

    /** Whether the sender wants to hear that it arrived (RFC 5438 section 6.2). */
    public boolean wantsDelivery() {
        return wants(POSITIVE);
    }

    /** Whether he wants to hear that it did not. */
    public boolean wantsFailure() {
        return wants(NEGATIVE);
    }

    /** Whether he wants to hear that it was read. */
    public boolean wantsDisplay() {
        return wants(DISPLAY);
    }

    /** Whether he wants to hear of those on the way what they do with it. */
    public boolean wantsProcessing() {
        return wants(PROCESSING);
    }

    private boolean wants(byte[] what) {
        if (!messageId(slice) || !cpim.value(CpimView.IMDN, CpimView.DISPOSITION_NOTIFICATION, 0, slice)) {
            return false;
        }
        byte[] b = slice.buffer();
        for (int at = slice.offset(); at < slice.limit(); ) {
            int comma = Ascii.indexOf(b, at, slice.limit(), ',');
            int from = Ascii.skipLws(b, at, comma);
            int end = Ascii.indexOf(b, from, comma, ';');
            if (Ascii.equals(b, from, Ascii.trimEnd(b, from, end) - from, what, 0, what.length)) {
                return true;
            }
            at = comma + 1;
        }
        return false;
    }

    /** When it was written by its own words, seconds since 1970; negative: it does not say. */
    public long dateSec() {
        if (!wrapped || !cpim.value(CpimView.DATE_TIME, slice)) {
            return -1;
        }
        long date = Dates.rfc3339(slice.buffer(), slice.offset(), slice.length());
        return date == Dates.INVALID ? -1 : date;
    }
}
