package org.sidetone.switchboard.xcap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.sidetone.switchboard.store.Store;

/** All documents, by name, each with its entity tag; every change goes to the store. */
public final class Documents {
    /** One document. @param tag as HTTP has it, quotes included */
    public record Document(byte[] content, String tag) {
        /** The element that a node selector means. @return null when there is none */
        public byte[] select(String node, String namespace) {
            DocumentEditor editor = new DocumentEditor();
            editor.open(content, namespace, Map.of());
            int found = editor.find(node);
            return found < 0 || !editor.isElement(found) ? null : editor.contentWithBindings(found);
        }
    }

    private static final String PREFIX = "xcap/";

    private final Store store;
    private final LongSupplier random;
    private final TreeMap<String, Document> documents = new TreeMap<>();

    /** @param random makes entity tags */
    public Documents(Store store, LongSupplier random) {
        this.store = store;
        this.random = random;
        store.forEach(PREFIX, (key, value) -> {
            ByteBuffer in = ByteBuffer.wrap(value);
            byte[] tag = new byte[in.getInt()];
            in.get(tag);
            byte[] content = Arrays.copyOfRange(value, in.position(), value.length);
            documents.put(key.substring(PREFIX.length()), new Document(content, new String(tag, StandardCharsets.US_ASCII)));
        });
    }

    /** Null when there is none. */
    public Document get(String name) {
        return documents.get(name);
    }

    /** How many there are below a prefix of names. */
    int count(String prefix) {
        return below(prefix).size();
    }

    /** Shows every document below a prefix of names, in their order. */
    public void forEach(String prefix, BiConsumer<String, Document> visitor) {
        below(prefix).forEach(visitor);
    }

    private Map<String, Document> below(String prefix) {
        return documents.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
    }

    /** Takes a new content over and starts writing it. @return the store's ticket */
    long put(String name, byte[] content) {
        Document made = new Document(content, "\"" + Long.toHexString(random.getAsLong()) + "\"");
        documents.put(name, made);
        byte[] tag = made.tag().getBytes(StandardCharsets.US_ASCII);
        return store.put(PREFIX + name, ByteBuffer.allocate(4 + tag.length + content.length).putInt(tag.length).put(tag).put(content).array());
    }

    long remove(String name) {
        documents.remove(name);
        return store.remove(PREFIX + name);
    }
}
