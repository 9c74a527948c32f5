package org.sidetone.doc.policy;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.XmlWriter;

/**
 * The rules that the owner of a phone makes one by one, as a rule set: who may see everything, who sees him offline, who is blocked, and that he is asked of anybody
 * else, whom no exception names. Rules of other names in the same document are somebody else's and are left as they are.
 */
public final class OwnersRules {
    /** Those that the owner decided on. */
    public interface People {
        int count();

        Slice address(int index, Slice out);

        /** {@link Permissions#ALLOW}, {@link Permissions#POLITE_BLOCK} or {@link Permissions#BLOCK}; {@link #UNDECIDED}: no rule is for him. */
        int handling(int index);
    }

    /** Told of the people that a document names. */
    public interface Reader {
        void onPerson(Slice address, int handling);
    }

    /** Nothing was decided on somebody. */
    public static final int UNDECIDED = -1;

    private static final int MAX_DEPTH = 16;
    private static final int CP = PolicySchema.NS_COMMON;
    private static final byte[] RULE = Ascii.bytes("rule");
    private static final byte[] ONE = Ascii.bytes("one");
    private static final byte[] ID = Ascii.bytes("id");
    private static final byte[] ASKED = Ascii.bytes("asked");
    private static final String[] NAMES = {"allowed", "sees-offline", "blocked"};
    private static final byte[][] IDS = {Ascii.bytes(NAMES[0]), Ascii.bytes(NAMES[1]), Ascii.bytes(NAMES[2])};
    private static final int[] HANDLINGS = {Permissions.ALLOW, Permissions.POLITE_BLOCK, Permissions.BLOCK};
    private static final String[] WORDS = {"allow", "polite-block", "block"};
    private static final String EVERYTHING = "<pr:provide-services><pr:all-services/></pr:provide-services><pr:provide-persons><pr:all-persons/></pr:provide-persons>"
            + "<pr:provide-devices><pr:all-devices/></pr:provide-devices><pr:provide-all-attributes/>";

    private final XmlReader xml = new XmlReader(PolicySchema.NAMESPACES, MAX_DEPTH);
    private final XmlWriter writer = new XmlWriter();
    private final FixedText text = new FixedText(256);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private int others;

    /**
     * Appends a rule set.
     * @param before the document that it takes the place of, whose other rules are copied; empty: there is none. @return false when that cannot be read
     */
    public boolean write(People people, Slice before, ByteSink out) {
        writer.wrap(out).declaration();
        writer.start("cp:ruleset").attribute("xmlns:cp", PolicySchema.COMMON_POLICY).attribute("xmlns:pr", PolicySchema.PRES_RULES);
        for (int i = 0; i < NAMES.length; i++) {
            rule(people, i);
        }
        writer.start("cp:rule").attribute("id", "asked").start("cp:conditions").start("cp:identity").start("cp:many");
        for (int i = 0; i < people.count(); i++) {
            if (people.handling(i) != UNDECIDED) {
                writer.start("cp:except").attribute("id", people.address(i, slice)).end("cp:except");
            }
        }
        writer.end("cp:many").end("cp:identity").end("cp:conditions");
        handling("confirm");
        writer.end("cp:rule");
        boolean good = before.isEmpty() || copyOthers(before, out);
        writer.end("cp:ruleset");
        return good;
    }

    private void rule(People people, int kind) {
        boolean open = false;
        for (int i = 0; i < people.count(); i++) {
            if (people.handling(i) != HANDLINGS[kind]) {
                continue;
            }
            if (!open) {
                writer.start("cp:rule").attribute("id", NAMES[kind]).start("cp:conditions").start("cp:identity");
                open = true;
            }
            writer.start("cp:one").attribute("id", people.address(i, slice)).end("cp:one");
        }
        if (open) {
            writer.end("cp:identity").end("cp:conditions");
            handling(WORDS[kind]);
            if (HANDLINGS[kind] == Permissions.ALLOW) {
                writer.start("cp:transformations").text(EVERYTHING).end("cp:transformations");
            }
            writer.end("cp:rule");
        }
    }

    private void handling(String word) {
        writer.start("cp:actions").start("pr:sub-handling").text(word).end("pr:sub-handling").end("cp:actions");
    }

    private boolean copyOthers(Slice before, ByteSink out) {
        byte[] b = before.buffer();
        xml.wrap(before);
        if (xml.next() != XmlReader.START) {
            return false;
        }
        while (xml.nextChild(0)) {
            boolean own = xml.is(CP, RULE) && xml.attribute(ID, slice) && (kind() >= 0 || slice.equals(ASKED));
            if (!own) {
                int from = xml.elementStart();
                int name = xml.endOfElementName();
                writer.raw().put(b, from, name - from);
                xml.putInheritedBindings(out);
                xml.skip();
                out.put(b, name, xml.position() - name);
            } else {
                xml.skip();
            }
        }
        return xml.refusal() == 0;
    }

    private int kind() {
        for (int i = 0; i < IDS.length; i++) {
            if (slice.equals(IDS[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Reads who is named in the rules of ours. @return false when the document cannot be read; what was told before stands */
    public boolean read(Slice document, Reader reader) {
        others = 0;
        xml.wrap(document);
        if (xml.next() != XmlReader.START) {
            return false;
        }
        while (xml.nextChild(0)) {
            int kind = xml.is(CP, RULE) && xml.attribute(ID, slice) ? kind() : -1;
            others += xml.is(CP, RULE) && kind < 0 && !slice.equals(ASKED) ? 1 : 0;
            int level = xml.depth() - 1;
            int e = XmlReader.START;
            while (e > 0 && !(e == XmlReader.END && xml.depth() == level)) {
                if (kind >= 0 && e == XmlReader.START && xml.is(CP, ONE) && xml.attribute(ID, slice)) {
                    xml.unescape(slice, text.sink(sink));
                    if (text.take(sink)) {
                        reader.onPerson(text.slice(slice), HANDLINGS[kind]);
                    }
                }
                e = xml.next();
            }
        }
        return xml.refusal() == 0;
    }

    /** Rules of other names in the document that was read last: somebody else made them, and they count too. */
    public int others() {
        return others;
    }
}
