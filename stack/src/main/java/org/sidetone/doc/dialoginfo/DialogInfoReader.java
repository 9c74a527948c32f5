package org.sidetone.doc.dialoginfo;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.schema.Schema;
import org.sidetone.xml.schema.SchemaReader;

/**
 * Reads a document against its schema and tells of its dialogs one by one. Only the order of the parts of a dialog does not count: there are
 * servers that tell of the remote end first, and extensions that stand before the state (RFC 7463).
 */
public final class DialogInfoReader {
    public static final int GOOD = 0;

    /** Told while the document is read. */
    public interface User {
        /** Before the dialogs. @return false: the document is not wanted, the reader stops with {@link #GOOD} */
        boolean onDocument(long version, boolean full);

        /** @param dialog valid during the call */
        void onDialog(DialogInfo dialog);
    }

    private static final int NS = 0;
    private static final int MAX_DEPTH = 16;
    private static final String LINES = "/dialog-info @version!unsigned @state! @entity!uri : dialog* ##other*\n"
            + "dialog @id! @call-id @local-tag @remote-tag @direction"
            + " : (state|duration|replaces|referred-by:nameaddr|route-set|local:participant|remote:participant|##other)+\n"
            + "state @event @code=integer = string\n"
            + "duration = unsigned\n"
            + "replaces @call-id! @local-tag! @remote-tag! :\n"
            + "nameaddr = uri\n"
            + "route-set : hop+\n"
            + "hop = string\n"
            + "participant : (identity:nameaddr|target|session-description|cseq:duration|##other)*\n"
            + "target @uri! : param*\n"
            + "param @pname! @pval! :\n"
            + "session-description @type! = string\n";
    private static final Schema SCHEMA = new Schema(new byte[][] {Ascii.bytes(DialogInfo.NAMESPACE)}).define(NS, LINES);

    private static final byte[] DIALOG = Ascii.bytes("dialog");
    private static final byte[] STATE = Ascii.bytes("state");
    private static final byte[] REMOTE = Ascii.bytes("remote");
    private static final byte[] LOCAL = Ascii.bytes("local");
    private static final byte[] IDENTITY = Ascii.bytes("identity");
    private static final byte[] TARGET = Ascii.bytes("target");
    private static final byte[] PARAM = Ascii.bytes("param");
    private static final byte[] VERSION = Ascii.bytes("version");
    private static final byte[] ID = Ascii.bytes("id");
    private static final byte[] DIRECTION = Ascii.bytes("direction");
    private static final byte[] DISPLAY = Ascii.bytes("display");
    private static final byte[] DISPLAY_NAME = Ascii.bytes("display-name");
    private static final byte[] EVENT = Ascii.bytes("event");
    private static final byte[] NAME = Ascii.bytes("pname");
    private static final byte[] VALUE = Ascii.bytes("pval");
    private static final byte[] RENDERING = Ascii.bytes("sip.rendering");
    private static final byte[] RENDERING_PLUS = Ascii.bytes("+sip.rendering");
    private static final byte[] NO = Ascii.bytes("no");
    private static final byte[] FULL = Ascii.bytes("full");
    private static final byte[] PARTIAL = Ascii.bytes("partial");
    private static final byte[][] EVENTS = {Ascii.bytes("cancelled"), Ascii.bytes("rejected"), Ascii.bytes("replaced"),
        Ascii.bytes("local-bye"), Ascii.bytes("remote-bye"), Ascii.bytes("error"), Ascii.bytes("timeout")};

    private final SchemaReader xml = new SchemaReader(SCHEMA, MAX_DEPTH);
    private final DialogInfo dialog = new DialogInfo();
    private final FixedText text = new FixedText(32);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice name = new Slice();

    /** @return {@link #GOOD} or a refusal of {@link SchemaReader}; what was told before stands */
    public int read(Slice document, User user) {
        xml.wrap(document);
        int e = xml.next();
        if (e < 0) {
            return e;
        }
        xml.attribute(VERSION, slice);
        long version = Ascii.decimal(slice.buffer(), slice.offset(), slice.limit(), 0xFFFFFFFFL);
        xml.attribute(STATE, slice);
        boolean full = slice.equals(FULL);
        if (version < 0 || !full && !slice.equals(PARTIAL)) {
            return SchemaReader.INVALID;
        }
        if (!user.onDocument(version, full)) {
            return GOOD;
        }
        while (xml.nextChild(0)) {
            if (!xml.is(NS, DIALOG)) {
                xml.skip();
            } else if (!dialog()) {
                return xml.refusal() < 0 ? xml.refusal() : SchemaReader.INVALID;
            } else {
                user.onDialog(dialog);
            }
        }
        return xml.refusal() < 0 ? xml.refusal() : GOOD;
    }

    private boolean dialog() {
        int level = xml.depth();
        dialog.clear();
        xml.attribute(ID, slice);
        xml.unescape(slice, dialog.id.sink(sink));
        boolean good = dialog.id.take(sink) && !dialog.id.isEmpty();
        if (xml.attribute(DIRECTION, slice)) {
            dialog.direction = DialogInfo.directionOf(slice);
            good &= dialog.direction != DialogInfo.UNSAID;
        }
        while (xml.nextChild(level - 1)) {
            if (xml.is(NS, STATE)) {
                good &= state();
            } else if (xml.is(NS, REMOTE)) {
                participant(true);
            } else if (xml.is(NS, LOCAL)) {
                participant(false);
            } else {
                xml.skip();
            }
        }
        return good && dialog.state != DialogInfo.UNKNOWN && xml.refusal() >= 0;
    }

    private boolean state() {
        boolean good = !xml.attribute(EVENT, slice) || isEvent(slice);
        xml.elementText(text.sink(sink));
        text.take(sink);
        dialog.state = DialogInfo.stateOf(text.slice(slice));
        return good;
    }

    private static boolean isEvent(Slice word) {
        for (int i = 0; i < EVENTS.length; i++) {
            if (word.equals(EVENTS[i])) {
                return true;
            }
        }
        return false;
    }

    private void participant(boolean isRemote) {
        int level = xml.depth();
        while (xml.nextChild(level - 1)) {
            if (xml.is(NS, IDENTITY) && isRemote) {
                identity();
            } else if (xml.is(NS, TARGET)) {
                target();
            } else {
                xml.skip();
            }
        }
    }

    /** The schema calls it display-name, the text and the examples display. */
    private void identity() {
        boolean displayed = xml.attribute(DISPLAY, slice) || xml.attribute(DISPLAY_NAME, slice);
        if (displayed && !slice.isEmpty()) {
            xml.unescape(slice, dialog.peer.sink(sink));
            dialog.peer.take(sink);
            xml.skip();
        } else {
            xml.elementText(dialog.peer.sink(sink));
            dialog.peer.take(sink);
        }
    }

    private void target() {
        int level = xml.depth();
        while (xml.nextChild(level - 1)) {
            if (xml.is(NS, PARAM) && xml.attribute(NAME, name) && xml.attribute(VALUE, slice)
                    && (name.equals(RENDERING) || name.equals(RENDERING_PLUS))) {
                dialog.held = dialog.held && dialog.rendersSaid || slice.equals(NO);
                dialog.rendersSaid = true;
            }
            xml.skip();
        }
    }

    /** Appends what was wrong, in words. */
    public void describe(ByteSink out) {
        xml.describe(out);
    }
}
