package org.sidetone.firmware.rig;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** Appends one line of JSON. Commas come by themselves. */
public final class JsonWriter {
    private final ByteSink sink = new ByteSink();
    private boolean comma;

    public JsonWriter wrap(byte[] buffer, int offset) {
        sink.wrap(buffer, offset, buffer.length - offset);
        comma = false;
        return this;
    }

    public ByteSink sink() {
        return sink;
    }

    private void separate() {
        if (comma) {
            sink.put(',');
        }
        comma = true;
    }

    public JsonWriter name(String name) {
        separate();
        sink.put('"').put(name).put('"').put(':');
        comma = false;
        return this;
    }

    public JsonWriter open(char bracket) {
        separate();
        sink.put(bracket);
        comma = false;
        return this;
    }

    public JsonWriter close(char bracket) {
        sink.put(bracket);
        comma = true;
        return this;
    }

    public JsonWriter number(long value) {
        separate();
        sink.putDecimal(value);
        return this;
    }

    public JsonWriter bool(boolean value) {
        separate();
        sink.put(value ? "true" : "false");
        return this;
    }

    public JsonWriter none() {
        separate();
        sink.put("null");
        return this;
    }

    public JsonWriter text(String value) {
        separate();
        sink.put('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        sink.put('"');
        return this;
    }

    public JsonWriter text(char[] value) {
        separate();
        sink.put('"');
        for (int i = 0; i < value.length; i++) {
            character(value[i]);
        }
        sink.put('"');
        return this;
    }

    public JsonWriter text(FixedText value) {
        return text(value.bytes(), 0, value.length());
    }

    public JsonWriter text(Slice value) {
        return text(value.buffer(), value.offset(), value.length());
    }

    private JsonWriter text(byte[] b, int offset, int length) {
        separate();
        sink.put('"');
        for (int i = offset; i < offset + length; i++) {
            if (b[i] < 0) {
                sink.put(b[i]);
            } else {
                character((char) b[i]);
            }
        }
        sink.put('"');
        return this;
    }

    private void character(char c) {
        if (c == '"' || c == '\\') {
            sink.put('\\').put(c);
        } else if (c < ' ') {
            sink.put("\\u00").putHex(c, 2);
        } else {
            sink.putCodePoint(c);
        }
    }
}
