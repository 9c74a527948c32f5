package org.sidetone.doc.pidf;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlWriter;

/** Writes {@code application/pidf+xml} with all its extensions, in the order of the schemas. */
public final class PidfWriter {
    private final XmlWriter xml = new XmlWriter();
    private final RpidWriter rpid = new RpidWriter(xml);
    private final CapabilitiesWriter capabilities = new CapabilitiesWriter(xml, rpid);

    /** Appends a document; a namespace is declared when something of it may stand there. */
    public void write(PresenceDocument d, ByteSink out) {
        xml.wrap(out).declaration();
        xml.start("presence").attribute("xmlns", PidfSchema.PIDF);
        declare(d);
        xml.attribute("entity", d.entity);
        for (int i = 0; i < d.count(); i++) {
            if (d.component(i).kind == Component.SERVICE && d.component(i).basic != Presence.UNKNOWN) {     // a status without a value is none
                tuple(d.component(i));
            }
        }
        rpid.notes("note", d.notes);
        for (int i = 0; i < d.count(); i++) {
            if (d.component(i).kind != Component.SERVICE) {
                part(d.component(i));
            }
        }
        xml.end("presence");
    }

    private void declare(PresenceDocument d) {
        boolean caps = false;
        boolean cipid = false;
        boolean timed = false;
        boolean place = false;
        boolean model = false;
        boolean rich = false;
        for (int i = 0; i < d.count(); i++) {
            Component c = d.component(i);
            caps |= c.capabilities.isSaid;
            cipid |= hasCipid(c.cipid);
            timed |= c.timedCount > 0;
            place |= c.rpid.placeType >= 0;
            model |= c.kind != Component.SERVICE || c.deviceCount > 0;
            rich |= !c.rpid.isEmpty();
            for (int k = 0; k < c.timedCount; k++) {
                rich |= c.timed[k].activities != 0;
            }
        }
        declare(model, "xmlns:dm", PidfSchema.DATA_MODEL);
        declare(rich, "xmlns:rpid", PidfSchema.RPID);
        declare(caps, "xmlns:caps", PidfSchema.CAPS);
        declare(cipid, "xmlns:c", PidfSchema.CIPID);
        declare(timed, "xmlns:ts", PidfSchema.TIMED_STATUS);
        declare(place, "xmlns:lt", PidfSchema.PLACE);
    }

    private void declare(boolean needed, String prefix, String namespace) {
        if (needed) {
            xml.attribute(prefix, namespace);
        }
    }

    private void tuple(Component c) {
        xml.start("tuple").attribute("id", c.id).start("status");
        xml.start("basic").text(c.basic == Presence.OPEN ? "open" : "closed").end("basic").end("status");
        rpid.write(c.rpid);
        for (int i = 0; i < c.deviceCount; i++) {
            text("dm:deviceID", c.deviceIds[i]);
        }
        capabilities.write(c.capabilities, false);
        cipid(c.cipid);
        for (int i = 0; i < c.timedCount; i++) {
            timed(c.timed[i]);
        }
        if (!c.contact.isEmpty()) {
            xml.start("contact");
            if (c.priority >= 0) {
                xml.attribute("priority", "");
                putThousandths(c.priority, xml.inAttribute());
            }
            xml.text(c.contact).end("contact");
        }
        rpid.notes("note", c.notes);
        rpid.timestamp("timestamp", c.timestampSec);
        xml.end("tuple");
    }

    private static void putThousandths(int n, ByteSink out) {
        if (n >= 1000) {
            out.put('1');
        } else {
            out.put("0.").putPadded(n, 3);
        }
    }

    private void timed(TimedStatus t) {
        xml.start("ts:timed-status");
        rpid.period(t.period);
        if (t.basic != Presence.UNKNOWN) {
            xml.start("ts:basic").text(t.basic == Presence.OPEN ? "open" : "closed").end("ts:basic");
        }
        if (t.notes.count() > 0) {
            text("ts:note", t.notes.text(0));
        }
        if (t.activities != 0) {
            rpid.activities(t.activities);
        }
        xml.end("ts:timed-status");
    }

    private void part(Component c) {
        boolean device = c.kind == Component.DEVICE;
        xml.start(device ? "dm:device" : "dm:person").attribute("id", c.id);
        rpid.write(c.rpid);
        capabilities.write(c.capabilities, device);
        cipid(c.cipid);
        if (device && c.deviceCount > 0) {
            text("dm:deviceID", c.deviceIds[0]);
        }
        rpid.notes("dm:note", c.notes);
        rpid.timestamp("dm:timestamp", c.timestampSec);
        xml.end(device ? "dm:device" : "dm:person");
    }

    private static boolean hasCipid(Cipid c) {
        return !c.card.isEmpty() || !c.displayName.isEmpty() || !c.homepage.isEmpty() || !c.icon.isEmpty() || !c.map.isEmpty()
                || !c.sound.isEmpty();
    }

    private void cipid(Cipid c) {
        text("c:card", c.card);
        text("c:display-name", c.displayName);
        text("c:homepage", c.homepage);
        text("c:icon", c.icon);
        text("c:map", c.map);
        text("c:sound", c.sound);
    }

    private void text(String name, Slice text) {
        if (!text.isEmpty()) {
            xml.start(name).text(text).end(name);
        }
    }
}
