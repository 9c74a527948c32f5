package org.sidetone.switchboard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.date.Dates;
import org.sidetone.im.Expiry;
import org.sidetone.port.Capacity;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipParser;
import org.sidetone.sip.proxy.Proxy;
import org.sidetone.sip.proxy.ProxyContext;
import org.sidetone.sip.proxy.ProxyUser;
import org.sidetone.sip.register.Binding;
import org.sidetone.sip.register.Registrar;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.switchboard.store.Store;
import org.sidetone.time.Timer;

/**
 * Keeps MESSAGE requests for users who are away. The 202 follows the completed write; delivery follows the next registration, in
 * order, with the sender's own From, Call-ID and CSeq, so that a copy that arrived after all is recognised.
 */
final class MessageStore implements ProxyUser, Timer.Owner {
    private static final long SWEEP_MS = 60_000;
    private static final String PREFIX = "message/";

    private final Store store;
    private final Registrar registrar;
    private final Proxy proxy;
    private final int perUser;
    private final int inAll;
    private final long keptSec;
    private final UserAgent agent;
    private final UserNames users;
    private final StoreNotice notice;
    private final Timer sweep;
    private final FixedText sender = new FixedText(160);
    private final SipParser parser;
    private final SipMessage head;
    private final Map<String, TreeMap<Long, byte[]>> kept = new HashMap<>();
    private final Map<Long, ServerTransaction> promises = new HashMap<>();
    /** Who is being delivered which message. */
    private final Map<Long, String> delivering = new HashMap<>();
    private final Map<Long, String> owners = new HashMap<>();
    private final FixedText address = new FixedText(160);
    private final Slice slice = new Slice();
    private long nextId = 1;
    private int count;

    /**
     * @param keptSec how long a message is kept that does not say itself how long it makes sense
     * @param users name the users whose messages are kept
     */
    MessageStore(Store store, Registrar registrar, Proxy proxy, int perUser, int inAll, long keptSec, UserAgent agent, UserNames users) {
        this.users = users;
        notice = new StoreNotice(agent.random());
        sweep = new Timer(agent.timers(), this);
        this.store = store;
        this.registrar = registrar;
        this.proxy = proxy;
        this.perUser = perUser;
        this.inAll = inAll;
        this.keptSec = keptSec;
        this.agent = agent;
        Capacity capacity = Capacity.exchange();
        parser = new SipParser(capacity.headBytes, capacity.uriBytes);
        head = new SipMessage(capacity.headers);
        store.forEach(PREFIX, (key, value) -> {
            int slash = key.lastIndexOf('/');
            long id = Long.parseLong(key.substring(slash + 1));
            nextId = Math.max(nextId, id + 1);
            put(key.substring(PREFIX.length(), slash), id, value);
        });
    }

    /** Looks from now on, now and then, for what makes no sense any more. */
    void begin(long nowMs) {
        sweep.startAt(nowMs + SWEEP_MS);
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        for (String user : List.copyOf(kept.keySet())) {
            dropExpired(user, nowMs);
        }
        begin(nowMs);
    }

    private void put(String user, long id, byte[] message) {
        kept.computeIfAbsent(user, u -> new TreeMap<>()).put(id, message);
        owners.put(id, user);
        count++;
    }

    private boolean hasRoomFor(String user) {
        return count < inAll && kept.getOrDefault(user, new TreeMap<>()).size() < perUser;
    }

    private static String key(String user, long id) {
        return PREFIX + user + "/" + String.format("%016d", id);
    }

    /** Keeps a message; its sender hears 202 when it is on disk. @return its number, or 0 when there is no room: nothing was kept */
    long keep(FixedText user, Slice message, ServerTransaction transaction, long nowMs) {
        String name = user.toString();
        dropExpired(name, nowMs);
        if (!hasRoomFor(name)) {
            return 0;
        }
        byte[] copy = new byte[message.length()];
        System.arraycopy(message.buffer(), message.offset(), copy, 0, copy.length);
        long id = nextId++;
        put(name, id, copy);
        promises.put(store.put(key(name, id), copy), transaction);
        tellSender(copy, true, nowMs);
        return id;
    }

    /** What makes no sense any more is not delivered (RFC 3428 section 7). */
    private void dropExpired(String user, long nowMs) {
        long now = agent.unixSec(nowMs);
        for (Map.Entry<Long, byte[]> each : List.copyOf(kept.getOrDefault(user, new TreeMap<>()).entrySet())) {
            if (now >= 0 && now > expiryOf(each.getValue()) && !delivering.containsKey(each.getKey())) {
                drop(each.getKey());
                tellSender(each.getValue(), false, nowMs);
            }
        }
    }

    /** Who asked for it hears that his message is kept, or will not arrive (RFC 5438): at once, or when he is there again. */
    private void tellSender(byte[] message, boolean stored, long nowMs) {
        parser.parseDatagram(head, message, 0, message.length);
        byte[] told = notice.of(head, stored, agent.unixSec(nowMs));
        if (told == null) {
            return;
        }
        parser.parseDatagram(head, told, 0, told.length);
        if (!head.requestUri(slice).isEmpty() && users.nameUser(slice, sender) && hasRoomFor(sender.toString())) {
            String name = sender.toString();
            long id = nextId++;
            put(name, id, told);
            store.put(key(name, id), told);
            address.set(name);
            deliver(address, nowMs);
        }
    }

    private long expiryOf(byte[] message) {
        parser.parseDatagram(head, message, 0, message.length);
        long said = Expiry.of(head, -1, slice);
        if (said != Expiry.NEVER || !head.value(Header.DATE, slice)) {
            return said;
        }
        long date = Dates.rfc1123(slice.buffer(), slice.offset(), slice.length());
        return date == Dates.INVALID ? Expiry.NEVER : date + keptSec;
    }

    /** A copy arrived after all. */
    void drop(long id) {
        String user = owners.remove(id);
        if (user != null) {
            TreeMap<Long, byte[]> messages = kept.get(user);
            messages.remove(id);
            if (messages.isEmpty()) {
                kept.remove(user);
            }
            count--;
            store.remove(key(user, id));
        }
    }

    /** A write completed. @return whether it was one of a message */
    boolean onCompleted(long ticket, boolean good, long nowMs) {
        ServerTransaction transaction = promises.remove(ticket);
        if (transaction == null) {
            return false;
        }
        transaction.reply(good ? 202 : 500, nowMs);
        return true;
    }

    /** The user registered: what was kept goes out, one at a time. */
    void deliver(FixedText user, long nowMs) {
        String name = user.toString();
        dropExpired(name, nowMs);
        TreeMap<Long, byte[]> messages = kept.get(name);
        if (messages == null || delivering.containsValue(name)) {
            return;
        }
        long id = messages.firstKey();
        byte[] message = messages.get(id);
        ProxyContext context = proxy.openStored(slice.wrap(message), this, id);
        if (context == null) {
            return;
        }
        if (registrar.next(user.slice(slice), null) != null) {
            delivering.put(id, name);
        }
        Exchange.addBindings(user, registrar, context, slice, new Slice());
        context.forward(0, nowMs);
    }

    @Override
    public void onSucceeded(ProxyContext context, int status, long nowMs) {
        drop(context.reference());
        String user = delivering.remove(context.reference());
        if (user != null) {
            address.set(user);
            deliver(address, nowMs);
        }
    }

    /** It stays where it is until the next registration; what no phone will ever take goes. */
    @Override
    public boolean onFailed(ProxyContext context, int status, long nowMs) {
        delivering.remove(context.reference());
        if (status == 413 || status == 415 || status == 513 || status == 603) {
            TreeMap<Long, byte[]> of = kept.get(owners.get(context.reference()));
            byte[] message = of == null ? null : of.get(context.reference());
            drop(context.reference());
            if (message != null) {
                tellSender(message, false, nowMs);
            }
        }
        return true;
    }

    @Override
    public boolean onSilence(ProxyContext context, long nowMs) {
        return false;
    }

    @Override
    public void onDone(ProxyContext context, long nowMs) {
        // the outcome was told before
    }

    int count() {
        return count;
    }

    /** A Date for a message whose sender gave none, so that its recipient learns when it was written. */
    static byte[] dateLine(long unixSec) {
        byte[] room = new byte[64];
        ByteSink sink = new ByteSink().wrap(room).put("Date: ");
        new Dates().putRfc1123(unixSec, sink);
        sink.put("\r\n");
        return Utf8.bytes(Utf8.toString(room, 0, sink.length()));
    }
}
