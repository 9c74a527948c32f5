package org.sidetone.doc.pidf;

import org.sidetone.bytes.ByteSink;
import org.sidetone.xml.XmlWriter;

/** Writes {@link Capabilities} as {@code servcaps} or {@code devcaps}, prefix {@code caps}, in the order of the schema. */
final class CapabilitiesWriter {
    private static final String[] BEFORE_CLASS = {"application", "audio", "automata"};
    private final XmlWriter xml;
    private final RpidWriter rpid;

    CapabilitiesWriter(XmlWriter xml, RpidWriter rpid) {
        this.xml = xml;
        this.rpid = rpid;
    }

    void write(Capabilities c, boolean ofDevice) {
        if (!c.isSaid) {
            return;
        }
        if (ofDevice) {
            xml.start("caps:devcaps");
            rpid.notes("caps:description", c.descriptions);
            set("caps:mobility", c.mobility);
            xml.end("caps:devcaps");
            return;
        }
        xml.start("caps:servcaps");
        set("caps:actor", c.actors);
        for (int i = 0; i < BEFORE_CLASS.length; i++) {
            flag(c, i);
        }
        set("caps:class", c.classes);
        flag(c, Capabilities.CONTROL);
        flag(c, Capabilities.DATA);
        rpid.notes("caps:description", c.descriptions);
        set("caps:duplex", c.duplex);
        set("caps:event-packages", c.events);
        set("caps:extensions", c.extensions);
        flag(c, Capabilities.IS_FOCUS);
        flag(c, Capabilities.MESSAGE);
        set("caps:methods", c.methods);
        texts("caps:languages", "caps:l", c.languages);
        priorities(c.priorities);
        texts("caps:schemes", "caps:s", c.schemes);
        flag(c, Capabilities.TEXT);
        for (int i = 0; i < c.types.count(); i++) {
            xml.start("caps:type").text(c.types.text(i)).end("caps:type");
        }
        flag(c, Capabilities.VIDEO);
        xml.end("caps:servcaps");
    }

    private void flag(Capabilities c, int flag) {
        if (c.says(flag)) {
            start(Capabilities.FLAGS.name(flag)).put(c.has(flag) ? "true" : "false");
            end(Capabilities.FLAGS.name(flag));
        }
    }

    private ByteSink start(String localName) {
        return xml.raw().put("<caps:").put(localName).put('>');
    }

    private void end(String localName) {
        xml.raw().put("</caps:").put(localName).put('>');
    }

    private void set(String name, CapabilitySet set) {
        if (!set.isSaid()) {
            return;
        }
        xml.start(name);
        if (set.hasSupported) {
            bits("caps:supported", set.words, set.supported);
        }
        if (set.hasNotSupported) {
            bits("caps:notsupported", set.words, set.notSupported);
        }
        xml.end(name);
    }

    private void bits(String name, Vocabulary words, long bits) {
        xml.start(name);
        for (int i = 0; i < words.size(); i++) {
            if ((bits & 1L << i) != 0) {
                xml.empty("caps", words.name(i));
            }
        }
        xml.end(name);
    }

    private void texts(String name, String item, TextSet texts) {
        if (texts.count() == 0) {
            return;
        }
        xml.start(name);
        half("caps:supported", item, texts, true);
        half("caps:notsupported", item, texts, false);
        xml.end(name);
    }

    private void half(String name, String item, TextSet texts, boolean supported) {
        if (texts.countOf(supported) == 0) {
            return;
        }
        xml.start(name);
        for (int i = 0; i < texts.count(); i++) {
            if (texts.isSupported(i) == supported) {
                xml.start(item).text(texts.text(i)).end(item);
            }
        }
        xml.end(name);
    }

    private void priorities(Priorities p) {
        if (p.count == 0) {
            return;
        }
        xml.start("caps:priority");
        ranges("caps:supported", p, true);
        ranges("caps:notsupported", p, false);
        xml.end("caps:priority");
    }

    private void ranges(String name, Priorities p, boolean supported) {
        boolean any = false;
        for (int i = 0; i < p.count; i++) {
            any |= p.supported[i] == supported;
        }
        if (!any) {
            return;
        }
        xml.start(name);
        for (int i = 0; i < p.count; i++) {
            if (p.supported[i] == supported) {
                range(p.from[i], p.to[i]);
            }
        }
        xml.end(name);
    }

    /** The schema spells {@code higherhan}. */
    private void range(long from, long to) {
        String name = from == to ? "caps:equals" : to == Long.MAX_VALUE ? "caps:higherhan" : from == Long.MIN_VALUE ? "caps:lowerthan" : "caps:range";
        xml.start(name);
        if (from == to) {
            number("value", from);
        } else {
            if (from != Long.MIN_VALUE) {
                number("minvalue", from);
            }
            if (to != Long.MAX_VALUE) {
                number("maxvalue", to);
            }
        }
        xml.end(name);
    }

    private void number(String attribute, long value) {
        xml.attribute(attribute, "");
        xml.inAttribute().putDecimal(value);
    }
}
