package org.sidetone.doc.pidf;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/** A presence document in its parts, read or to be written. Its texts are its own: it outlives the array it was read from. */
public final class PresenceDocument {
    public final FixedText entity = new FixedText(160);
    public final Notes notes = new Notes();
    private final Component[] components;
    private int count;
    private final byte[] texts;
    private int used;
    private boolean truncated;
    private final ByteSink sink = new ByteSink();

    /** @param components services, persons and devices there is room for. @param textBytes octets of all texts together */
    public PresenceDocument(int components, int textBytes) {
        this.components = new Component[components];
        for (int i = 0; i < components; i++) {
            this.components[i] = new Component();
        }
        texts = new byte[textBytes];
    }

    public void clear() {
        entity.clear();
        notes.clear();
        count = 0;
        used = 0;
        truncated = false;
    }

    public int count() {
        return count;
    }

    public Component component(int index) {
        return components[index];
    }

    /** Adds a part. @return null when there is no room */
    public Component add(int kind) {
        if (count == components.length) {
            truncated = true;
            return null;
        }
        components[count].clear(kind);
        return components[count++];
    }

    /** Whether something was left out for want of room. */
    public boolean isTruncated() {
        return truncated;
    }

    void truncate() {
        truncated = true;
    }

    /** Keeps the text of the element just started, and leaves the element. */
    void keepText(XmlReader xml, Slice into) {
        sink.wrap(texts, used, texts.length - used);
        xml.elementText(sink);
        keep(into);
    }

    /** Keeps the value of an attribute. */
    void keepValue(XmlReader xml, Slice raw, Slice into) {
        sink.wrap(texts, used, texts.length - used);
        xml.unescape(raw, sink);
        keep(into);
    }

    /** Keeps a text that has no references in it. */
    public void keep(Slice text, Slice into) {
        sink.wrap(texts, used, texts.length - used).put(text);
        keep(into);
    }

    public void keep(FixedText text, Slice into) {
        sink.wrap(texts, used, texts.length - used).put(text);
        keep(into);
    }

    public void keep(String text, Slice into) {
        sink.wrap(texts, used, texts.length - used).put(text);
        keep(into);
    }

    private void keep(Slice into) {
        if (sink.overflowed()) {
            truncated = true;
            into.clear();
            return;
        }
        into.wrap(texts, used, sink.length());
        used += sink.length();
    }

    /** Adds a note in no language. @return false when there is no room */
    public boolean addNote(Notes to, FixedText text) {
        int i = to.add();
        if (i < 0) {
            truncated = true;
            return false;
        }
        keep(text, to.text(i));
        return true;
    }
}
