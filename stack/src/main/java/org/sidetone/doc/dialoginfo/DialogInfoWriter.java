package org.sidetone.doc.dialoginfo;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlWriter;

/** Writes one full document about the dialogs of a user: {@link #begin}, {@link #dialog} for each, {@link #end}. */
public final class DialogInfoWriter {
    private final XmlWriter xml = new XmlWriter();

    /** @param version counts the documents of one subscription from 0 */
    public void begin(long version, Slice entity, ByteSink out) {
        xml.wrap(out).declaration().start("dialog-info").attribute("xmlns", DialogInfo.NAMESPACE).attribute("version", "");
        xml.inAttribute().putDecimal(version);
        xml.attribute("state", "full").attribute("entity", entity);
    }

    /** @param state {@link DialogInfo#TRYING} and so on. @param direction {@link DialogInfo#INITIATOR} or {@link DialogInfo#RECIPIENT} */
    public void dialog(long id, int state, int direction) {
        xml.start("dialog").attribute("id", "d");
        xml.inAttribute().putDecimal(id);
        xml.attribute("direction", "");
        xml.inAttribute().put(DialogInfo.directionName(direction));
        xml.start("state").raw().put(DialogInfo.stateName(state));
        xml.end("state").end("dialog");
    }

    public void end() {
        xml.end("dialog-info");
    }
}
