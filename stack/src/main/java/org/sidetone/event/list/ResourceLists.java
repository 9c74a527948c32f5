package org.sidetone.event.list;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.lists.RecipientList;
import org.sidetone.doc.rlmi.Rlmi;
import org.sidetone.doc.rlmi.RlmiWriter;
import org.sidetone.event.EventPackage;
import org.sidetone.event.ListPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.ServerPackage;
import org.sidetone.event.SubscriptionObserver;
import org.sidetone.event.WatcherSubscription;
import org.sidetone.port.Capacity;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.UserAgent;

/**
 * One subscription for all resources of a list (RFC 4662). Each resource is shown as its own package would show it to the same watcher; who waits for a decision is pending in it, who
 * is refused terminated. The first notification is whole, and the one after each SUBSCRIBE; the others tell what changed since the last that arrived.
 * What finds no room in one notification follows in the next, as soon as that was answered; a state that no notification has room for is not told.
 */
public final class ResourceLists extends ServerPackage implements ListPackage, SubscriptionObserver {
    /** Has the lists. */
    public interface Source {
        /** Names the list and the watcher of a SUBSCRIBE. @return 200, or the status to refuse with */
        int mayAsk(SipMessage subscribe, FixedText list, FixedText watcher);

        boolean isList(SipMessage subscribe);

        /** The subscription to a list is over: one that it brought along is not needed any more. */
        void onEnded(Slice list);

        /** Resources of a list; negative: there is none such any more. */
        int count(Slice list);

        /** A resource. @param name for a person, may be empty. @return false: it is on another server, or nowhere */
        boolean resource(Slice list, int index, Slice uri, Slice name);

        /** Another number when the list is another. */
        long version(Slice list);

        boolean contains(Slice list, Slice resource);
    }

    /** Resources of a list. */
    public static final int MOST_RESOURCES = 256;
    private static final int REMEMBERED = 128;
    /** Around a part, and of a resource in the meta-information. */
    private static final int PART_BYTES = 180;
    private static final int RESOURCE_BYTES = 140;
    /** Around everything. */
    private static final int FRAME_BYTES = 500;
    private static final long UNTOLD = 0;
    private static final long HASH_PRIME = 0x100000001B3L;
    private static final int NO_PART = -1;

    private final Notifier notifier;
    private final EventPackage base;
    private final Source source;
    private final byte[] boundary;
    private final ToldList[] told = new ToldList[REMEMBERED];
    private int nextTold;
    private final ToldList now = new ToldList(MOST_RESOURCES);
    private final int[] standing = new int[MOST_RESOURCES];
    private final boolean[] named = new boolean[MOST_RESOURCES];
    private final int[] partAt = new int[MOST_RESOURCES];
    private final int[] partLength = new int[MOST_RESOURCES];
    private final byte[] states;
    private final RlmiWriter writer = new RlmiWriter();
    private final ByteSink sink = new ByteSink();
    private final Slice uri = new Slice();
    private final Slice name = new Slice();
    private final Slice listSlice = new Slice();

    public ResourceLists(UserAgent agent, Notifier notifier, EventPackage base, Source source, Capacity capacity) {
        this.notifier = notifier;
        this.base = base;
        this.source = source;
        states = new byte[capacity.bodyBytes];
        for (int i = 0; i < REMEMBERED; i++) {
            told[i] = new ToldList(MOST_RESOURCES);
        }
        byte[] random = new byte[24];
        long bits = agent.random().nextLong();
        for (int i = 0; i < random.length; i++) {
            random[i] = (byte) Hex.digit((int) (bits >>> 2 * i) & 0xF);
        }
        boundary = random;
        notifier.registerLists(this);
        notifier.observe(this);
    }

    @Override
    public EventPackage base() {
        return base;
    }

    @Override
    public boolean isList(SipMessage subscribe) {
        return source.isList(subscribe);
    }

    @Override
    public boolean bringsList(SipMessage subscribe) {
        return isBrought(subscribe, uri);
    }

    /** Whether the body is a recipient list. @param scratch is used */
    public static boolean isBrought(SipMessage subscribe, Slice scratch) {
        if (!subscribe.value(Header.CONTENT_DISPOSITION, scratch)) {
            return false;
        }
        int end = Ascii.endOfToken(scratch.buffer(), scratch.offset(), scratch.limit());
        return Ascii.equalsIgnoreCase(scratch.buffer(), scratch.offset(), end - scratch.offset(), RecipientList.DISPOSITION, 0, RecipientList.DISPOSITION.length);
    }

    @Override
    public byte[] name() {
        return base.name();
    }

    @Override
    public byte[] contentType() {
        return Rlmi.MULTIPART;
    }

    @Override
    public void putTypeParameters(ByteSink out) {
        out.put(";type=\"").put(Rlmi.CONTENT_TYPE).put("\";start=\"<list@list.invalid>\";boundary=\"").put(boundary).put('"');
    }

    @Override
    public byte[] required() {
        return Rlmi.OPTION;
    }

    @Override
    public long defaultExpiresSec() {
        return base.defaultExpiresSec();
    }

    @Override
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
        return source.mayAsk(subscribe, resource, watcher);
    }

    @Override
    public int standing(Slice resource, Slice watcher, long nowMs) {
        return source.count(resource) < 0 ? NOT_FOUND : ALLOW;
    }

    /** A list was changed, or is gone. */
    public void changed(long nowMs) {
        notifier.reconsider(this, nowMs);
    }

    @Override
    public void onTransition(WatcherSubscription subscription, int before, int why, long nowMs) {
        boolean over = subscription.state() != WatcherSubscription.ACTIVE && subscription.state() != WatcherSubscription.PENDING;
        if (subscription.eventPackage() == this && over) {
            source.onEnded(subscription.resource().slice(listSlice));
        }
    }

    /** Somebody's state, or who may see it, is another: those lists that have him hear of it. */
    @Override
    public void onReconsidered(EventPackage of, Slice resource, long nowMs) {
        if (of != base) {
            return;
        }
        for (WatcherSubscription s = notifier.nextOf(this, null); s != null; s = notifier.nextOf(this, s)) {
            if (resource == null || source.contains(s.resource().slice(listSlice), resource)) {
                notifier.stateChanged(s, nowMs);
            }
        }
    }

    /** Looks at every resource for a watcher. */
    private void look(Slice list, Slice watcher, long nowMs) {
        now.count = Math.max(0, Math.min(MOST_RESOURCES, source.count(list)));
        now.listVersion = source.version(list);
        long h = now.listVersion | 1;
        for (int i = 0; i < now.count; i++) {
            boolean here = source.resource(list, i, uri, name);
            standing[i] = here ? base.standing(uri, watcher, nowMs) : NOT_FOUND;
            now.tags[i] = standing[i] == ALLOW ? base.stateTag(uri, watcher, nowMs) : standing[i];
            h = (h ^ now.tags[i]) * HASH_PRIME;
            h ^= h >>> 29;
        }
        now.tag = h == 0 ? 1 : h;
    }

    @Override
    public long stateTag(Slice resource, Slice watcher, long nowMs) {
        look(resource, watcher, nowMs);
        return now.tag;
    }

    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        look(resource, watcher, nowMs);
        write(null, resource, watcher, version, nowMs, out);
        return true;
    }

    @Override
    public boolean writeSince(long tag, Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        look(resource, watcher, nowMs);
        ToldList before = null;
        for (int i = 0; i < REMEMBERED; i++) {
            ToldList one = told[i];
            boolean fits = one.serial == notifier.writing().serial() && one.version < version && one.tag == tag && one.listVersion == now.listVersion
                    && one.count == now.count;
            before = fits && (before == null || one.version > before.version) ? one : before;
        }
        if (before != null) {
            write(before, resource, watcher, version, nowMs, out);
        }
        return before != null;
    }

    private void write(ToldList before, Slice list, Slice watcher, long version, long nowMs, ByteSink out) {
        choose(before, list, watcher, version, nowMs, out.remaining() - FRAME_BYTES - 2 * list.length());
        remember(version);
        delimiter(out);
        out.put("Content-Transfer-Encoding: binary\r\nContent-ID: <list@list.invalid>\r\nContent-Type: ").put(Rlmi.CONTENT_TYPE).put("\r\n\r\n");
        writer.begin(version, before == null, list, out);
        for (int i = 0; i < now.count; i++) {
            if (named[i]) {
                source.resource(list, i, uri, name);
                writer.resource(uri, name);
                instance(i);
            }
        }
        writer.end();
        for (int i = 0; i < now.count; i++) {
            if (named[i] && partAt[i] != NO_PART) {
                out.put("\r\n");
                delimiter(out);
                out.put("Content-Transfer-Encoding: binary\r\nContent-ID: <");
                RlmiWriter.putPart(i, out);
                out.put(">\r\nContent-Type: ").put(base.contentType()).put("\r\n\r\n").put(states, partAt[i], partLength[i]);
            }
        }
        out.put("\r\n--").put(boundary).put("--\r\n");
    }

    /** Chooses what there is room for, and writes the states of that; the rest has not been told. */
    private void choose(ToldList before, Slice list, Slice watcher, long version, long nowMs, int bytes) {
        int room = bytes;
        int used = 0;
        boolean any = false;
        for (int i = 0; i < now.count; i++) {
            partAt[i] = NO_PART;
            named[i] = false;
            if (before != null && before.tags[i] == now.tags[i]) {
                continue;
            }
            source.resource(list, i, uri, name);
            int cost = RESOURCE_BYTES + 2 * (uri.length() + name.length());
            boolean fits = cost <= room;
            if (fits && standing[i] == ALLOW) {
                sink.wrap(states, used, Math.max(0, Math.min(states.length - used, room - cost - PART_BYTES)));
                base.writeState(uri, watcher, version, nowMs, sink);
                boolean written = !sink.overflowed() && sink.length() > 0;
                if (written) {
                    partAt[i] = used;
                    partLength[i] = sink.length();
                    used += sink.length();
                    cost += PART_BYTES + sink.length();
                }
                fits = written || !any;                      // a state that is too large for any is never told
            }
            if (fits) {
                named[i] = true;
                any = true;
                room -= cost;
            } else {
                now.tags[i] = UNTOLD;
            }
        }
    }

    @Override
    public boolean isAllTold(WatcherSubscription subscription) {
        for (int i = 0; i < REMEMBERED; i++) {
            boolean last = told[i].serial == subscription.serial() && told[i].version == subscription.version();
            for (int k = 0; last && k < told[i].count; k++) {
                if (told[i].tags[k] == UNTOLD) {
                    return false;
                }
            }
        }
        return true;
    }

    private void instance(int i) {
        if (standing[i] == ALLOW && partAt[i] != NO_PART) {
            writer.instance(Rlmi.ACTIVE, null, i);
        } else if (standing[i] == PENDING) {
            writer.instance(Rlmi.PENDING, null, NO_PART);
        } else if (standing[i] != ALLOW) {
            writer.instance(Rlmi.TERMINATED, standing[i] == FORBIDDEN ? "rejected" : "noresource", NO_PART);
        }
    }

    private void delimiter(ByteSink out) {
        out.put("--").put(boundary).put("\r\n");
    }

    /** Keeps the tags of what is being told: one notification may be written twice, for two transports or with credentials. */
    private void remember(long version) {
        long serial = notifier.writing().serial();
        ToldList place = null;
        for (int i = 0; i < REMEMBERED && place == null; i++) {
            place = told[i].serial == serial && told[i].version == version ? told[i] : null;
        }
        if (place == null) {
            place = told[nextTold];
            nextTold = (nextTold + 1) % REMEMBERED;
        }
        place.serial = serial;
        place.version = version;
        place.tag = now.tag;
        place.listVersion = now.listVersion;
        place.count = now.count;
        System.arraycopy(now.tags, 0, place.tags, 0, now.count);
    }
}
