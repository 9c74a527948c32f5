package org.sidetone.doc.imdn;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.XmlWriter;

/** Reads and writes one notification: which message, and what became of it. */
public final class Imdn {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("message/imdn+xml");
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:imdn";

    /** What a notification is about. */
    public static final int DELIVERY = 0;
    public static final int DISPLAY = 1;
    public static final int PROCESSING = 2;

    /** The statuses of section 11.1. */
    public static final int DELIVERED = 0;
    public static final int FAILED = 1;
    public static final int FORBIDDEN = 2;
    public static final int ERROR = 3;
    public static final int DISPLAYED = 4;
    public static final int PROCESSED = 5;
    public static final int STORED = 6;
    /** One that this version does not know. */
    public static final int OTHER = 7;

    private static final String[] KINDS = {"delivery-notification", "display-notification", "processing-notification"};
    private static final String[] STATUSES = {"delivered", "failed", "forbidden", "error", "displayed", "processed", "stored"};
    private static final byte[][] KIND_NAMES = bytes(KINDS);
    private static final byte[][] STATUS_NAMES = bytes(STATUSES);
    /** Which statuses a kind may have, a bit each. */
    private static final int[] ALLOWED = {1 << DELIVERED | 1 << FAILED | 1 << FORBIDDEN | 1 << ERROR, 1 << DISPLAYED | 1 << FORBIDDEN | 1 << ERROR,
        1 << PROCESSED | 1 << STORED | 1 << FORBIDDEN | 1 << ERROR};
    private static final byte[] ROOT = Ascii.bytes("imdn");
    private static final byte[] MESSAGE_ID = Ascii.bytes("message-id");
    private static final byte[] DATETIME = Ascii.bytes("datetime");
    private static final byte[] RECIPIENT = Ascii.bytes("recipient-uri");
    private static final byte[] STATUS = Ascii.bytes("status");
    private static final int NS = 0;
    private static final int MAX_DEPTH = 12;

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes(NAMESPACE)}, MAX_DEPTH);
    private final XmlWriter writer = new XmlWriter();
    private final Dates dates = new Dates();
    private final ByteSink sink = new ByteSink();
    private final FixedText messageId = new FixedText(128);
    private final FixedText recipient = new FixedText(224);
    private int kind;
    private int status;

    private static byte[][] bytes(String[] names) {
        byte[][] all = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            all[i] = Ascii.bytes(names[i]);
        }
        return all;
    }

    /** @return false when it is no notification, or one that the schema refuses */
    public boolean read(Slice document) {
        messageId.clear();
        recipient.clear();
        kind = -1;
        status = -1;
        boolean dated = false;
        xml.wrap(document);
        if (xml.next() != XmlReader.START || !xml.is(NS, ROOT)) {
            return false;
        }
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            if (xml.is(NS, MESSAGE_ID)) {
                if (xml.elementText(messageId.sink(sink)) < 0 || !messageId.take(sink)) {
                    return false;
                }
            } else if (xml.is(NS, RECIPIENT)) {
                if (xml.elementText(recipient.sink(sink)) < 0 || !recipient.take(sink)) {
                    return false;
                }
            } else if (xml.is(NS, DATETIME)) {
                dated = true;
                xml.skip();
            } else if (!readKind()) {
                return false;
            }
        }
        return xml.refusal() >= 0 && xml.next() == XmlReader.DONE && dated && !messageId.isEmpty() && kind >= 0;
    }

    private boolean readKind() {
        for (int i = 0; i < KIND_NAMES.length; i++) {
            if (xml.is(NS, KIND_NAMES[i])) {
                int level = xml.depth() - 1;
                if (kind >= 0) {
                    return false;
                }
                kind = i;
                while (xml.nextChild(level)) {
                    if (xml.is(NS, STATUS) ? !readStatus() : xml.skip() < 0) {
                        return false;
                    }
                }
                return status >= 0;
            }
        }
        return xml.skip() >= 0;
    }

    private boolean readStatus() {
        int level = xml.depth() - 1;
        while (xml.nextChild(level)) {
            int read = OTHER;
            for (int i = 0; i < STATUS_NAMES.length; i++) {
                read = xml.is(NS, STATUS_NAMES[i]) ? i : read;
            }
            if (read == OTHER && xml.namespace() == NS || read != OTHER && ((ALLOWED[kind] >> read & 1) == 0 || status >= 0 && status != OTHER)) {
                return false;
            }
            status = read == OTHER && status >= 0 ? status : read;
            if (xml.skip() < 0) {
                return false;
            }
        }
        return status >= 0;
    }

    /** The imdn.Message-ID of the message that it is about. */
    public Slice messageId(Slice out) {
        return messageId.slice(out);
    }

    /** Who received it; empty: not said. */
    public Slice recipient(Slice out) {
        return recipient.slice(out);
    }

    /** {@link #DELIVERY}, {@link #DISPLAY} or {@link #PROCESSING}. */
    public int kind() {
        return kind;
    }

    /** {@link #DELIVERED} and so on. */
    public int status() {
        return status;
    }

    /** Writes a notification. @param dateSec of the message that it is about, seconds since 1970. @param originalTo empty: none */
    public void write(Slice ofMessage, long dateSec, Slice recipientUri, Slice originalTo, int ofKind, int newStatus, ByteSink out) {
        writer.wrap(out).declaration().start("imdn").attribute("xmlns", NAMESPACE);
        writer.start("message-id").text(ofMessage).end("message-id").start("datetime");
        dates.putRfc3339(Math.max(0, dateSec), writer.raw());
        writer.end("datetime").start("recipient-uri").text(recipientUri).end("recipient-uri");
        if (!originalTo.isEmpty()) {
            writer.start("original-recipient-uri").text(originalTo).end("original-recipient-uri");
        }
        writer.start(KINDS[ofKind]).start("status").start(STATUSES[newStatus]).end(STATUSES[newStatus]).end("status").end(KINDS[ofKind]).end("imdn");
    }
}
