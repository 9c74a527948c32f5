package org.sidetone.doc.pidf;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.date.Dates;
import org.sidetone.xml.XmlWriter;

/** Writes {@code application/pidf+xml}: a tuple when open or closed is known and, when there is something to say of the person, a person. */
public final class PidfWriter {
    private final XmlWriter xml = new XmlWriter();
    private final Dates dates = new Dates();

    /**
     * Appends a document.
     * @param tupleId an XML name, the same for the same device every time
     * @param contact URI of the service, may be empty
     * @param unixSec for the timestamp; negative: the time is not known and none is written
     */
    public void write(Presence state, FixedText tupleId, FixedText contact, long unixSec, ByteSink out) {
        xml.wrap(out).declaration();
        xml.start("presence").attribute("xmlns", PidfReader.PIDF).attribute("xmlns:dm", PidfReader.DATA_MODEL)
                .attribute("xmlns:rpid", PidfReader.RPID).attribute("entity", state.entity);
        if (state.basic() != Presence.UNKNOWN) {
            tuple(state, tupleId, contact, unixSec);
        }
        if (state.activities() != 0 || state.isIdle() || !state.note.isEmpty()) {
            person(state);
        }
        xml.end("presence");
    }

    private void tuple(Presence state, FixedText tupleId, FixedText contact, long unixSec) {
        xml.start("tuple").attribute("id", tupleId);
        xml.start("status").start("basic").text(state.basic() == Presence.OPEN ? "open" : "closed").end("basic").end("status");
        if (!contact.isEmpty()) {
            xml.start("contact").text(contact).end("contact");
        }
        if (unixSec >= 0) {
            xml.start("timestamp");
            dates.putRfc3339(unixSec, xml.raw());
            xml.end("timestamp");
        }
        xml.end("tuple");
    }

    private void person(Presence state) {
        xml.start("dm:person").attribute("id", "person");
        if (state.activities() != 0) {
            xml.start("rpid:activities");
            for (int i = 0; i < Activity.count(); i++) {
                if (state.isDoing(1 << i)) {
                    xml.empty("rpid", Activity.name(i));
                }
            }
            xml.end("rpid:activities");
        }
        if (state.isIdle()) {
            xml.start("rpid:user-input").text("idle").end("rpid:user-input");
        }
        if (!state.note.isEmpty()) {
            xml.start("dm:note").text(state.note).end("dm:note");
        }
        xml.end("dm:person");
    }
}
