package org.sidetone.doc.conference;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlWriter;

/** Writes one full document about one room: {@link #begin}, {@link #user} for each, {@link #end}. */
public final class ConferenceWriter {
    private final XmlWriter xml = new XmlWriter();

    /** @param version counts the documents of one subscription from 0. @param name for people */
    public void begin(long version, Slice room, FixedText name, int users, ByteSink out) {
        xml.wrap(out).declaration().start("conference-info").attribute("xmlns", ConferenceInfo.NAMESPACE).attribute("xmlns:xcon", ConferenceInfo.XCON).attribute("entity", room).attribute("state", "full");
        xml.attribute("version", "");
        xml.inAttribute().putDecimal(version);
        xml.start("conference-description").start("display-text").text(name).end("display-text").end("conference-description");
        xml.start("conference-state").start("user-count").text("");
        out.putDecimal(users);
        xml.end("user-count").start("active").text(users > 0 ? "true" : "false").end("active").end("conference-state").start("users");
    }

    /** @param nickname empty: none. @param name for people; empty: none. @param endpoints sessions that he takes part by */
    public void user(FixedText address, FixedText nickname, FixedText name, int endpoints) {
        xml.start("user").attribute("entity", address).attribute("state", "full");
        if (!nickname.isEmpty()) {
            xml.attribute("xcon:nickname", nickname);
        }
        if (!name.isEmpty()) {
            xml.start("display-text").text(name).end("display-text");
        }
        for (int i = 0; i < endpoints; i++) {
            xml.start("endpoint").attribute("entity", address).start("status").text("connected").end("status").start("media").attribute("id", "1").start("type").text("message")
                    .end("type").end("media").end("endpoint");
        }
        xml.end("user");
    }

    public void end() {
        xml.end("users").end("conference-info");
    }
}
