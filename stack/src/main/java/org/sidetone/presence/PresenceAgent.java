package org.sidetone.presence;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.PartialPidf;
import org.sidetone.doc.pidf.PidfComposer;
import org.sidetone.doc.pidf.PidfReader;
import org.sidetone.doc.pidf.Sphere;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.event.Notifier;
import org.sidetone.event.ServerPackage;
import org.sidetone.event.PartialState;
import org.sidetone.event.publish.EventStateCompositor;
import org.sidetone.event.publish.Publication;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.UserAgent;

/**
 * The presence agent of a server (RFC 3856 section 6.11): publications in, notifications out. One publication is passed on as it
 * was published; several are composed by {@link PidfComposer}; without any the document has nobody in it. Each watcher is shown of it what the presentity's rules
 * let him see ({@link PresenceAuthorization}); who may see nothing is shown what he would be shown if nothing had ever been published, and hears of no change.
 */
public final class PresenceAgent extends ServerPackage implements EventStateCompositor.User, PidfComposer.Source, PresenceAuthorization.User {
    /** Who may ask at all. */
    public interface Policy {
        /** Names the presentity and the watcher of a SUBSCRIBE. @return 200, or the status to refuse with; then the presentity's rules decide */
        int mayWatch(SipMessage subscribe, FixedText presentity, FixedText watcher);
    }

    /** Publications of one presentity that are composed; older ones beyond that are left out. */
    private static final int MOST_COMPOSED = 8;
    /** What composition adds for the document and for each publication in it: the root, inherited namespaces. */
    private static final int COMPOSITION_BYTES = 400;

    private final Policy policy;
    private final PresenceAuthorization authorization;
    private final Sphere sphere = new Sphere();
    private final byte[] whole;
    private final byte[] shown;
    private final ByteSink wholeSink = new ByteSink();
    private final ByteSink shownSink = new ByteSink();
    private final Slice resourceSlice = new Slice();
    private final Slice watcherSlice = new Slice();
    private final Slice sphereSlice = new Slice();
    private final Notifier notifier;
    private final EventStateCompositor compositor;
    private final PidfReader reader;
    private final PartialPidf pidf;
    private final PartialPresence partial;
    private final PresenceFilterRules rules = new PresenceFilterRules();
    private final Slice taken = new Slice();
    private final PidfComposer composer = new PidfComposer();
    private final Publication[] composed = new Publication[MOST_COMPOSED];
    private int composedCount;
    private final long salt;
    private final Slice slice = new Slice();
    private long refusedDocuments;

    public PresenceAgent(UserAgent agent, Notifier notifier, EventStateCompositor compositor, Policy policy, PresenceAuthorization authorization, Capacity capacity) {
        this.authorization = authorization;
        this.notifier = notifier;
        authorization.setUser(this);
        whole = new byte[capacity.bodyBytes];
        shown = new byte[capacity.bodyBytes];
        this.compositor = compositor;
        this.policy = policy;
        reader = new PidfReader(capacity.presenceParts, capacity.publicationBytes);
        pidf = new PartialPidf(capacity.partialNodes, Math.max(capacity.partialBytes, capacity.publicationBytes));
        partial = PartialPresence.of(pidf, capacity);
        salt = agent.random().nextLong();
        notifier.register(this);
        compositor.register(this);
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
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
        int verdict = policy.mayWatch(subscribe, resource, watcher);
        return verdict >= 300 ? verdict : standing(resource.slice(resourceSlice), watcher.slice(watcherSlice), nowMs);
    }

    @Override
    public int standing(Slice resource, Slice watcher, long nowMs) {
        decide(resource, watcher, nowMs);
        return authorization.verdict();
    }

    private void decide(Slice resource, Slice watcher, long nowMs) {
        sphere.begin();
        for (Publication p = compositor.next(this, resource, null); p != null; p = compositor.next(this, resource, p)) {
            if (p.isOpen()) {
                sphere.add(p.body().slice(slice));
            }
        }
        authorization.decide(resource, watcher, sphere.value(sphereSlice), nowMs);
    }

    /** Somebody's rules are others now: watchers are let in, sent away, or shown more or less, at once. */
    public void rulesChanged(Slice presentity, long nowMs) {
        authorization.rulesChanged();
        notifier.reconsider(this, presentity, nowMs);
    }

    @Override
    public void onRulesDue(long nowMs) {
        notifier.reconsider(this, nowMs);
    }

    /** Changes of publications have numbers of their own; the salt tells those before a restart from those after. Where rules decide what is shown, what is shown counts. */
    @Override
    public long stateTag(Slice resource, Slice watcher, long nowMs) {
        decide(resource, watcher, nowMs);
        if (!authorization.showsEverything()) {
            return authorization.tag(writeShown(resource));
        }
        gather(resource);
        long tag = salt;
        for (int i = 0; i < composedCount; i++) {
            tag = 31 * tag + composed[i].order();
        }
        return tag == 0 ? 1 : tag;
    }

    @Override
    public byte[] accept() {
        return partial == null ? PidfReader.CONTENT_TYPE : PartialPidf.ACCEPT;
    }

    @Override
    public boolean reads(MediaTypeView type) {
        return type.is(PidfReader.CONTENT_TYPE) || partial != null && type.is(PartialPidf.CONTENT_TYPE);
    }

    /** A whole document, or what changed of the one before (RFC 5264 section 4.3); whole documents alone are kept. */
    @Override
    public int take(MediaTypeView type, Slice body, Slice before, ByteSink out) {
        int start = out.position();
        boolean isPartial = !type.is(PidfReader.CONTENT_TYPE);
        int kind = isPartial ? pidf.read(body) : PartialPidf.NONE;
        boolean made = true;
        if (!isPartial) {
            out.put(body);
        } else if (kind == PartialPidf.FULL) {
            made = pidf.putPresence(out);
        } else {
            made = kind == PartialPidf.DIFF && !before.isEmpty() && pidf.apply(before, out) == 0;
        }
        boolean good = made && !out.overflowed() && reader.read(taken.wrap(out.buffer(), start, out.position() - start)) == PidfReader.GOOD;
        refusedDocuments += good ? 0 : 1;
        return good || out.overflowed() ? 200 : kind == PartialPidf.FULL ? 500 : 400;
    }

    @Override
    public SimpleFilters.Mandatory filterRules() {
        return rules;
    }

    @Override
    public PartialState partial() {
        return partial;
    }

    @Override
    public void onPublication(Publication publication, long nowMs) {
        notifier.reconsider(this, publication.resource().slice(resourceSlice), nowMs);       // the sphere may be another, and with it who may watch
    }

    /** What the decision made last shows of a presentity, empty for nothing. */
    private Slice writeShown(Slice resource) {
        wholeSink.wrap(whole);
        writeWhole(resource, wholeSink);
        shownSink.wrap(shown);
        boolean any = authorization.show(wholeSink.slice(slice), shownSink) && !shownSink.overflowed();
        return any ? shownSink.slice(slice) : slice.clear();
    }

    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        decide(resource, watcher, nowMs);
        if (authorization.showsEverything()) {
            writeWhole(resource, out);
        } else if (!writeShown(resource).isEmpty()) {
            out.put(slice);
        } else {
            composedCount = 0;
            composer.compose(this, resource, out);
        }
        return true;
    }

    private void writeWhole(Slice resource, ByteSink out) {
        gather(resource);
        if (composedCount == 1) {
            out.put(composed[0].body());
        } else {
            while (composedCount > 1 && composedBytes() > out.remaining()) {
                composedCount--;                             // the oldest has to wait until there is room
            }
            composer.compose(this, resource, out);
        }
    }

    /** The open publications of a presentity, newest first. */
    private void gather(Slice resource) {
        composedCount = 0;
        for (Publication p = compositor.next(this, resource, null); p != null; p = compositor.next(this, resource, p)) {
            if (p.isOpen()) {
                insert(p);
            }
        }
    }

    private void insert(Publication p) {
        if (composedCount == MOST_COMPOSED) {
            if (composed[MOST_COMPOSED - 1].order() > p.order()) {
                return;
            }
            composedCount--;
        }
        int at = composedCount++;
        while (at > 0 && composed[at - 1].order() < p.order()) {
            composed[at] = composed[at - 1];
            at--;
        }
        composed[at] = p;
    }

    /** Octets that a composed document has at most. */
    private int composedBytes() {
        int bytes = COMPOSITION_BYTES;
        for (int i = 0; i < composedCount; i++) {
            bytes += composed[i].body().length() + COMPOSITION_BYTES;
        }
        return bytes;
    }

    @Override
    public int count() {
        return composedCount;
    }

    @Override
    public Slice document(int index, Slice out) {
        return composed[index].body().slice(out);
    }

    public long refusedDocuments() {
        return refusedDocuments;
    }
}
