package org.sidetone.xml.schema;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/** An {@link XmlReader} that refuses, where it stands, what a {@link Schema} does not allow. */
public final class SchemaReader extends XmlReader {
    /** Well-formed, but not what the schema allows; {@link #describe} says what. */
    public static final int INVALID = -5;

    private static final int NOTHING = 0;
    private static final int WRONG_ROOT = 1;
    private static final int UNEXPECTED = 2;
    private static final int INCOMPLETE = 3;
    private static final int MISSING_ATTRIBUTE = 4;
    private static final int BAD_ATTRIBUTE = 5;
    private static final int BAD_VALUE = 6;
    private static final int TEXT_HERE = 7;
    private static final int REPEATED_ID = 8;
    private static final String[] WORDS = {"", "not the document expected: ", "not allowed here: ", "something is missing in ",
        "an attribute is missing in ", "a bad attribute in ", "a bad value in ", "text where only elements may be: ", "an id that is there already, in "};
    private static final int VALUE_BYTES = 96;
    private static final int IDS = 256;

    private final Schema schema;
    private final int[] type;
    private final int[] particle;
    private final int[] count;
    private final byte[] value = new byte[VALUE_BYTES];
    private final ByteSink sink = new ByteSink();
    private final Slice[] ids = new Slice[IDS];
    private int idCount;
    private final Slice name = new Slice();
    private final Slice attribute = new Slice();
    private int reason;

    /** @param maxDepth elements open at a time */
    public SchemaReader(Schema schema, int maxDepth) {
        super(schema.namespaces(), maxDepth);
        this.schema = schema;
        type = new int[maxDepth];
        particle = new int[maxDepth];
        count = new int[maxDepth];
        for (int i = 0; i < IDS; i++) {
            ids[i] = new Slice();
        }
    }

    @Override
    public XmlReader wrap(byte[] newBuffer, int offset, int length) {
        reason = NOTHING;
        idCount = 0;
        return super.wrap(newBuffer, offset, length);
    }

    @Override
    public int next() {
        if (reason != NOTHING) {
            return INVALID;
        }
        int e = super.next();
        int verdict = e == START ? onStart() : e == TEXT ? onText() : e == END ? onEnd() : NOTHING;
        if (verdict == NOTHING) {
            return e;
        }
        reason = verdict;
        return INVALID;
    }

    @Override
    public int refusal() {
        return reason != NOTHING ? INVALID : super.refusal();
    }

    /** Appends what was wrong, in words, after {@link #INVALID}. */
    public void describe(ByteSink out) {
        out.put(WORDS[reason]).put(name);
    }

    private int onStart() {
        int level = depth() - 1;
        localName(name);
        int own = level == 0 ? schema.global(namespace(), name) : typeWithin(level - 1);
        if (own == Schema.NONE) {
            return level == 0 ? WRONG_ROOT : UNEXPECTED;
        }
        type[level] = own;
        if (own == SimpleType.ANY) {
            return NOTHING;
        }
        particle[level] = schema.firstParticle[own];
        count[level] = 0;
        sink.wrap(value);
        return attributes(own);
    }

    /** The type of the element just started by what its parent allows at this place. */
    private int typeWithin(int parent) {
        int of = type[parent];
        if (of == SimpleType.ANY || schema.simple[of] == SimpleType.ANY) {
            return SimpleType.ANY;
        }
        for (; particle[parent] < schema.firstParticle[of + 1]; particle[parent]++, count[parent] = 0) {
            int p = particle[parent];
            int found = schema.match(p, namespace(), schema.namespace(of), name);
            boolean other = found == Schema.NONE && schema.allowsOther(p) && namespace() != schema.namespace(of) && namespace() != NO_NAMESPACE;
            if (found != Schema.NONE || other) {
                if (count[parent] == schema.most[p]) {
                    continue;
                }
                count[parent]++;
                return other ? foreign() : found;
            }
            if (count[parent] < schema.least[p]) {
                return Schema.NONE;
            }
        }
        return Schema.NONE;
    }

    private int foreign() {
        int known = namespace() < 0 ? Schema.NONE : schema.global(namespace(), name);
        return known == Schema.NONE ? SimpleType.ANY : known;
    }

    private int attributes(int of) {
        for (int a = schema.firstAttribute(of); a < schema.firstAttribute(of + 1); a++) {
            if (!attribute(schema.attributeName(a), attribute)) {
                if (schema.isRequired(a)) {
                    return MISSING_ATTRIBUTE;
                }
                continue;
            }
            if (!SimpleType.isGood(schema.attributeType(a), attribute.buffer(), attribute.offset(), attribute.length())) {
                return BAD_ATTRIBUTE;
            }
            if (schema.attributeType(a) == SimpleType.ID && !isNewId()) {
                return REPEATED_ID;
            }
        }
        return NOTHING;
    }

    private boolean isNewId() {
        for (int i = 0; i < idCount; i++) {
            if (ids[i].equals(attribute)) {
                return false;
            }
        }
        if (idCount < IDS) {
            ids[idCount++].set(attribute);
        }
        return true;
    }

    private int onText() {
        int level = depth() - 1;
        int of = type[level];
        if (of == SimpleType.ANY || schema.simple[of] == SimpleType.ANY) {
            return NOTHING;
        }
        if (schema.simple[of] != SimpleType.COMPLEX) {
            text(sink);
            return NOTHING;
        }
        return isBlank() ? NOTHING : TEXT_HERE;
    }

    private int onEnd() {
        int level = depth();
        int of = type[level];
        if (of == SimpleType.ANY || schema.simple[of] == SimpleType.ANY) {
            return NOTHING;
        }
        localName(name);
        if (schema.simple[of] != SimpleType.COMPLEX) {
            // what is longer than the buffer is a text, of which any value is good
            trim(sink, sink.start());
            return sink.overflowed() ? schema.simple[of] == SimpleType.STRING || schema.simple[of] == SimpleType.URI ? NOTHING : BAD_VALUE
                    : schema.isGoodValue(of, value, 0, sink.length()) ? NOTHING : BAD_VALUE;
        }
        for (int p = particle[level]; p < schema.firstParticle[of + 1]; p++) {
            if ((p == particle[level] ? count[level] : 0) < schema.least[p]) {
                return INCOMPLETE;
            }
        }
        return NOTHING;
    }
}
