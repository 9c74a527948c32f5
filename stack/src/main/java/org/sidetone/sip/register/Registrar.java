package org.sidetone.sip.register;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
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

/**
 * The bindings of a registrar and the rules by which REGISTER changes them, all of one request or none (RFC 3261 section 10.3), with Path
 * (RFC 3327), flows that devices keep (RFC 5626) and GRUUs (RFC 5627).
 */
public final class Registrar {
    /** Told of every change. */
    public interface User {
        /** A binding was made, refreshed ({@link Binding#isOpen} then) or is gone. */
        void onBinding(Binding binding, long nowMs);
    }

    /** How long a device may let a flow rest, which is told to it (RFC 5626 section 5.4). */
    public static final int FLOW_TIMER_SEC = 120;

    private static final int MAX_CONTACTS = 8;
    private static final int RETRY_AFTER_SEC = 60;
    private static final byte[] OUTBOUND = Ascii.bytes("outbound");
    private static final byte[] PATH = Ascii.bytes("path");
    private static final byte[] GRUU = Ascii.bytes("gruu");
    private static final byte[] OB = Ascii.bytes("ob");
    private static final byte[] GR = Ascii.bytes("gr");

    private final UserAgent agent;
    private final User user;
    private final Binding[] bindings;
    private final Binding[] free;
    private int freeCount;
    private final HashChains index;
    private final long minExpiresSec;
    private final long maxExpiresSec;
    private final long gruuKey;
    private final long[] wanted = new long[MAX_CONTACTS];
    private final NameAddrView address = new NameAddrView();
    private final CSeqView cseq = new CSeqView();
    private final UriView one = new UriView();
    private final UriView other = new UriView();
    private final UriComparison comparison = new UriComparison();
    private final Dates dates = new Dates();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private final Slice callId = new Slice();
    private final Slice instance = new Slice();
    private final ByteSink sink = new ByteSink();
    private long made;
    private boolean outbound;
    private boolean gruu;
    private boolean pathSupported;

    public Registrar(UserAgent agent, User user, Capacity capacity, long minExpiresSec, long maxExpiresSec) {
        this.agent = agent;
        this.user = user;
        this.minExpiresSec = minExpiresSec;
        this.maxExpiresSec = maxExpiresSec;
        gruuKey = agent.random().nextLong();
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
        if (!understands(request, transaction, nowMs)) {
            return;
        }
        int count = 0;
        boolean star = false;
        int added = 0;
        int flows = 0;
        for (; request.address(Header.CONTACT, count, address); count++) {
            if (count == MAX_CONTACTS) {
                transaction.reply(403, nowMs);
                return;
            }
            star |= address.isStar();
            flows += address.regId() != 0 ? 1 : 0;
            if (address.q() == -2 || address.regId() < 0 || flows > 1) {
                transaction.send(transaction.respond(400, "Bad Contact"), nowMs);
                return;
            }
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
            Binding known = star ? null : findFor(addressOfRecord);
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
        if (star && isOutOfOrder(addressOfRecord)) {
            transaction.send(transaction.respond(500, "Out Of Order"), nowMs);
            return;
        }
        if (star) {
            removeAll(addressOfRecord, nowMs);
        } else {
            apply(request, addressOfRecord, transaction.source(), count, nowMs);
        }
        answer(addressOfRecord, transaction, nowMs);
    }

    /** What the client and those between can do (RFC 5626 section 6, RFC 3327 section 5.3). @return false when it was answered */
    private boolean understands(SipMessage request, ServerTransaction transaction, long nowMs) {
        outbound = request.lists(Header.SUPPORTED, OUTBOUND, slice);
        gruu = request.lists(Header.SUPPORTED, GRUU, slice);
        pathSupported = request.lists(Header.SUPPORTED, PATH, slice);
        if (request.has(Header.PATH) && !pathSupported) {
            SipWriter w = transaction.respond(421);
            w.header(Header.REQUIRE, PATH);
            transaction.send(w, nowMs);
            return false;
        }
        boolean direct = !request.element(Header.VIA, 1, slice);
        boolean keepsFlow = false;
        int last = 0;
        while (request.element(Header.PATH, last, slice)) {
            last++;
        }
        if (last > 0 && request.address(Header.PATH, last - 1, address)) {     // the first hop added the last value
            keepsFlow = address.parsed().params().has(OB);
        }
        outbound &= direct || keepsFlow;
        if (!outbound && request.lists(Header.SUPPORTED, OUTBOUND, slice) && asksForFlow(request)) {
            transaction.reply(439, nowMs);
            return false;
        }
        return true;
    }

    private boolean asksForFlow(SipMessage request) {
        for (int i = 0; request.address(Header.CONTACT, i, address); i++) {
            if (address.regId() > 0 && address.instance(instance)) {
                return true;
            }
        }
        return false;
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

    /** The binding that the Contact in {@link #address} means: that flow of that instance where it keeps flows, else by its URI. */
    private Binding findFor(FixedText addressOfRecord) {
        return isFlow() ? findFlow(addressOfRecord) : find(addressOfRecord, address.uri());
    }

    private boolean isFlow() {
        return outbound && address.regId() > 0 && address.instance(instance);
    }

    private void apply(SipMessage request, FixedText addressOfRecord, Flow source, int count, long nowMs) {
        for (int i = 0; i < count; i++) {
            request.address(Header.CONTACT, i, address);
            request.value(Header.CALL_ID, callId);
            Binding binding = findFor(addressOfRecord);
            if (wanted[i] == 0) {
                if (binding != null) {
                    expire(binding, nowMs);
                }
                continue;
            }
            boolean known = binding != null;
            if (!known) {
                binding = take(addressOfRecord);
            }
            binding.refreshed = known;
            boolean otherCall = !binding.callId.equals(callId);
            binding.contact.set(address.uri());
            binding.callId.set(callId);
            binding.sequence = cseq.number();
            binding.q = address.q() < 0 ? Binding.Q_DEFAULT : address.q();
            binding.instance.clear();
            if (address.instance(instance)) {
                binding.instance.set(instance);
            }
            binding.regId = isFlow() ? address.regId() : 0;
            setFlow(binding, source);
            setPath(binding, request);
            if (gruu && !binding.instance.isEmpty() && (otherCall || binding.temporaryGruu.isEmpty())) {
                // a new Call-ID ends the temporary GRUUs of before (RFC 5627 section 5.1)
                binding.temporaryGruu.take(binding.temporaryGruu.sink(sink).put("tgruu.").putHex(agent.random().nextLong() ^ gruuKey, 16));
            }
            binding.expiry.startAt(nowMs + 1000 * wanted[i]);
            user.onBinding(binding, nowMs);
        }
    }

    /** A stream, and a flow that is kept, is used again; another datagram goes where the Contact says, or back to its source when that is
     *  a name. */
    private void setFlow(Binding binding, Flow source) {
        if (source.isReliable() || binding.regId > 0 || !agent.resolve(binding.contact.slice(slice), binding.flow)) {
            binding.flow.set(source);
        }
    }

    private void setPath(Binding binding, SipMessage request) {
        binding.path.sink(sink);
        for (int i = 0; request.element(Header.PATH, i, slice); i++) {
            sink.put(i == 0 ? "" : ", ").put(slice);
        }
        binding.path.take(sink);
    }

    private Binding take(FixedText addressOfRecord) {
        Binding binding = free[--freeCount];
        binding.clear();
        binding.id = ++made;
        binding.expired = false;
        binding.callId.clear();
        binding.addressOfRecord.set(addressOfRecord);
        binding.hash = Ascii.hash(addressOfRecord.bytes(), 0, addressOfRecord.length());
        binding.open = true;
        index.add(binding.hash, binding.slot);
        return binding;
    }

    private Binding find(FixedText addressOfRecord, Slice contact) {
        for (Binding b = next(addressOfRecord.slice(slice), null); b != null; b = next(addressOfRecord.slice(slice), b)) {
            if (b.regId == 0 && one.wrap(contact) && other.wrap(b.contact.slice(slice2)) && comparison.equal(one, other)) {
                return b;
            }
        }
        return null;
    }

    private Binding findFlow(FixedText addressOfRecord) {
        for (Binding b = next(addressOfRecord.slice(slice), null); b != null; b = next(addressOfRecord.slice(slice), b)) {
            if (b.regId == address.regId() && b.instance.equals(instance)) {
                return b;
            }
        }
        return null;
    }

    /** Whether some binding was made by the same call with this number or a higher one: then none is removed. */
    private boolean isOutOfOrder(FixedText addressOfRecord) {
        for (Binding b = next(addressOfRecord.slice(slice), null); b != null; b = next(addressOfRecord.slice(slice), b)) {
            if (b.callId.equals(callId) && cseq.number() <= b.sequence) {
                return true;
            }
        }
        return false;
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
        boolean keepsFlow = false;
        for (Binding b = next(addressOfRecord.slice(slice), null); b != null; b = next(addressOfRecord.slice(slice), b)) {
            ByteSink out = w.name(Header.CONTACT).sink().put('<').put(b.contact).put(">;expires=")
                    .putDecimal((b.expiresAtMs() - nowMs + 999) / 1000);
            if (b.q != Binding.Q_DEFAULT) {
                out.put(";q=0.").putPadded(b.q, 3);
            }
            if (!b.instance.isEmpty()) {
                out.put(";+sip.instance=\"").put(b.instance).put('"');
            }
            if (b.regId > 0) {
                out.put(";reg-id=").putDecimal(b.regId);
                keepsFlow = true;
            }
            if (gruu && !b.temporaryGruu.isEmpty()) {
                putGruus(b, out);
            }
            w.end();
            if (!b.path.isEmpty() && b.callId.equals(callId)) {
                w.header(Header.PATH, b.path);
            }
        }
        if (outbound && keepsFlow) {
            w.header(Header.REQUIRE, OUTBOUND).decimal(Header.FLOW_TIMER, FLOW_TIMER_SEC);
        }
        long unixSec = agent.unixSec(nowMs);
        if (unixSec >= 0) {
            dates.putRfc1123(unixSec, w.name(Header.DATE).sink());
            w.end();
        }
        transaction.send(w, nowMs);
    }

    /** RFC 5627 section 5.3. */
    private void putGruus(Binding b, ByteSink out) {
        out.put(";pub-gruu=\"").put(b.addressOfRecord).put(";gr=");
        for (int i = 0; i < b.instance.length(); i++) {                    // <urn:uuid:...> without its brackets
            if (b.instance.bytes()[i] != '<' && b.instance.bytes()[i] != '>') {
                out.put(b.instance.bytes()[i]);
            }
        }
        one.wrap(b.addressOfRecord.slice(slice2));
        out.put("\";temp-gruu=\"sip:").put(b.temporaryGruu).put('@').put(one.host()).put(";gr\"");
    }

    /** The next binding that a GRUU of ours means, after one; null at the end, and for a URI that is none. Its flows are tried in turn. */
    public Binding nextOfGruu(UriView uri, Binding after) {
        if (!uri.params().find(GR, slice)) {
            return null;
        }
        for (int i = after == null ? 0 : after.slot + 1; i < bindings.length; i++) {
            Binding b = bindings[i];
            if (b.open && (slice.isEmpty() ? b.temporaryGruu.equals(uri.user()) : isInstance(b, slice) && isUser(b, uri))) {
                return b;
            }
        }
        return null;
    }

    private static boolean isInstance(Binding b, Slice urn) {
        return b.instance.length() == urn.length() + 2 && Ascii.equalsIgnoreCase(b.instance.bytes(), 1, urn.length(), urn.buffer(), urn.offset(), urn.length());
    }

    private boolean isUser(Binding b, UriView uri) {
        return one.wrap(b.addressOfRecord.slice(slice2)) && one.user().equals(uri.user());
    }

    /** The binding whose contact a URI is, as in-dialog requests carry it; null: none. */
    public Binding ofContact(Slice contact) {
        for (int i = 0; i < bindings.length; i++) {
            if (bindings[i].open && one.wrap(contact) && other.wrap(bindings[i].contact.slice(slice2)) && one.user().equals(other.user())
                    && comparison.equal(one, other)) {
                return bindings[i];
            }
        }
        return null;
    }

    /** A stream connection is gone: the flows on it can be reached no more, though their devices may come back before they expire. */
    public void onConnectionLost(int connection) {
        for (int i = 0; i < bindings.length; i++) {
            if (bindings[i].open && bindings[i].flow.connection() == connection) {
                bindings[i].flow.withConnection(0);
            }
        }
    }

    /** Puts a binding back that was kept over a restart. @return null when there is no room; the caller fills in the rest */
    public Binding restore(FixedText addressOfRecord, Slice contact, Slice ofCallId, long sequence, Flow flow, long expiresSec, long nowMs) {
        if (freeCount == 0) {
            return null;
        }
        Binding b = take(addressOfRecord);
        b.contact.set(contact);
        b.callId.set(ofCallId);
        b.sequence = sequence;
        b.flow.set(flow).withConnection(0);
        b.expiry.startAt(nowMs + 1000 * Math.max(1, expiresSec));
        return b;
    }

    /** Puts back what the device had said beside its contact. */
    public void restoreDevice(Binding b, Slice ofInstance, long regId, int q, Slice path, Slice temporaryGruu) {
        b.instance.set(ofInstance);
        b.regId = regId;
        b.q = q;
        b.path.set(path);
        b.temporaryGruu.set(temporaryGruu);
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
