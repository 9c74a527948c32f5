package org.sidetone.firmware.presence;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.sip.ua.Account;
import org.sidetone.xcap.XcapClient;
import org.sidetone.xcap.XcapDocument;
import org.sidetone.xcap.XcapEdit;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.XmlWriter;

/**
 * Where the owner went, left on the server so that it is seen while the phone is off (RFC 4827): as long as he is off work, one person of this phone's in the document of
 * hard state. What others left there stays.
 */
public final class LeftPresence implements XcapDocument.Owner {
    /** Told that the server does not take it. */
    public interface User {
        /** @param why in words */
        void onLeftRefused(int status, FixedText why, long nowMs);
    }

    private static final byte[] AUID = Ascii.bytes("pidf-manipulation");
    private static final byte[] CONTENT_TYPE = Ascii.bytes("application/pidf+xml");
    private static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    private static final String DATA_MODEL = "urn:ietf:params:xml:ns:pidf:data-model";
    private static final String RPID = "urn:ietf:params:xml:ns:pidf:rpid";
    private static final int NS_PIDF = 0;
    private static final int NS_MODEL = 1;
    private static final int MOST_BYTES = 4096;
    private static final int MAX_DEPTH = 24;
    private static final byte[] PRESENCE = Ascii.bytes("presence");
    private static final byte[] PERSON = Ascii.bytes("person");
    private static final byte[] ID = Ascii.bytes("id");

    private final Account account;
    private final User user;
    private final XcapDocument document;
    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes(PIDF), Ascii.bytes(DATA_MODEL)}, MAX_DEPTH);
    private final XmlWriter writer = new XmlWriter();
    /** The same at every boot, and no other phone's. */
    private final FixedText id = new FixedText(16);
    /** What is to be said; empty: nothing is to be there. */
    private final FixedText words = new FixedText(96);
    private final FixedText wanted = new FixedText(96);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private boolean looked;
    private boolean there;
    private int others;

    /** @param xcap of the account's server */
    public LeftPresence(XcapClient xcap, Account account, User user) {
        this.account = account;
        this.user = user;
        document = new XcapDocument(xcap, AUID, CONTENT_TYPE, MOST_BYTES, this);
        id.sink(sink).put("left").putHex(Ascii.hash(account.instance.bytes(), 0, account.instance.length()), 8);
        id.take(sink);
    }

    /** Looks what is there. */
    public void look(long nowMs) {
        looked = true;
        document.look(nowMs);
    }

    /** What the owner does may be something else. @param isGone whether he went. @param note of his; may be empty */
    public void changed(boolean isGone, String where, FixedText note, long nowMs) {
        wanted.sink(sink);
        if (isGone) {
            sink.put(where);
            if (!note.isEmpty()) {
                sink.put(": ").put(note);
            }
        }
        if (!wanted.take(sink) || wanted.equals(words)) {
            return;
        }
        words.set(wanted);
        if (looked) {
            document.change(nowMs);
        }
    }

    @Override
    public void onDocument(Slice content, long nowMs) {
        read(content);
        if (there == words.isEmpty()) {
            document.change(nowMs);
        }
    }

    private void read(Slice content) {
        there = false;
        others = 0;
        xml.wrap(content);
        if (content.isEmpty() || xml.next() != XmlReader.START || !xml.is(NS_PIDF, PRESENCE)) {
            return;
        }
        while (xml.nextChild(0)) {
            boolean ours = xml.is(NS_MODEL, PERSON) && xml.attribute(ID, slice) && id.equals(slice);
            there |= ours;
            others += ours ? 0 : 1;
            xml.skip();
        }
    }

    @Override
    public boolean write(Slice before, XcapEdit edit) {
        read(before);
        if (words.isEmpty()) {
            if (there && others > 0) {
                person(edit).delete();
            } else if (there) {
                edit.delete();
            }
            return there;
        }
        if (before.isEmpty()) {
            writer.wrap(edit.document()).declaration();
            writer.start("presence").attribute("xmlns", PIDF).attribute("entity", account.address);
            write();
            writer.end("presence");
        } else {
            writer.wrap(person(edit).element());
            write();
        }
        return true;
    }

    private XcapEdit person(XcapEdit edit) {
        return edit.step("presence").step("dm:person", "id", id.slice(slice)).bind("dm", DATA_MODEL);
    }

    private void write() {
        writer.start("dm:person").attribute("xmlns:dm", DATA_MODEL).attribute("xmlns:rpid", RPID).attribute("id", id);
        writer.start("rpid:activities").start("rpid:away").end("rpid:away").end("rpid:activities");
        writer.start("dm:note").text(words).end("dm:note").end("dm:person");
    }

    @Override
    public boolean part(XcapEdit steps) {
        return false;
    }

    @Override
    public void onPut(long nowMs) {
        there = !words.isEmpty();
    }

    @Override
    public void onRefused(int status, FixedText why, long nowMs) {
        user.onLeftRefused(status, why, nowMs);
    }
}
