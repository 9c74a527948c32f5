package org.sidetone.presence;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.policy.Permissions;
import org.sidetone.doc.policy.PrivacyFilter;
import org.sidetone.doc.policy.RuleSet;
import org.sidetone.event.EventPackage;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/** Decides by a presentity's rules who may watch it and what is shown (RFC 5025), for the presence agent of a server and for that of a phone: nothing else decides. */
public final class PresenceAuthorization implements Timer.Owner {
    /** Has the rules. */
    public interface Source {
        /** A rule set of a presentity; all of them count together (RFC 5025 section 9.7). @param index from 0. @return false: it has no more */
        boolean rules(Slice presentity, int index, Slice out);
    }

    /** Told when others may be let in, or shown something else, because the time has come. */
    public interface User {
        void onRulesDue(long nowMs);
    }

    /** Multiplier and beginning of FNV-1a, of 64 bits. */
    private static final long HASH_PRIME = 0x100000001B3L;
    private static final long HASH_START = 0xCBF29CE484222325L;

    private final UserAgent agent;
    private final Source source;
    private User user;
    private final Timer validity;
    private final long salt;
    private final int withoutRules;
    private final RuleSet rules = new RuleSet();
    private final Permissions permissions = new Permissions();
    private final PrivacyFilter filter;
    private final Slice document = new Slice();
    private int handling;
    private boolean ruled;
    /** Whom the decision made last is about, and when it was made: one notification asks for it several times. */
    private boolean known;
    private final FixedText ofPresentity = new FixedText(160);
    private final FixedText ofWatcher = new FixedText(160);
    private final FixedText inSphere = new FixedText(64);
    private long madeMs;

    /** @param withoutRules how watchers of a presentity without rules are handled, a number of {@link Permissions}; allowed they see everything. @param nodes of a document */
    public PresenceAuthorization(UserAgent agent, Source source, int withoutRules, int nodes) {
        this.agent = agent;
        this.source = source;
        validity = new Timer(agent.timers(), this);
        salt = agent.random().nextLong();
        this.withoutRules = withoutRules;
        filter = new PrivacyFilter(nodes);
    }

    public void setUser(User newUser) {
        user = newUser;
    }

    /** Rules are others now. */
    public void rulesChanged() {
        known = false;
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        user.onRulesDue(nowMs);
    }

    /** Decides on one watcher; whoever watches himself sees everything. @param watcher was authenticated. @return a number of {@link Permissions} */
    public int decide(Slice presentity, Slice watcher, Slice sphere, long nowMs) {
        if (known && nowMs == madeMs && ofPresentity.equals(presentity) && ofWatcher.equals(watcher) && inSphere.equals(sphere)) {
            return handling;
        }
        known = ofPresentity.set(presentity) && ofWatcher.set(watcher) && inSphere.set(sphere);
        madeMs = nowMs;
        ruled = !watcher.equals(presentity) && source.rules(presentity, 0, document);
        if (ruled) {
            long unixSec = agent.unixSec(nowMs);
            rules.begin(watcher, sphere, unixSec, permissions);
            for (int i = 1; true; i++) {
                rules.add(document);
                if (!source.rules(presentity, i, document)) {
                    break;
                }
            }
            if (rules.nextChangeSec() != RuleSet.NEVER) {
                long atMs = nowMs + 1000 * (rules.nextChangeSec() - unixSec);
                validity.startAt(validity.isRunning() ? Math.min(validity.deadlineMs(), atMs) : atMs);
            }
            handling = permissions.handling();
        } else {
            handling = watcher.equals(presentity) ? Permissions.ALLOW : withoutRules;
        }
        return handling;
    }

    /** What the decision made last means for a subscription. @return a verdict of {@link EventPackage} */
    public int verdict() {
        return handling == Permissions.ALLOW || handling == Permissions.POLITE_BLOCK ? EventPackage.ALLOW
                : handling == Permissions.CONFIRM ? EventPackage.PENDING : EventPackage.FORBIDDEN;
    }

    /** Whether by the decision made last everything is shown as it is. */
    public boolean showsEverything() {
        return !ruled && handling == Permissions.ALLOW;
    }

    /** Appends what by the decision made last is shown of a document. @return false: nothing of it, as if it had never been published */
    public boolean show(Slice of, ByteSink out) {
        if (handling != Permissions.ALLOW) {
            return false;
        }
        if (!ruled) {
            out.put(of);
            return true;
        }
        return filter.apply(permissions, of, out);
    }

    /** A number that is another when what is shown is another, and after a restart. @param shown empty: nothing */
    public long tag(Slice shown) {
        long h = HASH_START ^ salt;
        for (int i = 0; i < shown.length(); i++) {
            h = (h ^ shown.byteAt(i) & 0xFF) * HASH_PRIME;
        }
        return h == 0 ? 1 : h;
    }
}
