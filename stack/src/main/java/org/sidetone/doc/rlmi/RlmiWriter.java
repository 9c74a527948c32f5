package org.sidetone.doc.rlmi;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlWriter;

/** Writes one document: {@link #begin}, for each resource {@link #resource} and at most one {@link #instance}, {@link #end}. */
public final class RlmiWriter {
    private final XmlWriter xml = new XmlWriter();
    private boolean open;

    /** @param version counts the notifications of one subscription from 0 */
    public void begin(long version, boolean full, Slice list, ByteSink out) {
        xml.wrap(out).declaration().start("list").attribute("xmlns", Rlmi.NAMESPACE).attribute("uri", list).attribute("version", "");
        xml.inAttribute().putDecimal(version);
        xml.attribute("fullState", full ? "true" : "false");
        open = false;
    }

    /** @param name for a person; empty: none */
    public void resource(Slice uri, Slice name) {
        close();
        xml.start("resource").attribute("uri", uri);
        if (!name.isEmpty()) {
            xml.start("name").text(name).end("name");
        }
        open = true;
    }

    /** The state of the resource. @param part number of the part that has it; negative: none. @param reason of the end, null otherwise */
    public void instance(int state, String reason, int part) {
        xml.start("instance").attribute("id", "1").attribute("state", Rlmi.stateName(state));
        if (reason != null) {
            xml.attribute("reason", reason);
        }
        if (part >= 0) {
            xml.attribute("cid", "");
            putPart(part, xml.inAttribute());
        }
        xml.end("instance");
    }

    /** Appends the identifier of a part. */
    public static void putPart(int part, ByteSink out) {
        out.put('p').putDecimal(part).put("@list.invalid");
    }

    private void close() {
        if (open) {
            xml.end("resource");
            open = false;
        }
    }

    public void end() {
        close();
        xml.end("list");
    }
}
