package org.sidetone.doc.composing;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.XmlWriter;

/** Reads and writes one status message (RFC 3994 section 3.3). */
public final class IsComposing {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/im-iscomposing+xml");
    /** Without a refresh a writer counts as idle after so long. */
    public static final long DEFAULT_REFRESH_SEC = 120;

    private static final String NAMESPACE = "urn:ietf:params:xml:ns:im-iscomposing";
    private static final byte[] ROOT = Ascii.bytes("isComposing");
    private static final byte[] STATE = Ascii.bytes("state");
    private static final byte[] LAST_ACTIVE = Ascii.bytes("lastactive");
    private static final byte[] TYPE = Ascii.bytes("contenttype");
    private static final byte[] REFRESH = Ascii.bytes("refresh");
    private static final byte[] ACTIVE = Ascii.bytes("active");
    private static final int NS = 0;
    private static final int MAX_DEPTH = 8;

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes(NAMESPACE)}, MAX_DEPTH);
    private final XmlWriter writer = new XmlWriter();
    private final FixedText text = new FixedText(64);
    private final ByteSink sink = new ByteSink();
    private boolean active;
    private long refreshSec;

    /** @return false when it is none, or one that the schema refuses: the elements come in its order */
    public boolean read(Slice document) {
        active = false;
        refreshSec = DEFAULT_REFRESH_SEC;
        int place = 0;
        xml.wrap(document);
        if (xml.next() != XmlReader.START || !xml.is(NS, ROOT)) {
            return false;
        }
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            int at = xml.is(NS, STATE) ? 1 : xml.is(NS, LAST_ACTIVE) ? 2 : xml.is(NS, TYPE) ? 3 : xml.is(NS, REFRESH) ? 4 : 5;
            if (at < 5 && at <= place || place == 0 && at != 1 || at == 5 && xml.namespace() == NS) {
                return false;
            }
            place = at;
            if (at == 5 ? xml.skip() < 0 : xml.elementText(text.sink(sink)) < 0 || !text.take(sink) || !take(at)) {
                return false;
            }
        }
        return xml.refusal() >= 0 && xml.next() == XmlReader.DONE && place > 0;
    }

    private boolean take(int element) {
        if (element == 1) {
            active = text.equals(ACTIVE);                                       // any other token counts as idle (section 3.5)
        } else if (element == 2) {
            return Dates.rfc3339(text.bytes(), 0, text.length()) != Dates.INVALID;
        } else if (element == 4) {
            refreshSec = Ascii.decimal(text.bytes(), 0, text.length(), Integer.MAX_VALUE);
            return refreshSec > 0;
        }
        return true;
    }

    public boolean isActive() {
        return active;
    }

    /** When an active one counts as idle unless it is said again. */
    public long refreshSec() {
        return refreshSec;
    }

    /** @param newRefreshSec how often it will be said again while it is active */
    public void write(boolean isActive, long newRefreshSec, ByteSink out) {
        writer.wrap(out).declaration().start("isComposing").attribute("xmlns", NAMESPACE);
        writer.start("state").text(isActive ? "active" : "idle").end("state").start("contenttype").text("text/plain").end("contenttype");
        if (isActive) {
            writer.start("refresh");
            writer.raw().putDecimal(newRefreshSec);
            writer.end("refresh");
        }
        writer.end("isComposing");
    }
}
