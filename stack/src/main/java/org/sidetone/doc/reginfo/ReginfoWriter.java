package org.sidetone.doc.reginfo;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlWriter;

/** Writes one full document about one address of record: {@link #begin}, {@link #contact} for each, {@link #end}. */
public final class ReginfoWriter {
    private final XmlWriter xml = new XmlWriter();

    /** @param version counts the documents of one subscription from 0. @param state {@link Reginfo#INIT} and so on */
    public void begin(long version, Slice addressOfRecord, long id, int state, ByteSink out) {
        xml.wrap(out).declaration().start("reginfo").attribute("xmlns", Reginfo.NAMESPACE);
        number("version", version);
        xml.attribute("state", "full").start("registration").attribute("aor", addressOfRecord);
        identifier(id);
        xml.attribute("state", Reginfo.stateName(state));
    }

    /** @param expiresSec negative: not said. @param q in thousandths */
    public void contact(FixedText uri, FixedText callId, long sequence, long id, int event, long expiresSec, int q) {
        boolean gone = event >= Reginfo.EXPIRED;
        xml.start("contact");
        identifier(id);
        xml.attribute("state", gone ? "terminated" : "active").attribute("event", Reginfo.eventName(event));
        if (!gone && expiresSec >= 0) {
            number("expires", expiresSec);
        }
        if (q < 1000) {
            xml.attribute("q", "0.");
            xml.inAttribute().putPadded(q, 3);
        }
        xml.attribute("callid", callId);
        number("cseq", sequence);
        xml.start("uri").text(uri).end("uri").end("contact");
    }

    public void end() {
        xml.end("registration").end("reginfo");
    }

    private void number(String name, long n) {
        xml.attribute(name, "");
        xml.inAttribute().putDecimal(n);
    }

    private void identifier(long id) {
        xml.attribute("id", "r");
        xml.inAttribute().putHex(id, 8);
    }
}
