package org.sidetone.sip.register;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.HashChains;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.sip.CSeqView;
import org.sidetone.sip.Header;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.uri.UriComparison;
import org.sidetone.uri.UriView;

/** The bindings of a registrar and the rules by which REGISTER changes them, all of one request or none (RFC 3261 section 10.3). */
public final class Registrar {
    /** Told of every change. */
    public interface User {
        /** A binding was made, refreshed ({@link Binding#isOpen} then) or is gone. */
        void onBinding(Binding binding, long nowMs);
    }

    private static final int MAX_CONTACTS = 8;
    private static final int RETRY_AFTER_SEC = 60;

    private final UserAgent agent;
    private final User user;
    private final Binding[] bindings;
    private final Binding[] free;
    private int freeCount;
    private final HashChains index;
    private final long minExpiresSec;
    private final long maxExpiresSec;
    private final long[] wanted = new long[MAX_CONTACTS];
    private final NameAddrView address = new NameAddrView();
    private final CSeqView cseq = new CSeqView();
    private final UriView one = new UriView();
    private final UriView other = new UriView();
    private final UriComparison comparison = new UriComparison();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private final Slice callId = new Slice();

    public Registrar(UserAgent agent, User user, Capacity capacity, long minExpiresSec, long maxExpiresSec) {
        this.agent = agent;
        this.user = user;
        this.minExpiresSec = minExpiresSec;
        this.maxExpiresSec = maxExpiresSec;
        bindings = new Binding[capacity.bindings];
        free = new Binding[bindings.length];
        for (int i = bindings.length - 1; i >= 0; i--) {
            bindings[i] = new Binding(this, i, agent.timers());
            free[freeCount++] = bindings[i];
        }
        index = new HashChains(bindings.length);
    }

    /** Steps 6 to 8 of section 10.3; the caller has authenticated and named the address of record. */
    public void onRegister(SipMessage request, FixedText addressOfRecord, ServerTransaction transaction, long nowMs) {
        request.value(Header.CALL_ID, callId);
        request.cseq(cseq);
        int count = 0;
        boolean star = false;
        int added = 0;
        for (; request.address(Header.CONTACT, count, address); count++) {
            if (count == MAX_CONTACTS) {
                transaction.reply(403, nowMs);
                return;
            }
            star |= address.isStar();
            long expires = expiresOf(request);
            if (!address.isStar() && (!one.wrap(address.uri()) || !one.isSip() || address.uri().length() > 256)) {
                transaction.send(transaction.respond(400, "Bad Contact"), nowMs);
                return;
            }
            if (expires != 0 && expires < minExpiresSec) {
                SipWriter w = transaction.respond(423);
                w.decimal(Header.MIN_EXPIRES, minExpiresSec);
                transaction.send(w, nowMs);
                return;
            }
            wanted[count] = Math.min(expires, maxExpiresSec);
            Binding known = star ? null : find(addressOfRecord, address.uri());
            added += known == null && wanted[count] > 0 ? 1 : 0;
            if (known != null && known.callId.equals(callId) && cseq.number() <= known.sequence) {
                transaction.send(transaction.respond(500, "Out Of Order"), nowMs);
                return;
            }
        }
        if (star && (count != 1 || wanted[0] != 0 || !request.has(Header.EXPIRES))) {
            transaction.send(transaction.respond(400, "Bad Contact"), nowMs);
            return;
        }
        if (added > freeCount) {
            SipWriter w = transaction.respond(503);
            w.decimal(Header.RETRY_AFTER, RETRY_AFTER_SEC);
            transaction.send(w, nowMs);
            return;
        }
        if (star) {
            removeAll(addressOfRecord, nowMs);
        } else {
            apply(request, addressOfRecord, transaction.source(), count, nowMs);
        }
        answer(addressOfRecord, transaction, nowMs);
    }

    private long expiresOf(SipMessage request) {
        if (address.expires() >= 0) {
            return address.expires();
        }
        if (request.has(Header.EXPIRES)) {
            long n = request.decimal(Header.EXPIRES, 0xFFFFFFFFL);
            return n < 0 ? maxExpiresSec : n;
        }
        return maxExpiresSec;
    }

    private void apply(SipMessage request, FixedText addressOfRecord, Flow source, int count, long nowMs) {
        for (int i = 0; i < count; i++) {
            request.address(Header.CONTACT, i, address);
            request.value(Header.CALL_ID, callId);
            Binding binding = find(addressOfRecord, address.uri());
            if (wanted[i] == 0) {
                if (binding != null) {
                    expire(binding, nowMs);
                }
                continue;
            }
            if (binding == null) {
                binding = take(addressOfRecord);
            }
            binding.contact.set(address.uri());
            binding.callId.set(callId);
            binding.sequence = cseq.number();
            setFlow(binding, source);
            binding.expiry.startAt(nowMs + 1000 * wanted[i]);
            user.onBinding(binding, nowMs);
        }
    }

    /** A stream is used again; a datagram goes where the Contact says, or back to its source when that is a name. */
    private void setFlow(Binding binding, Flow source) {
        if (source.isReliable() || !agent.resolve(binding.contact.slice(slice), binding.flow)) {
            binding.flow.set(source);
        }
    }

    private Binding take(FixedText addressOfRecord) {
        Binding binding = free[--freeCount];
        binding.addressOfRecord.set(addressOfRecord);
        binding.hash = Ascii.hash(addressOfRecord.bytes(), 0, addressOfRecord.length());
        binding.open = true;
        index.add(binding.hash, binding.slot);
        return binding;
    }

    private Binding find(FixedText addressOfRecord, Slice contact) {
        addressOfRecord.slice(slice);
        for (Binding b = next(slice, null); b != null; b = next(addressOfRecord.slice(slice), b)) {
            if (one.wrap(contact) && other.wrap(b.contact.slice(slice2)) && comparison.equal(one, other)) {
                return b;
            }
        }
        return null;
    }

    private void removeAll(FixedText addressOfRecord, long nowMs) {
        Binding b = next(addressOfRecord.slice(slice), null);
        while (b != null) {
            expire(b, nowMs);
            b = next(addressOfRecord.slice(slice), null);
        }
    }

    void expire(Binding binding, long nowMs) {
        index.remove(binding.hash, binding.slot);
        binding.open = false;
        binding.expiry.stop();
        user.onBinding(binding, nowMs);
        free[freeCount++] = binding;
    }

    private void answer(FixedText addressOfRecord, ServerTransaction transaction, long nowMs) {
        SipWriter w = transaction.respond(200);
        for (Binding b = next(addressOfRecord.slice(slice), null); b != null; b = next(addressOfRecord.slice(slice), b)) {
            w.name(Header.CONTACT).sink().put('<').put(b.contact).put(">;expires=")
                    .putDecimal((b.expiresAtMs() - nowMs + 999) / 1000);
            w.end();
        }
        long unixSec = agent.unixSec(nowMs);
        if (unixSec >= 0) {
            dates.putRfc1123(unixSec, w.name(Header.DATE).sink());
            w.end();
        }
        transaction.send(w, nowMs);
    }

    private final Dates dates = new Dates();

    /** Puts a binding back that was kept over a restart. @return false when there is no room */
    public boolean restore(FixedText addressOfRecord, Slice contact, Slice ofCallId, long sequence, Flow flow, long expiresSec, long nowMs) {
        if (freeCount == 0) {
            return false;
        }
        Binding b = take(addressOfRecord);
        b.contact.set(contact);
        b.callId.set(ofCallId);
        b.sequence = sequence;
        b.flow.set(flow).withConnection(0);
        b.expiry.startAt(nowMs + 1000 * Math.max(1, expiresSec));
        return true;
    }

    /** The next binding of an address of record after one, the first after null; null at the end. */
    public Binding next(Slice addressOfRecord, Binding after) {
        int hash = Ascii.hash(addressOfRecord.buffer(), addressOfRecord.offset(), addressOfRecord.length());
        int i = after == null ? index.first(hash) : index.next(after.slot);
        for (; i != HashChains.NONE; i = index.next(i)) {
            if (bindings[i].hash == hash && bindings[i].addressOfRecord.equals(addressOfRecord)) {
                return bindings[i];
            }
        }
        return null;
    }

    public int inUse() {
        return bindings.length - freeCount;
    }
}
