package org.sidetone.presence;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.PidfReader;
import org.sidetone.doc.pidf.PidfWriter;
import org.sidetone.doc.pidf.Presence;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.publish.EventStateCompositor;
import org.sidetone.event.publish.Publication;
import org.sidetone.port.Capacity;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.UserAgent;

/**
 * The presence agent of a server (RFC 3856 section 6.11): publications in, notifications out. One publication is passed on as it
 * was published; several are composed: any open device makes the presentity open, what the person does is the newest's word.
 */
public final class PresenceAgent implements EventPackage, EventStateCompositor.User {
    /** Who may publish for whom, and who may watch whom. */
    public interface Policy {
        /** Names the presentity of a PUBLISH. @return 200, or the status to refuse with */
        int mayPublish(SipMessage publish, FixedText presentity);

        /** Names the presentity and the watcher of a SUBSCRIBE. @return a verdict of {@link EventPackage} */
        int mayWatch(SipMessage subscribe, FixedText presentity, FixedText watcher);

        /** A publication was made, changed or removed; it is kept over a restart by whoever listens. */
        void onPublication(Publication publication, long nowMs);
    }

    private final UserAgent agent;
    private final Policy policy;
    private final Notifier notifier;
    private final EventStateCompositor compositor;
    private final PidfReader reader = new PidfReader();
    private final PidfWriter writer = new PidfWriter();
    private final Presence one = new Presence();
    private final Presence whole = new Presence();
    private final FixedText tupleId = new FixedText(16);
    private final FixedText none = new FixedText(0);
    private final Slice slice = new Slice();
    private final Slice bodySlice = new Slice();
    private long refusedDocuments;

    public PresenceAgent(UserAgent agent, Notifier notifier, Policy policy, Capacity capacity, long minExpiresSec, long maxExpiresSec) {
        this.agent = agent;
        this.notifier = notifier;
        this.policy = policy;
        compositor = new EventStateCompositor(agent, this, capacity, minExpiresSec, maxExpiresSec);
        notifier.register(this);
        tupleId.set("composed");
    }

    public EventStateCompositor compositor() {
        return compositor;
    }

    @Override
    public byte[] name() {
        return PresencePackage.EVENT;
    }

    @Override
    public byte[] event() {
        return PresencePackage.EVENT;
    }

    @Override
    public byte[] contentType() {
        return PidfReader.CONTENT_TYPE;
    }

    @Override
    public long defaultExpiresSec() {
        return PresencePackage.DEFAULT_EXPIRES_SEC;
    }

    @Override
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher) {
        return policy.mayWatch(subscribe, resource, watcher);
    }

    @Override
    public int authorize(SipMessage publish, FixedText resource) {
        return policy.mayPublish(publish, resource);
    }

    @Override
    public int check(Slice body) {
        boolean good = reader.read(body, one) == PidfReader.GOOD;
        refusedDocuments += good ? 0 : 1;
        return good ? 200 : 400;
    }

    @Override
    public void onPublication(Publication publication, boolean contentChanged, long nowMs) {
        policy.onPublication(publication, nowMs);
        if (contentChanged) {
            notifier.stateChanged(this, publication.resource().slice(slice), nowMs);
        }
    }

    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        Publication first = nextOpen(resource, null);
        if (first != null && nextOpen(resource, first) == null) {
            out.put(first.body());
            return true;
        }
        compose(resource, first);
        writer.write(whole, tupleId, none, agent.unixSec(nowMs), out);
        return true;
    }

    private Publication nextOpen(Slice resource, Publication after) {
        Publication p = compositor.next(resource, after);
        while (p != null && !p.isOpen()) {
            p = compositor.next(resource, p);
        }
        return p;
    }

    private void compose(Slice resource, Publication first) {
        whole.clear();
        long newest = -1;
        int basic = Presence.UNKNOWN;
        for (Publication p = first; p != null; p = nextOpen(resource, p)) {
            if (reader.read(p.body().slice(bodySlice), one) != PidfReader.GOOD) {
                continue;
            }
            basic = basic == Presence.OPEN || one.basic() == Presence.OPEN ? Presence.OPEN : one.basic();
            if (p.order() > newest) {
                newest = p.order();
                whole.set(one);
            }
        }
        whole.entity.set(resource);
        if (first != null) {
            whole.addBasic(basic);
        }
    }

    public long refusedDocuments() {
        return refusedDocuments;
    }
}
