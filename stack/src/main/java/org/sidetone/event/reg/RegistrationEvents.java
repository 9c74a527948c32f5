package org.sidetone.event.reg;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.reginfo.Reginfo;
import org.sidetone.doc.reginfo.ReginfoWriter;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.ServerPackage;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.register.Binding;
import org.sidetone.sip.register.Registrar;

/** The notifier's half. Every document is a full one; a contact that went is in the one that says so. */
public final class RegistrationEvents extends ServerPackage {
    /** Says who may hear of whose registration. */
    public interface Policy {
        /** Names the address of record and the watcher of a SUBSCRIBE. @return a verdict of {@link EventPackage} */
        int mayWatchRegistration(SipMessage subscribe, FixedText addressOfRecord, FixedText watcher);
    }

    private final Policy policy;
    private final Registrar registrar;
    private final Notifier notifier;
    private final ReginfoWriter writer = new ReginfoWriter();
    private final Slice key = new Slice();
    private Binding leaving;

    public RegistrationEvents(Notifier notifier, Registrar registrar, Policy policy) {
        this.notifier = notifier;
        this.registrar = registrar;
        this.policy = policy;
        notifier.register(this);
    }

    /** A binding was made, refreshed or went. */
    public void onBinding(Binding binding, long nowMs) {
        leaving = binding.isOpen() ? null : binding;
        notifier.stateChanged(this, binding.addressOfRecord().slice(key), nowMs);
        leaving = null;
    }

    @Override
    public byte[] name() {
        return RegistrationPackage.EVENT;
    }

    @Override
    public byte[] contentType() {
        return Reginfo.CONTENT_TYPE;
    }

    @Override
    public long defaultExpiresSec() {
        return RegistrationPackage.DEFAULT_EXPIRES_SEC;
    }

    @Override
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
        return policy.mayWatchRegistration(subscribe, resource, watcher);
    }

    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        Binding first = registrar.next(resource, null);
        boolean goes = leaving != null && leaving.addressOfRecord().equals(resource);
        int state = first != null ? Reginfo.ACTIVE : goes ? Reginfo.TERMINATED : Reginfo.INIT;
        writer.begin(version, resource, Ascii.hash(resource.buffer(), resource.offset(), resource.length()) & 0xFFFFFFFFL, state, out);
        for (Binding b = first; b != null; b = registrar.next(resource, b)) {
            write(b, b.wasRefreshed() ? Reginfo.REFRESHED : Reginfo.REGISTERED, (b.expiresAtMs() - nowMs + 999) / 1000);
        }
        if (goes) {
            write(leaving, leaving.hasExpired() ? Reginfo.EXPIRED : Reginfo.UNREGISTERED, -1);
        }
        writer.end();
        return true;
    }

    private void write(Binding b, int event, long expiresSec) {
        writer.contact(b.contact(), b.callId(), b.sequence(), b.id(), event, expiresSec, b.q());
    }
}
