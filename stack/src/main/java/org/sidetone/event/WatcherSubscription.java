package org.sidetone.event;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.winfo.Watcherinfo;
import org.sidetone.port.Flow;
import org.sidetone.sip.EventView;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.SubscriptionStateView;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.dialog.DialogRecord;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/**
 * One subscription at the notifier, RFC 6665 section 4.2, paced by RFC 6446, with the conditions of RFC 5839. One NOTIFY is under way at
 * a time; what changes meanwhile is sent as one newest state after it. A watcher that does not answer is under suspicion: it is told
 * the newest state once more before it is given up, so that a lost minute is no lost lamp.
 * <pre>
 *   state            input                     next        action
 *   FREE             SUBSCRIBE accepted        ACTIVE or PENDING   200; NOTIFY
 *   ACTIVE, PENDING  SUBSCRIBE again           the same    200; NOTIFY
 *   ACTIVE           state changed             ACTIVE      NOTIFY, or mark it dirty while one is under way
 *   PENDING          state changed             PENDING
 *   ACTIVE, PENDING  SUBSCRIBE with Expires 0  TERMINATED  200; NOTIFY terminated;reason=timeout
 *   ACTIVE, PENDING  expiry                    TERMINATED  NOTIFY terminated;reason=timeout
 *   PENDING          permitted                 ACTIVE      NOTIFY
 *   ACTIVE, PENDING  refused                   TERMINATED  NOTIFY terminated;reason=rejected
 *   ACTIVE, PENDING  NOTIFY: no answer         the same    under suspicion: NOTIFY once more after 30 s
 *   ACTIVE, PENDING  NOTIFY: no answer again   FREE
 *   ACTIVE, PENDING  NOTIFY: 481 and its like  FREE
 *   ACTIVE, PENDING  NOTIFY: other refusal     the same    with Retry-After: NOTIFY once more then
 *   TERMINATED       NOTIFY: any answer        FREE
 * </pre>
 */
public final class WatcherSubscription extends ClientRequest implements Timer.Owner {
    public static final int FREE = 0;
    public static final int PENDING = 1;
    public static final int ACTIVE = 2;
    public static final int TERMINATED = 3;

    private static final long SUSPICION_MS = 30_000;
    private static final long UNSENT_MS = 2_000;
    /** {@code Suppress-If-Match}: absent, a tag, or an asterisk. */
    private static final int NO_CONDITION = 0;
    private static final int IF_TAG = 1;
    private static final int ALWAYS = 2;
    private static final int TAG_DIGITS = 16;
    /** Sequence numbers that one writing of the record is good for: storage wears out. */
    private static final int RESERVE = 1000;

    private final Notifier notifier;
    final int slot;
    int resourceHash;
    int callIdHash;
    private final FixedText resource = new FixedText(160);
    private final FixedText watcher = new FixedText(160);
    private final FixedText eventId = new FixedText(32);
    private final Timer expiry;
    /** When the next NOTIFY is due by itself: held back, owed, or once more under suspicion. */
    private final Timer due;
    private final Pace pace = new Pace();
    private boolean suspect;
    /** Tag of the state told last, 0 before. */
    private long toldTag;
    /** Tag of the state that the watcher is known to have heard in the package's own type, 0: none. */
    private long heardTag;
    /** Tells this subscription from every other. */
    private long serial;
    private long subscribedAtMs;
    /** Whether observers know of it: what comes and goes at once is not told. */
    private boolean reported;
    private int condition = NO_CONDITION;
    private long conditionTag;
    private final Slice value = new Slice();
    private final EventView wishes = new EventView();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private EventPackage eventPackage;
    private int state = FREE;
    private int reason;
    /** It ended before anybody let the watcher in: nothing of the state is his to see. */
    private boolean neverLetIn;
    private boolean kept;
    private long reservedSequence;
    /** While a NOTIFY is under way: the state changed; one more has to follow, changed or not. */
    private boolean dirty;
    private boolean owed;
    private long expiresAtMs;
    /** Of the notification under way or sent last; -1 before the first. */
    private long version;
    /** What the watcher was told last, when he hears of changes alone (RFC 5263); null: he hears the whole every time. */
    private FixedText told;
    /** Whether that is known to have arrived, so that a change of it can be told. */
    private boolean toldArrived;
    /** Of the partial notification sent last. */
    private long partialVersion;
    private boolean written;
    private final FilterSlot[] filters = new FilterSlot[WatcherFilters.PLACES];
    /** The whole of what was told last, when a filter has triggers; null: no place for it, or none has. */
    private FixedText raw;
    private final ByteSink sink = new ByteSink();
    private final Slice before = new Slice();

    WatcherSubscription(UserAgent agent, Notifier notifier, int slot) {
        super(agent, agent.newDialog());
        this.notifier = notifier;
        this.slot = slot;
        expiry = new Timer(agent.timers(), this);
        due = new Timer(agent.timers(), this);
    }

    /** Takes dialog and names over. @return false when something does not fit */
    boolean open(SipMessage subscribe, ServerTransaction transaction, EventPackage of, Slice id, FixedText ofResource, FixedText by, long number) {
        dialog.clear();
        if (!dialog.establishFromRequest(subscribe) || !dialog.isEstablished()) {
            return false;
        }
        dialog.takeFlow(subscribe, transaction.source());
        serial = number;
        eventPackage = of;
        dirty = false;
        owed = false;
        version = -1;
        reason = SubscriptionStateView.NO_REASON;
        suspect = false;
        toldTag = 0;
        heardTag = 0;
        reported = false;
        kept = false;
        neverLetIn = false;
        partialVersion = 0;
        condition = NO_CONDITION;
        pace.clear();
        return dialog.localTag.set(transaction.localTag()) && eventId.set(id) && resource.set(ofResource) && watcher.set(by);
    }

    /** Takes the filters of a SUBSCRIBE over. @return 200, or the status to refuse it with: nothing changed then */
    int takeFilters(SipMessage subscribe) {
        int verdict = notifier.filters().take(subscribe, eventPackage, resource, filters);
        FilterSlot active = WatcherFilters.active(filters);
        boolean wanted = active != null && active.triggers;
        if (wanted && raw == null) {
            raw = notifier.takeDocument();
        } else if (!wanted) {
            releaseRaw();
        }
        if (verdict == 200) {
            condition = NO_CONDITION;                              // what he has is another state now
        }
        return verdict;
    }

    private void releaseRaw() {
        if (raw != null) {
            notifier.releaseDocument(raw);
            raw = null;
        }
    }

    /** Whether a change of the state is one that the watcher's filter lets through. */
    private boolean isTriggered(long nowMs) {
        FilterSlot active = WatcherFilters.active(filters);
        if (active == null || !active.triggers || raw == null || raw.isEmpty()) {
            return true;
        }
        sink.wrap(notifier.stateBytes());
        return !eventPackage.writeState(resource.slice(slice), watcher.slice(slice2), version, nowMs, sink) || sink.overflowed()
                || notifier.filters().isTriggered(active, raw.slice(before), sink.slice(slice));
    }

    /** After a SUBSCRIBE: whether changes alone are wanted. Either way the whole state follows first (RFC 5263 section 4.4). */
    void tellChanges(boolean wanted) {
        toldArrived = false;
        heardTag = 0;
        if (wanted && told == null) {
            told = notifier.takeDocument();
        } else if (!wanted && told != null) {
            notifier.releaseDocument(told);
            told = null;
        }
    }

    void activate(boolean pending, long expiresSec, long nowMs) {
        state = pending ? PENDING : ACTIVE;
        subscribedAtMs = nowMs;
        extend(expiresSec, nowMs);
        if (expiresSec > 0) {
            keep();
            report(FREE, Watcherinfo.SUBSCRIBE, nowMs);
        }
    }

    private void keep() {
        if (notifier.keeper() != null) {
            kept = true;
            reservedSequence = dialog.localSequence() + RESERVE;
            notifier.keeper().watcherChanged(slot);
        }
    }

    /** Appends what there is to be kept. */
    void putRecord(ByteSink out) {
        if (kept) {
            out.put(eventPackage.name()).put('\n').put(eventId).put('\n').put(resource).put('\n');
            DialogRecord.put(dialog, reservedSequence, out);
        }
    }

    /** Becomes a subscription of before the last boot that is over, and that nobody here knows of any more. @return false when the record is none */
    boolean restore(EventPackage of, DialogRecord record) {
        eventPackage = of;
        if (!record.skip() || !record.next(eventId) || !record.next(resource) || !record.read(dialog)) {
            return false;
        }
        watcher.set(dialog.remoteUri);
        version = -1;
        state = TERMINATED;
        reason = SubscriptionStateView.DEACTIVATED;
        neverLetIn = true;
        suspect = false;
        kept = false;
        reported = false;
        dirty = false;
        owed = false;
        pace.clear();
        condition = NO_CONDITION;
        return true;
    }

    private void report(int before, int why, long nowMs) {
        reported = true;
        notifier.report(this, before, why, nowMs);
    }

    private void reportEnd(int before, int why, long nowMs) {
        if (reported || before == PENDING) {
            report(before, why, nowMs);
        }
    }

    void extend(long expiresSec, long nowMs) {
        expiresAtMs = nowMs + 1000 * expiresSec;
        expiry.startAt(expiresAtMs);
    }

    /** Reads what a SUBSCRIBE says of pace and condition. @return whether the condition holds: the watcher has the state already */
    boolean readWishes(SipMessage subscribe, EventView event, long nowMs) {
        pace.read(event.params(), eventPackage.shortestIntervalMs(), expiresAtMs - nowMs);
        suspect = false;
        condition = NO_CONDITION;
        if (subscribe.value(Header.SUPPRESS_IF_MATCH, value)) {
            boolean any = value.length() == 1 && value.byteAt(0) == '*';
            conditionTag = any ? 0 : hex(value);
            condition = any ? ALWAYS : conditionTag == 0 ? NO_CONDITION : IF_TAG;
        }
        return holds(tag(nowMs));
    }

    private long tag(long nowMs) {
        return state == ACTIVE ? eventPackage.stateTag(resource.slice(slice), watcher.slice(slice2), nowMs) : 0;
    }

    private boolean holds(long tag) {
        return condition == ALWAYS || condition == IF_TAG && tag != 0 && tag == conditionTag;
    }

    /** The number a tag of ours spells, 0 for any other. */
    private static long hex(Slice text) {
        long n = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Hex.value(text.byteAt(i));
            if (digit < 0 || text.length() != TAG_DIGITS) {
                return 0;
            }
            n = n << 4 | digit;
        }
        return n;
    }

    /** The state of the resource changed: tells it when the watcher would see the change, and not before it may. */
    void stateChanged(long nowMs) {
        if (state != ACTIVE || condition == ALWAYS || suspect) {
            return;                                                // under suspicion it hears the newest state when that is due
        }
        if (isPending()) {
            dirty = true;
            return;
        }
        long tag = tag(nowMs);
        if (tag != 0 && tag == toldTag || holds(tag)) {
            return;                                                // nothing of it is his to see
        }
        if (!isTriggered(nowMs)) {
            return;
        }
        long earliest = pace.earliestMs(nowMs);
        if (earliest > nowMs) {
            due.startAt(due.isRunning() ? Math.min(due.deadlineMs(), earliest) : earliest);
        } else {
            notifyState(nowMs);
        }
    }

    /** Sends the newest state now, or right after the NOTIFY that is under way. */
    void notifyState(long nowMs) {
        if (state == FREE) {
            return;
        }
        if (isPending()) {
            owed = true;
            return;
        }
        dirty = false;
        owed = false;
        version++;
        written = false;
        due.stop();
        pace.onSent(nowMs);
        if (!send(Method.NOTIFY, nowMs) && !isPending()) {
            notifier.countUnsent();
            if (state == TERMINATED) {
                free(nowMs);
            } else {
                due.startAt(nowMs + UNSENT_MS);                    // there is no room, or no way there, now
                return;
            }
        }
        if (state != FREE && pace.latestMs() != Long.MAX_VALUE) {
            due.startAt(pace.latestMs());
        }
    }

    /** The watcher's standing may be another now. @param verdict of {@link EventPackage} */
    void reconsider(int verdict, long nowMs) {
        if (verdict == EventPackage.FORBIDDEN || verdict == EventPackage.NOT_FOUND) {
            terminate(verdict == EventPackage.FORBIDDEN ? SubscriptionStateView.REJECTED : SubscriptionStateView.NORESOURCE, nowMs);
        } else if (state == PENDING && verdict == EventPackage.ALLOW || state == ACTIVE && verdict == EventPackage.PENDING) {
            int before = state;
            state = verdict == EventPackage.ALLOW ? ACTIVE : PENDING;
            toldTag = 0;
            report(before, state == ACTIVE ? Watcherinfo.APPROVED : Watcherinfo.SUBSCRIBE, nowMs);
            notifyState(nowMs);
        } else {
            stateChanged(nowMs);                                   // he may be shown another state now
        }
    }

    void terminate(int why, long nowMs) {
        if (state == ACTIVE || state == PENDING) {
            int before = state;
            neverLetIn = before == PENDING;
            state = TERMINATED;
            reason = why;
            expiry.stop();
            due.stop();
            reportEnd(before, why == SubscriptionStateView.REJECTED ? Watcherinfo.REJECTED : why == SubscriptionStateView.NORESOURCE ? Watcherinfo.NORESOURCE
                    : Watcherinfo.TIMEOUT, nowMs);
            notifyState(nowMs);
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == due) {
            notifyState(nowMs);
            return;
        }
        terminate(SubscriptionStateView.TIMEOUT, nowMs);
    }

    @Override
    protected void writeContent(SipWriter out, Flow to, long nowMs) {
        notifier.writing(this);
        out.name(Header.EVENT).sink().put(eventPackage.name());
        if (!eventId.isEmpty()) {
            out.sink().put(";id=").put(eventId);
        }
        out.end().name(Header.SUBSCRIPTION_STATE);
        if (state == TERMINATED) {
            out.sink().put("terminated;reason=").put(SubscriptionStateView.reasonName(reason));
        } else {
            out.sink().put(state == ACTIVE ? "active" : "pending").put(";expires=")
                    .putDecimal(Math.max(0, (expiresAtMs - nowMs + 999) / 1000));
            pace.put(out.sink());
        }
        out.end();
        if (eventPackage.required() != null) {
            out.header(Header.REQUIRE, eventPackage.required());
        }
        agent.putNotifierContact(resource, dialog.isSecure(), to, out.name(Header.CONTACT).sink());
        out.end();
        if (state == PENDING || state == TERMINATED && (neverLetIn || reason == SubscriptionStateView.REJECTED)) {
            return;                                                // not his to see
        }
        long tag = eventPackage.stateTag(resource.slice(slice), watcher.slice(slice2), nowMs);
        if (tag != 0) {
            toldTag = tag;
            out.name(Header.SIP_ETAG).sink().putHex(tag, TAG_DIGITS);
            out.end();
        }
        if (holds(tag)) {
            return;
        }
        if (condition == IF_TAG) {
            condition = NO_CONDITION;                              // he is told another state now: that one would be news to him again
        }
        int start = out.sink().position();
        if ((told != null || WatcherFilters.active(filters) != null) && writeChosen(out, start, nowMs)) {
            return;
        }
        toldArrived = false;
        writeType(out);
        if (heardTag != 0 && eventPackage.writeSince(heardTag, resource.slice(slice), watcher.slice(slice2), version, nowMs, out.sink())) {
            return;
        }
        if (!eventPackage.writeState(resource.slice(slice), watcher.slice(slice2), version, nowMs, out.sink())) {
            out.withoutBody(start);
        }
    }

    private void writeType(SipWriter out) {
        eventPackage.putTypeParameters(out.name(Header.CONTENT_TYPE).sink().put(eventPackage.contentType()));
        out.end().body();
    }

    /** Writes what the watcher's filter leaves of the state, whole or what changed of it. @return false: the state has to be told as it is */
    private boolean writeChosen(SipWriter out, int start, long nowMs) {
        sink.wrap(notifier.stateBytes());
        if (!eventPackage.writeState(resource.slice(slice), watcher.slice(slice2), version, nowMs, sink) || sink.overflowed()) {
            return false;
        }
        sink.slice(slice);
        FilterSlot active = WatcherFilters.active(filters);
        if (active != null) {
            if (raw != null) {
                raw.set(slice);
            }
            if (!notifier.filters().apply(active, slice, eventPackage, slice2)) {
                toldArrived = false;
                return true;                                       // nothing is left of it (RFC 4660 section 5.3.1)
            }
            slice.set(slice2);
        }
        if (told != null && writePartial(out, start)) {
            return true;
        }
        toldArrived = false;
        writeType(out);
        out.sink().put(slice);
        return true;
    }

    /**
     * Writes what changed, or the whole state as the first of such notifications. What is written a second time, with credentials or for
     * another transport, is the whole: what it changed is not known any more. The number grows also over one that did not arrive, since
     * it may have, and its answer not.
     * The state is {@link #slice}.
     * @return false: it has to be told in the package's own type
     */
    private boolean writePartial(SipWriter out, int start) {
        PartialState partial = eventPackage.partial();
        boolean again = written;
        partialVersion += again ? 0 : 1;
        written = true;
        out.header(Header.CONTENT_TYPE, partial.contentType()).body();
        boolean changed = !again && toldArrived && partial.writeChange(told.slice(before), slice, partialVersion, out.sink());
        if (!changed && !partial.writeFull(slice, partialVersion, out.sink())) {
            out.withoutBody(start);
            return false;
        }
        toldArrived = told.set(slice);
        return true;
    }

    @Override
    protected void onFinal(int status, SipMessage response, long nowMs) {
        if (state == FREE) {
            return;
        }
        if (kept && dialog.localSequence() >= reservedSequence) {
            keep();
        }
        toldArrived &= status / 100 == 2;
        heardTag = status / 100 == 2 && state == ACTIVE ? toldTag : 0;
        boolean more = owed && !endsSubscription(status);
        if (state == TERMINATED && !more || endsSubscription(status) || response == null && suspect) {
            free(nowMs);
        } else if (response == null && state != TERMINATED) {
            suspect = true;
            due.startAt(nowMs + SUSPICION_MS);
        } else if (more) {
            notifyState(nowMs);
        } else if (status / 100 == 2) {
            suspect = false;
            takeWishes(response, nowMs);
            if (heardTag != 0 && !eventPackage.isAllTold(this)) {
                notifyState(nowMs);
            } else if (dirty) {
                dirty = false;
                stateChanged(nowMs);
            }
        } else {
            long retryAfterSec = response.decimal(Header.RETRY_AFTER, 0xFFFFFFL);
            due.startAt(nowMs + (retryAfterSec < 0 ? SUSPICION_MS : 1000 * retryAfterSec));
        }
    }

    /** RFC 6446 section 9.3: a 2xx to a NOTIFY may have wishes too, and then has all of them. */
    private void takeWishes(SipMessage response, long nowMs) {
        if (response.event(wishes) && wishes.type().equals(eventPackage.name())) {
            pace.read(wishes.params(), eventPackage.shortestIntervalMs(), expiresAtMs - nowMs);
            if (pace.latestMs() != Long.MAX_VALUE) {
                due.startAt(pace.latestMs());
            }
        }
    }

    /** RFC 6665 section 4.2.2. */
    private static boolean endsSubscription(int status) {
        return status == 404 || status == 405 || status == 410 || status == 416 || status >= 480 && status <= 485 || status == 489
                || status == 501 || status == 604;
    }

    /** Ends without a word. */
    void end(long nowMs) {
        if (isPending()) {
            int before = state;
            state = TERMINATED;                                    // its NOTIFY is under way: the slot is free after its answer
            expiry.stop();
            due.stop();
            reportEnd(before, Watcherinfo.TIMEOUT, nowMs);
        } else {
            free(nowMs);
        }
    }

    private void free(long nowMs) {
        int before = state;
        if (before != TERMINATED) {
            state = TERMINATED;
            reportEnd(before, Watcherinfo.TIMEOUT, nowMs);
        }
        state = FREE;
        if (kept) {
            kept = false;
            notifier.keeper().watcherChanged(slot);
        }
        expiry.stop();
        due.stop();
        tellChanges(false);
        releaseRaw();
        notifier.filters().releaseAll(filters);
        notifier.release(this);
    }

    Dialog dialog() {
        return dialog;
    }

    /** Its place among those of the notifier. */
    public int slot() {
        return slot;
    }

    /** Number of the notification that is under way, or was sent last. */
    public long version() {
        return version;
    }

    /** A number that no other subscription of the notifier has or had. */
    public long serial() {
        return serial;
    }

    public long subscribedAtMs() {
        return subscribedAtMs;
    }

    public long expiresAtMs() {
        return expiresAtMs;
    }

    public int state() {
        return state;
    }

    public EventPackage eventPackage() {
        return eventPackage;
    }

    public FixedText resource() {
        return resource;
    }

    public FixedText watcher() {
        return watcher;
    }

    FixedText eventId() {
        return eventId;
    }
}
