package org.sidetone.hal.bind;

import org.sidetone.bytes.Slice;
import org.sidetone.hal.Smime;
import org.sidetone.port.MessageSecurity;

/** The stack's message security from the body's S/MIME; codes and marks are the same numbers on both sides. */
public final class SmimeSecurity implements MessageSecurity {
    private final Smime smime;
    private final Smime.Completion completion = new Smime.Completion();

    public SmimeSecurity(Smime smime) {
        this.smime = smime;
    }

    @Override
    public boolean canProtect(Slice address) {
        return smime.canProtect(address.buffer(), address.offset(), address.length());
    }

    @Override
    public int protect(Slice address, Slice entity) {
        return smime.protect(address.buffer(), address.offset(), address.length(), entity.buffer(), entity.offset(), entity.length());
    }

    @Override
    public int open(Slice address, Slice entity) {
        return smime.open(address.buffer(), address.offset(), address.length(), entity.buffer(), entity.offset(), entity.length());
    }

    @Override
    public boolean next(Done out) {
        if (!smime.next(completion)) {
            return false;
        }
        out.ticket = completion.ticket;
        out.result = Math.min(completion.result, 0);
        out.marks = completion.marks;
        out.entity.wrap(completion.entity, 0, Math.max(completion.result, 0));
        return true;
    }
}
