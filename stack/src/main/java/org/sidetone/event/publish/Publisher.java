package org.sidetone.event.publish;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.register.Backoff;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/**
 * Keeps one piece of event state published (RFC 3903 section 4). One PUBLISH is under way at a time, so entity tags never race;
 * a change that comes meanwhile goes out as the newest state after it.
 * <pre>
 *   state       input                   next        action
 *   IDLE        start                   PUBLISHING  initial PUBLISH
 *   PUBLISHING  2xx                     PUBLISHED   keep the entity tag; refresh at 40 to 50 % of Expires
 *   PUBLISHING  412                     PUBLISHING  forget the tag; initial PUBLISH (section 4.5, 11.3)
 *   PUBLISHING  415, there is another form  PUBLISHING  the same in that form (RFC 5264 section 4.2)
 *   PUBLISHING  400, 500 with a tag     PUBLISHING  forget the tag; initial PUBLISH
 *   PUBLISHING  423                     PUBLISHING  the same with Min-Expires
 *   PUBLISHING  other, no answer        WAITING     back off
 *   PUBLISHED   changed                 PUBLISHING  modify
 *   PUBLISHED   refresh is due          PUBLISHING  refresh, without a body
 *   WAITING     backoff is over, changed  PUBLISHING  modify, or initial without a tag
 *   any         stop                    REMOVING    PUBLISH with Expires 0
 *   REMOVING    any answer              IDLE
 * </pre>
 */
public final class Publisher extends ClientRequest implements Timer.Owner {
    public static final int IDLE = 0;
    public static final int PUBLISHING = 1;
    public static final int PUBLISHED = 2;
    public static final int WAITING = 3;
    public static final int REMOVING = 4;

    private static final int REFRESH_LOW = 40;
    private static final int REFRESH_HIGH = 50;
    private static final long BACKOFF_BASE_MS = 2_000;
    private static final long BACKOFF_MAXIMUM_MS = 600_000;

    private final byte[] event;
    private final EventState content;
    private final FixedText entityTag = new FixedText(128);
    private final Timer timer;
    private final Backoff backoff = new Backoff(BACKOFF_BASE_MS, BACKOFF_MAXIMUM_MS);
    private final Slice slice = new Slice();
    private int state = IDLE;
    private boolean changed;
    private boolean sendsBody;
    private boolean removeAfter;
    private long wantedSec;
    private long askedSec;
    private int lastStatus;

    public Publisher(UserAgent agent, byte[] event, EventState content) {
        super(agent, agent.newDialog());
        this.event = event;
        this.content = content;
        timer = new Timer(agent.timers(), this);
    }

    public void start(Account account, long expiresSec, long nowMs) {
        start(account, expiresSec, null, nowMs);
    }

    /** @param keptTag of a publication of before the last boot, which is modified instead of a second one made; null: there is none */
    public void start(Account account, long expiresSec, Slice keptTag, long nowMs) {
        setAccount(account);
        entityTag.clear();
        if (keptTag != null && !entityTag.set(keptTag)) {
            entityTag.clear();
        }
        startDialog(account.address, account.address.slice(slice), slice);
        wantedSec = expiresSec;
        askedSec = expiresSec;
        removeAfter = false;
        changed = true;
        backoff.reset();
        publish(nowMs);
    }

    /** The state changed: it is published now, or right after the PUBLISH that is under way. */
    public void changed(long nowMs) {
        changed = true;
        if (state == PUBLISHED || state == WAITING) {
            publish(nowMs);
        }
    }

    /** Takes the publication away. */
    public void stop(long nowMs) {
        timer.stop();
        removeAfter = true;
        if (state != IDLE && !isPending()) {
            remove(nowMs);
        }
    }

    private void remove(long nowMs) {
        askedSec = 0;
        state = entityTag.isEmpty() ? IDLE : REMOVING;
        if (state == REMOVING && !send(Method.PUBLISH, nowMs)) {
            state = IDLE;
        }
    }

    private void publish(long nowMs) {
        timer.stop();
        state = PUBLISHING;
        if (!isPending()) {                      // what is written again, for another transport or with credentials, is the same request
            sendsBody = askedSec > 0 && (changed || entityTag.isEmpty());
            changed = changed && !sendsBody;
        }
        if (!isPending() && !send(Method.PUBLISH, nowMs) && !isPending()) {
            onFinal(UNREACHABLE, null, nowMs);
        }
    }

    @Override
    protected void writeContent(SipWriter out, Flow to, long nowMs) {
        out.header(Header.EVENT, event);
        out.decimal(Header.EXPIRES, askedSec);
        if (!entityTag.isEmpty()) {
            out.header(Header.SIP_IF_MATCH, entityTag);
        }
        if (askedSec > 0 && sendsBody) {
            out.header(Header.CONTENT_TYPE, content.contentType()).body();
            content.write(!entityTag.isEmpty(), nowMs, out.sink());
        }
    }

    @Override
    protected void onFinal(int status, SipMessage response, long nowMs) {
        lastStatus = status;
        if (state == REMOVING) {
            state = IDLE;
            entityTag.clear();
            content.onTag(entityTag);
            return;
        }
        if (status / 100 == 2) {
            on2xx(response, nowMs);
        } else {
            changed |= sendsBody;
            onFailure(status, response, nowMs);
        }
    }

    private void on2xx(SipMessage response, long nowMs) {
        if (!response.value(Header.SIP_ETAG, slice) || !entityTag.set(slice)) {
            entityTag.clear();
        }
        if (sendsBody) {
            content.onAccepted();
        }
        content.onTag(entityTag);
        if (response.has(Header.ACCEPT)) {
            content.onServerAccepts(response);
        }
        state = PUBLISHED;
        backoff.reset();
        long granted = response.decimal(Header.EXPIRES, 0xFFFFFFFFL);
        granted = granted > 0 ? granted : askedSec;
        timer.startAt(nowMs + agent.between(1000 * Math.min(granted, 0xFFFFFFL), REFRESH_LOW, REFRESH_HIGH));
        if (removeAfter) {
            timer.stop();
            remove(nowMs);
        } else if (changed) {
            publish(nowMs);
        }
    }

    private void onFailure(int status, SipMessage response, long nowMs) {
        long minimum = status == 423 ? response.decimal(Header.MIN_EXPIRES, 0xFFFFFFFFL) : -1;
        boolean again = status == 415 && sendsBody && content.onTypeRefused();
        boolean tagLost = status == 412 && !entityTag.isEmpty();
        // some servers say 500 to a tag they do not know, and 400 means a change that could not be applied (RFC 5264 section 4.3.2)
        if (tagLost || (status == 500 || status == 400) && !entityTag.isEmpty()) {
            entityTag.clear();
            tagLost = true;
        }
        if (minimum > askedSec) {
            askedSec = minimum;
        }
        if (removeAfter) {
            state = IDLE;
        } else if (again || tagLost || minimum == askedSec) {
            publish(nowMs);
        } else {
            state = WAITING;
            timer.startAt(nowMs + backoff.nextMs(agent.random()));
        }
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        if (state == PUBLISHED || state == WAITING) {
            publish(nowMs);
        }
    }

    /** After an outage: now instead of when the back-off ends. */
    public void hurry(long nowMs) {
        if (state == WAITING) {
            backoff.reset();
            publish(nowMs);
        }
    }

    public int state() {
        return state;
    }

    public int lastStatus() {
        return lastStatus;
    }

    public long wantedSec() {
        return wantedSec;
    }
}
