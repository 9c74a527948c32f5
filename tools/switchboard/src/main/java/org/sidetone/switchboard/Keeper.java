package org.sidetone.switchboard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.event.publish.EventStateCompositor;
import org.sidetone.event.publish.Publication;
import org.sidetone.hal.Clock;
import org.sidetone.port.Flow;
import org.sidetone.sip.register.Binding;
import org.sidetone.sip.register.Registrar;
import org.sidetone.switchboard.store.Store;

/** Writes bindings and publications into the store as they change, and puts them back at start, less what expired meanwhile. */
final class Keeper {
    private static final String BINDING = "binding/";
    private static final String PUBLICATION = "publication/";

    private final Store store;
    private final Clock clock;

    Keeper(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private void put(String key, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store.put(key, bytes.toByteArray());
    }

    private static void text(DataOutputStream out, FixedText text) throws IOException {
        out.writeInt(text.length());
        out.write(text.bytes(), 0, text.length());
    }

    private static Slice text(DataInputStream in) throws IOException {
        byte[] b = new byte[in.readInt()];
        in.readFully(b);
        return new Slice().wrap(b);
    }

    void keep(Binding b, long nowMs) {
        String key = BINDING + b.addressOfRecord() + "/" + b.contact() + (b.regId() > 0 ? "/" + b.instance() + b.regId() : "");
        if (!b.isOpen()) {
            store.remove(key);
            return;
        }
        long expiresAt = clock.wallMs() + b.expiresAtMs() - nowMs;
        put(key, out -> {
            text(out, b.addressOfRecord());
            text(out, b.contact());
            text(out, b.callId());
            out.writeLong(b.sequence());
            out.writeInt(b.flow().transport());
            out.writeLong(b.flow().addressHigh());
            out.writeLong(b.flow().addressLow());
            out.writeInt(b.flow().port());
            out.writeLong(expiresAt);
            text(out, b.instance());
            out.writeLong(b.regId());
            out.writeInt(b.q());
            text(out, b.path());
            text(out, b.temporaryGruu());
        });
    }

    void restoreBindings(Registrar registrar, long nowMs) {
        store.forEach(BINDING, (key, value) -> {
            try {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(value));
                FixedText user = new FixedText(160);
                user.set(text(in));
                Slice contact = text(in);
                Slice callId = text(in);
                long sequence = in.readLong();
                Flow flow = new Flow().set(in.readInt(), in.readLong(), in.readLong(), in.readInt(), 0);
                long left = (in.readLong() - clock.wallMs()) / 1000;
                if (left > 0) {
                    Slice instance = text(in);
                    long regId = in.readLong();
                    int q = in.readInt();
                    Slice path = text(in);
                    Slice temporaryGruu = text(in);
                    Binding b = registrar.restore(user, contact, callId, sequence, flow, left, nowMs);
                    if (b != null) {
                        registrar.restoreDevice(b, instance, regId, q, path, temporaryGruu);
                    }
                } else {
                    store.remove(key);
                }
            } catch (IOException e) {
                store.remove(key);
            }
        });
    }

    void keep(Publication p, long nowMs) {
        String key = PUBLICATION + p.resource() + "/" + p.slot();
        if (!p.isOpen()) {
            store.remove(key);
            return;
        }
        long expiresAt = clock.wallMs() + p.expiresAtMs() - nowMs;
        put(key, out -> {
            text(out, p.resource());
            text(out, p.entityTag());
            text(out, p.body());
            out.writeLong(expiresAt);
            out.writeInt(p.event().length);
            out.write(p.event());
        });
    }

    void restorePublications(EventStateCompositor compositor, long nowMs) {
        store.forEach(PUBLICATION, (key, value) -> {
            store.remove(key);                          // it is kept again under its new slot
            try {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(value));
                FixedText resource = new FixedText(160);
                resource.set(text(in));
                FixedText tag = new FixedText(32);
                tag.set(text(in));
                Slice body = text(in);
                long left = (in.readLong() - clock.wallMs()) / 1000;
                Publication p = left > 0 ? compositor.restore(text(in), resource, tag, body, left, nowMs) : null;
                if (p != null) {
                    keep(p, nowMs);
                }
            } catch (IOException e) {
                // a value of another version: it is gone with the key
            }
        });
    }
}
