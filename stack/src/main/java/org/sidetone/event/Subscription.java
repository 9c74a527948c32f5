package org.sidetone.event;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.lists.RecipientList;
import org.sidetone.doc.rlmi.Rlmi;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.SubscriptionStateView;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.dialog.DialogRecord;
import org.sidetone.sip.register.Backoff;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.transaction.Timings;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/**
 * One subscription that we want to keep, RFC 6665 sections 4.1 and 4.4, figure 1, with what follows an end: section 4.1.3 says for
 * each reason whether to subscribe again, and when. Anything not in the table is ignored.
 * <pre>
 *   state        input                           next         action
 *   FREE         subscribe                       NOTIFY_WAIT  SUBSCRIBE; start N
 *   NOTIFY_WAIT  2xx                             NOTIFY_WAIT  the NOTIFY makes the dialog; refresh at 40 to 50 % of Expires
 *   NOTIFY_WAIT  NOTIFY active / pending         ACTIVE / PENDING
 *   NOTIFY_WAIT  423                             NOTIFY_WAIT  SUBSCRIBE with the notifier's Min-Expires
 *   NOTIFY_WAIT  415, 488 to a filter            NOTIFY_WAIT  SUBSCRIBE without one in a new dialog
 *   NOTIFY_WAIT  timer N, 408, 480, 5xx          RETRY_WAIT   back off
 *   NOTIFY_WAIT  403, 404, 405, 489, 6xx         REFUSED
 *   PENDING, ACTIVE  NOTIFY active / pending     ACTIVE / PENDING  expires of the NOTIFY moves the refresh
 *   PENDING, ACTIVE  refresh is due              the same     SUBSCRIBE in the dialog; start N
 *   PENDING, ACTIVE  204                         the same     stop N
 *   PENDING, ACTIVE  481 and its like, timer N   RETRY_WAIT   a new dialog at once
 *   PENDING, ACTIVE  expiry without refresh      RETRY_WAIT   back off
 *   any of these     NOTIFY terminated, deactivated or timeout   RETRY_WAIT  a new dialog at once
 *   any of these     NOTIFY terminated, probation, giveup or none  RETRY_WAIT  after retry-after, else back off
 *   any of these     NOTIFY terminated, rejected, noresource, invariant  REFUSED
 *   RETRY_WAIT   it is time                      NOTIFY_WAIT  SUBSCRIBE in a new dialog; start N
 *   FREE         restore                         NOTIFY_WAIT  SUBSCRIBE in the dialog of before the boot; a new one when that fails
 *   any          unsubscribe                     LEAVING      SUBSCRIBE with Expires 0
 *   one of a fork  any that leads to RETRY_WAIT or REFUSED   FREE  the first of the fork asks again, if anybody
 *   LEAVING      NOTIFY terminated, timer N      FREE
 * </pre>
 */
public final class Subscription extends ClientRequest implements Timer.Owner {
    public static final int FREE = 0;
    public static final int NOTIFY_WAIT = 1;
    public static final int PENDING = 2;
    public static final int ACTIVE = 3;
    public static final int RETRY_WAIT = 4;
    public static final int REFUSED = 5;
    public static final int LEAVING = 6;

    private static final String[] NAMES = {"free", "notify-wait", "pending", "active", "retry-wait", "refused", "leaving"};
    private static final int REFRESH_LOW = 40;
    private static final int REFRESH_HIGH = 50;
    private static final long BACKOFF_BASE_MS = 2_000;
    private static final long BACKOFF_MAXIMUM_MS = 300_000;
    private static final long AT_ONCE_MS = 500;
    /** RFC 5839 section 7.1: no NOTIFY follows. */
    private static final int NO_NOTIFICATION = 204;
    private static final int NOWHERE = -1;
    /** Sequence numbers that one writing of the record is good for: storage wears out. */
    private static final int RESERVE = 1000;

    private final Subscriber subscriber;
    final int slot;
    final FixedText event = new FixedText(48);
    private final FixedText accept = new FixedText(96);
    private final FixedText resource = new FixedText(160);
    private final FixedText identity = new FixedText(160);
    /** Parameters of the Event header, such as the rates of RFC 6446. */
    private final FixedText wishes = new FixedText(64);
    /** Tag of the state that the last NOTIFY told (RFC 5839); empty: it had none. */
    private final FixedText entityTag = new FixedText(64);
    private final Timer refreshTimer;
    private final Timer timerN;
    private final Timer expiryTimer;
    private final Timer retryTimer;
    private final Backoff backoff = new Backoff(BACKOFF_BASE_MS, BACKOFF_MAXIMUM_MS);
    private final Slice slice = new Slice();
    private int state = FREE;
    private int lastStatus;
    private long goodUntilMs;
    private boolean doubtful;
    private long wantedSec;
    private long askedSec;
    private SubscriptionUser user;
    private int id;
    /** Made by a NOTIFY of another notifier, not by a SUBSCRIBE of its own. */
    private boolean fork;
    /** Null: there is none, or the notifier did not take it. */
    private byte[] filter;
    /** Where its dialog is kept, {@link #NOWHERE}: it is not. */
    private int place = NOWHERE;
    private boolean kept;
    private long reservedSequence;
    /** Its dialog is of before the last boot, and nobody has said yet that it is still good. */
    private boolean restored;
    /** The NOTIFY being taken showed a gap. */
    private boolean again;
    int callIdHash;

    Subscription(UserAgent agent, Subscriber subscriber, int slot) {
        super(agent, agent.newDialog());
        this.subscriber = subscriber;
        this.slot = slot;
        refreshTimer = new Timer(agent.timers(), this);
        timerN = new Timer(agent.timers(), this);
        expiryTimer = new Timer(agent.timers(), this);
        retryTimer = new Timer(agent.timers(), this);
    }

    boolean open(Account account, byte[] eventType, byte[] acceptTypes, Slice uri, long expiresSec, SubscriptionUser newUser, int newId) {
        if (!event.set(eventType) || !accept.set(acceptTypes) || !resource.set(uri) || !wishes.set(newUser.parameters(newId))) {
            return false;
        }
        setAccount(account);
        identity.set(account.address);
        wantedSec = expiresSec;
        askedSec = expiresSec;
        user = newUser;
        id = newId;
        fork = false;
        filter = newUser.filter(newId);
        place = NOWHERE;
        kept = false;
        restored = false;
        backoff.reset();
        return true;
    }

    /** Becomes a subscription beside another, of the same SUBSCRIBE; the NOTIFY that is about to be taken makes its dialog. */
    void openFork(Subscription of) {
        setAccount(of.account());
        event.set(of.event);
        accept.set(of.accept);
        resource.set(of.resource);
        identity.set(of.identity);
        wishes.set(of.wishes);
        wantedSec = of.wantedSec;
        askedSec = of.wantedSec;
        user = of.user;
        id = of.id;
        fork = true;
        filter = null;
        place = NOWHERE;
        kept = false;
        restored = false;
        backoff.reset();
        entityTag.clear();
        dialog.clear();
        dialog.callId.set(of.dialog.callId);
        dialog.localTag.set(of.dialog.localTag);
        dialog.localUri.set(of.dialog.localUri);
        dialog.remoteUri.set(of.dialog.remoteUri);
        dialog.setSequences(of.dialog.localSequence(), -1);
        subscriber.index(this);
        state = NOTIFY_WAIT;
    }

    /** From now on its dialog is kept over a reboot. @param newPlace for the keeper to know it by, not negative */
    public void keepAt(int newPlace) {
        place = newPlace;
    }

    /** What {@link #keepAt} said. */
    public int place() {
        return place;
    }

    /** Whether there is a dialog to be kept. */
    public boolean isKept() {
        return kept;
    }

    private void keep() {
        if (place != NOWHERE && subscriber.keeper() != null) {
            kept = true;
            reservedSequence = dialog.localSequence() + RESERVE;
            subscriber.keeper().keep(this);
        }
    }

    private void forget() {
        boolean known = kept && place != NOWHERE;          // nowhere yet: the failure came within restore, and the next record replaces this one
        kept = false;
        if (known) {
            subscriber.keeper().forget(this);
        }
    }

    /** Appends what there is to be kept. */
    public void putRecord(ByteSink out) {
        out.put(event).put('\n').put(resource).put('\n');
        DialogRecord.put(dialog, reservedSequence, out);
    }

    boolean restore(DialogRecord record, long nowMs) {
        if (!record.nextIs(event) || !record.nextIs(resource) || !record.read(dialog) || !dialog.localUri.equals(identity)) {
            return false;
        }
        reservedSequence = dialog.localSequence();
        entityTag.clear();
        subscriber.index(this);
        restored = true;
        kept = true;
        enter(NOTIFY_WAIT, nowMs);
        if (!ask(nowMs)) {
            begin(nowMs);
        }
        return true;
    }

    boolean isFork() {
        return fork && state != FREE;
    }

    boolean takesForks() {
        return user.takesForks();
    }

    /** Whether a NOTIFY of our Call-ID and tag comes from another notifier than ours. */
    boolean isElsewhere(SipMessage notify) {
        return dialog.isEstablished() && !dialog.matches(notify);
    }

    void begin(long nowMs) {
        restored = false;
        forget();
        subscriber.leaveForks(this, nowMs);
        beginDialog();
        retryTimer.stop();
        enter(NOTIFY_WAIT, nowMs);                     // before it is sent: the failure may come within the call
        if (!ask(nowMs)) {
            retryLater(-1, nowMs);
        }
    }

    /** Sends SUBSCRIBE; a NOTIFY has to follow before timer N fires (sections 4.1.2.2, 4.1.2.4). @return false: it was not sent */
    private boolean ask(long nowMs) {
        timerN.startAt(nowMs + Timings.MAX_LIFE_MS);
        return send(Method.SUBSCRIBE, nowMs);
    }

    private void beginDialog() {
        subscriber.unindex(this);
        entityTag.clear();
        startDialog(identity, resource.slice(slice), slice);
        subscriber.index(this);
    }

    /** Ends the subscription; the slot is free once the notifier said so, or after timer N. */
    public void unsubscribe(long nowMs) {
        if (!fork) {
            subscriber.leaveForks(this, nowMs);
        }
        boolean inDialog = state == ACTIVE || state == PENDING;
        stopTimers();
        askedSec = 0;
        if (!inDialog || isPending()) {
            close(nowMs);
            return;
        }
        enter(LEAVING, nowMs);
        if (!ask(nowMs)) {
            close(nowMs);
        }
    }

    /**
     * Says how often notifications may and should come, at once when there is a dialog: RFC 6446 sections 5.1, 6.1, 7.1.
     * @param parameters such as {@code ;max-rate=0.2}; empty: no wish any more. @return false when they are too long
     */
    public boolean wish(String parameters, long nowMs) {
        if (!wishes.set(parameters)) {
            return false;
        }
        if (state == ACTIVE || state == PENDING) {
            refresh(nowMs);
        }
        return true;
    }

    /** Has the whole state told again, after the NOTIFY that is being taken showed that something was missed. */
    public void askAgain() {
        again = state != LEAVING && state != FREE;
    }

    /** Has the whole state told again, now: what was told before is not known here any more, or was not listened to. */
    public void askAgain(long nowMs) {
        entityTag.clear();
        hurry(nowMs);
    }

    /** After an outage: tries again now instead of when the back-off ends. */
    public void hurry(long nowMs) {
        if (state == RETRY_WAIT) {
            backoff.reset();
            begin(nowMs);
        } else if (state == ACTIVE || state == PENDING) {
            refresh(nowMs);
        }
    }

    private void close(long nowMs) {
        forget();
        stopTimers();
        subscriber.unindex(this);
        enter(FREE, nowMs);
        subscriber.release(this);
    }

    private void stopTimers() {
        refreshTimer.stop();
        timerN.stop();
        expiryTimer.stop();
        retryTimer.stop();
    }

    @Override
    protected void writeContent(SipWriter out, Flow to, long nowMs) {
        out.name(Header.EVENT).sink().put(event).put(wishes);
        out.end();
        if ((state == ACTIVE || state == LEAVING) && !entityTag.isEmpty()) {
            out.header(Header.SUPPRESS_IF_MATCH, entityTag);      // what we know already need not be told again
        }
        out.decimal(Header.EXPIRES, askedSec);
        out.header(Header.ACCEPT, accept);
        if (user.takesLists(id)) {
            out.header(Header.SUPPORTED, Rlmi.OPTION);
        }
        agent.putDialogContact(account(), dialog.isSecure(), to, out.name(Header.CONTACT).sink());
        out.end().header(Header.ALLOW_EVENTS, event);
        if (filter != null && state == NOTIFY_WAIT) {              // it stays in force as long as the dialog does (RFC 4660 section 3.3.3)
            if (user.takesLists(id) && user.bodyType(id) == RecipientList.CONTENT_TYPE) {              // RFC 5367 section 3
                out.header(Header.REQUIRE, RecipientList.OPTION).header(Header.CONTENT_DISPOSITION, RecipientList.DISPOSITION);
            }
            out.header(Header.CONTENT_TYPE, user.bodyType(id)).body();
            out.sink().put(filter);
        }
    }

    @Override
    protected void onFinal(int status, SipMessage response, long nowMs) {
        lastStatus = status;
        if (restored && state == NOTIFY_WAIT && status / 100 != 2) {
            begin(nowMs);                                   // nobody knows it any more
            return;
        }
        if (kept && dialog.localSequence() >= reservedSequence) {
            keep();
        }
        if (filter != null && state == NOTIFY_WAIT && (status == 415 || status == 488)) {
            filter = null;                                  // all of it, then (RFC 4660 section 3.3.4)
            begin(nowMs);
            return;
        }
        if (state == LEAVING) {
            if (status / 100 != 2 || status == NO_NOTIFICATION) {
                close(nowMs);
            }
            return;
        }
        if (state == FREE || state == REFUSED || state == RETRY_WAIT) {
            return;
        }
        if (status / 100 == 2) {
            on2xx(response, nowMs);
        } else if (status == 423 && response.decimal(Header.MIN_EXPIRES, 0xFFFFFFFFL) > askedSec) {
            askedSec = response.decimal(Header.MIN_EXPIRES, 0xFFFFFFFFL);
            if (!ask(nowMs)) {
                retryLater(-1, nowMs);
            }
        } else if (state == NOTIFY_WAIT) {
            onFailedInitial(status, response, nowMs);
        } else {
            onFailedRefresh(status, nowMs);
        }
    }

    private void on2xx(SipMessage response, long nowMs) {
        boolean ofOurs = response.to().tag(slice) && dialog.remoteTag.equals(slice);
        if (ofOurs) {                                       // the NOTIFY makes the dialog, not the answer (section 4.4.1): of a fork it may be another
            dialog.refreshTarget(response);
        }
        long granted = response.decimal(Header.EXPIRES, 0xFFFFFFFFL);
        granted(granted > 0 ? granted : askedSec, nowMs);
        if (state == ACTIVE || state == PENDING) {
            if (response.status() == NO_NOTIFICATION) {
                timerN.stop();
            }
            doubt(false, nowMs);
        }
    }

    private void granted(long seconds, long nowMs) {
        long ms = 1000 * Math.max(1, Math.min(seconds, 0xFFFFFFL));
        refreshTimer.startAt(nowMs + agent.between(ms, REFRESH_LOW, REFRESH_HIGH));
        goodUntilMs = nowMs + ms;
        expiryTimer.startAt(goodUntilMs);
    }

    private void onFailedInitial(int status, SipMessage response, long nowMs) {
        boolean hopeless = status == 403 || status == 404 || status == 405 || status == 489 || status / 100 == 6
                || status == 401 || status == 407;
        if (hopeless) {
            refuse(nowMs);
        } else {
            retryLater(response == null ? -1 : response.decimal(Header.RETRY_AFTER, 0xFFFFFFFFL), nowMs);
        }
    }

    /** Section 4.1.2.2: these end the subscription, any other leaves it as it was until it expires. */
    private void onFailedRefresh(int status, long nowMs) {
        switch (status) {
            case 404: case 405: case 410: case 416: case 480: case 481: case 482: case 483: case 484: case 485: case 489:
            case 501: case 604:
                retrySoon(nowMs);
                break;
            default:
                timerN.stop();
                refreshTimer.startAt(nowMs + backoff.nextMs(agent.random()));
                doubt(true, nowMs);
        }
    }

    private void doubt(boolean value, long nowMs) {
        if (doubtful != value) {
            doubtful = value;
            user.onSubscription(this, state, nowMs);
        }
    }

    /** Somebody else found the notifier's side out of reach. */
    public void doubt(long nowMs) {
        if (state == ACTIVE || state == PENDING) {
            doubt(true, nowMs);
        }
    }

    /** Whether the notifier has not been heard since somebody found it out of reach: what it told last may be old. */
    public boolean isDoubtful() {
        return doubtful;
    }

    private void refuse(long nowMs) {
        if (fork) {
            close(nowMs);
            return;
        }
        forget();
        stopTimers();
        subscriber.unindex(this);
        enter(REFUSED, nowMs);
    }

    private void retrySoon(long nowMs) {
        if (fork) {
            close(nowMs);
            return;
        }
        stopTimers();
        subscriber.unindex(this);
        retryTimer.startAt(nowMs + AT_ONCE_MS);
        enter(RETRY_WAIT, nowMs);
    }

    private void retryLater(long retryAfterSec, long nowMs) {
        if (fork) {
            close(nowMs);
            return;
        }
        stopTimers();
        subscriber.unindex(this);
        retryTimer.startAt(nowMs + (retryAfterSec >= 0 ? 1000 * Math.min(retryAfterSec, 86400) : backoff.nextMs(agent.random())));
        enter(RETRY_WAIT, nowMs);
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == retryTimer) {
            if (state == RETRY_WAIT) {
                if (isPending()) {
                    retryTimer.startAt(nowMs + AT_ONCE_MS);
                } else {
                    askedSec = wantedSec;
                    begin(nowMs);
                }
            }
        } else if (timer == refreshTimer) {
            refresh(nowMs);
        } else if (timer == timerN && state == LEAVING) {
            close(nowMs);
        } else if (timer == timerN && (state == ACTIVE || state == PENDING)) {
            retrySoon(nowMs);                               // the refresh was taken, and nothing was told
        } else if (timer == timerN && state == NOTIFY_WAIT || timer == expiryTimer && (state == ACTIVE || state == PENDING)) {
            retryLater(-1, nowMs);
        }
    }

    private void refresh(long nowMs) {
        if ((state == ACTIVE || state == PENDING) && isPending()) {
            refreshTimer.startAt(nowMs + AT_ONCE_MS);       // after the request that is under way
        } else if (state == ACTIVE || state == PENDING) {
            if (!ask(nowMs) && !isPending()) {
                timerN.stop();
                refreshTimer.startAt(nowMs + backoff.nextMs(agent.random()));
            }
        }
    }

    boolean matches(SipMessage notify) {
        return state != FREE && state != REFUSED && state != RETRY_WAIT && dialog.matchesLocal(notify);
    }

    /** A NOTIFY that belongs to our Call-ID and tag. */
    void onNotify(SipMessage notify, SubscriptionStateView told, ServerTransaction transaction, long nowMs) {
        if (!dialog.isEstablished()) {
            if (!dialog.establishFromNotify(notify)) {
                transaction.reply(500, nowMs);
                if (fork) {
                    close(nowMs);
                }
                return;
            }
        } else if (!dialog.matches(notify)) {
            transaction.reply(481, nowMs);                  // another fork: one subscription, one dialog
            return;
        } else if (dialog.accept(notify) != Dialog.IN_ORDER) {
            subscriber.countOutOfOrder();
            transaction.reply(500, nowMs);
            return;
        } else {
            dialog.refreshTarget(notify);
        }
        restored = false;
        if (!kept) {
            keep();
        }
        int verdict = user.onNotify(this, notify, nowMs);
        SipWriter response = transaction.respond(verdict);
        if (verdict == 200) {
            if (!notify.value(Header.SIP_ETAG, slice) || !entityTag.set(slice)) {
                entityTag.clear();
            }
            response.copy(notify, Header.RECORD_ROUTE);     // a NOTIFY may be what makes the dialog (RFC 6665 section 4.4.1)
        }
        transaction.send(response, nowMs);
        follow(told, nowMs);
        if (again && refreshTimer.isRunning()) {
            entityTag.clear();
            refreshTimer.startAt(nowMs);
        }
        again = false;
    }

    void tellTooLarge(long nowMs) {
        user.onTooLarge(this, nowMs);
    }

    private void follow(SubscriptionStateView told, long nowMs) {
        if (told.state() == SubscriptionStateView.TERMINATED) {
            onTerminated(told, nowMs);
            return;
        }
        if (state == LEAVING) {
            return;
        }
        timerN.stop();
        backoff.reset();
        if (told.expiresSec() > 0) {
            granted(told.expiresSec(), nowMs);
        } else if (!expiryTimer.isRunning()) {
            granted(askedSec, nowMs);
        }
        enter(told.state() == SubscriptionStateView.PENDING ? PENDING : ACTIVE, nowMs);
    }

    /** Section 4.1.3. */
    private void onTerminated(SubscriptionStateView told, long nowMs) {
        if (state == LEAVING) {
            close(nowMs);
            return;
        }
        goodUntilMs = nowMs;
        switch (told.reason()) {
            case SubscriptionStateView.DEACTIVATED: case SubscriptionStateView.TIMEOUT:
                retrySoon(nowMs);
                break;
            case SubscriptionStateView.REJECTED: case SubscriptionStateView.NORESOURCE: case SubscriptionStateView.INVARIANT:
                refuse(nowMs);
                break;
            default:
                retryLater(told.retryAfterSec(), nowMs);
        }
    }

    private void enter(int newState, long nowMs) {
        boolean changed = state != newState || doubtful;
        state = newState;
        doubtful = false;
        if (changed) {
            user.onSubscription(this, newState, nowMs);
        }
    }

    /** Whether a NOTIFY without a body means the state that was told before (RFC 5839 section 6.2). */
    public boolean isUnchanged(SipMessage notify) {
        return notify.bodyLength() == 0 && notify.value(Header.SIP_ETAG, slice) && entityTag.equals(slice);
    }

    public int state() {
        return state;
    }

    public static String name(int state) {
        return NAMES[state];
    }

    /** Until when what was told is good for all that was heard: the time that the notifier granted, or when it said that it is over. */
    public long goodUntilMs() {
        return goodUntilMs;
    }

    /** Status of the last response to a SUBSCRIBE of ours. */
    public int lastStatus() {
        return lastStatus;
    }

    /** What its user gave it to know it by. */
    public int id() {
        return id;
    }

    public FixedText resource() {
        return resource;
    }

    FixedText callId() {
        return dialog.callId;
    }
}
