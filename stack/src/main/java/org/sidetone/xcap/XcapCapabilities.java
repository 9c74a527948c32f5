package org.sidetone.xcap;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/**
 * Which application usages the server has, as its {@code xcap-caps} say (RFC 4825 section 12); asked once, before anything else. A server that does not say is taken to
 * have them all.
 */
final class XcapCapabilities implements XcapDocument.Owner {
    private static final int MOST_BYTES = 4096;
    private static final int MAX_DEPTH = 8;
    private static final byte[] AUID = Ascii.bytes("xcap-caps");
    private static final byte[] CONTENT_TYPE = Ascii.bytes("application/xcap-caps+xml");
    private static final byte[] ROOT = Ascii.bytes("xcap-caps");
    private static final byte[] AUIDS = Ascii.bytes("auids");
    private static final byte[] ONE = Ascii.bytes("auid");

    private final XcapClient client;
    private final XcapDocument document;
    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes("urn:ietf:params:xml:ns:xcap-caps")}, MAX_DEPTH);
    private final FixedText text = new FixedText(128);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private Slice offered;
    private boolean asked;
    private boolean known;

    XcapCapabilities(XcapClient client) {
        this.client = client;
        document = new XcapDocument(client, AUID, CONTENT_TYPE, MOST_BYTES, this, true);
    }

    boolean areKnown(long nowMs) {
        if (!asked) {
            asked = true;
            document.look(nowMs);
        }
        return known;
    }

    /** Asks again now, if the server was asked and was away. */
    void hurry(long nowMs) {
        if (asked && !known) {
            document.look(nowMs);
        }
    }

    /** Within {@link XcapClient#onCapabilities}: whether there is an application usage. */
    boolean has(byte[] auid) {
        xml.wrap(offered);
        xml.next();
        while (xml.nextChild(0)) {
            if (!xml.is(0, AUIDS)) {
                xml.skip();
                continue;
            }
            while (xml.nextChild(1)) {
                boolean one = xml.is(0, ONE);
                boolean fits = xml.elementText(text.sink(sink)) >= 0 & text.take(sink);
                if (one && fits && text.equals(auid)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isReadable() {
        xml.wrap(offered);
        boolean ours = xml.next() == XmlReader.START && xml.is(0, ROOT);
        while (ours && xml.nextChild(0)) {
            xml.skip();
        }
        return ours && xml.refusal() == 0;
    }

    @Override
    public void onDocument(Slice content, long nowMs) {
        known = true;
        offered = content;
        client.onCapabilities(content.isEmpty() || !isReadable() ? null : this, nowMs);
    }

    @Override
    public boolean write(Slice before, XcapEdit edit) {
        return false;
    }

    @Override
    public boolean part(XcapEdit steps) {
        return false;
    }

    @Override
    public void onPut(long nowMs) {
        // it is only read
    }

    @Override
    public void onRefused(int status, FixedText why, long nowMs) {
        known = true;
        client.onCapabilities(null, nowMs);
    }
}
