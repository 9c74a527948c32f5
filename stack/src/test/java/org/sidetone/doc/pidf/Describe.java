package org.sidetone.doc.pidf;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** Every value of a document in words, so that two are compared whole and a field that somebody adds is compared too. */
final class Describe {
    private Describe() {
    }

    static String document(PresenceDocument d) throws IllegalAccessException {
        StringBuilder s = new StringBuilder(d.entity.toString()).append('\n');
        describe(d.notes, s);
        for (int kind = Component.SERVICE; kind <= Component.DEVICE; kind++) {
            for (int i = 0; i < d.count(); i++) {
                if (d.component(i).kind == kind) {
                    describe(d.component(i), s);
                    s.append('\n');
                }
            }
        }
        return s.toString();
    }

    private static void describe(Object o, StringBuilder s) throws IllegalAccessException {
        if (o instanceof Slice || o instanceof FixedText || o instanceof Number || o instanceof Boolean) {
            s.append(o);
        } else if (o instanceof Vocabulary) {
            return;
        } else if (o.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(o); i++) {
                describe(Array.get(o, i), s);
                s.append(',');
            }
        } else {
            for (Field f : o.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(f.getModifiers())) {
                    f.setAccessible(true);
                    s.append(' ').append(f.getName()).append('=');
                    describe(f.get(o), s);
                }
            }
        }
    }
}
