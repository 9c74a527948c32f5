package org.sidetone.presence;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.policy.Permissions;
import org.sidetone.doc.policy.PrivacyFilter;
import org.sidetone.doc.policy.RuleSet;
import org.sidetone.event.EventPackage;

/** Decides by a presentity's rules who may watch it and what is shown (RFC 5025), for the presence agent of a server and for that of a phone: nothing else decides. */
public final class PresenceAuthorization {
    /** Has the rules. */
    public interface Source {
        /** A rule set of a presentity; all of them count together (RFC 5025 section 9.7). @param index from 0. @return false: it has no more */
        boolean rules(Slice presentity, int index, Slice out);
    }

    private final Source source;
    private final int withoutRules;
    private final RuleSet rules = new RuleSet();
    private final Permissions permissions = new Permissions();
    private final PrivacyFilter filter;
    private final Slice document = new Slice();
    private int handling;
    private boolean ruled;
    private long nextChangeSec;

    /** @param withoutRules how watchers of a presentity without rules are handled, a number of {@link Permissions}; allowed they see everything. @param nodes of a document */
    public PresenceAuthorization(Source source, int withoutRules, int nodes) {
        this.source = source;
        this.withoutRules = withoutRules;
        filter = new PrivacyFilter(nodes);
    }

    /** Decides on one watcher; whoever watches himself sees everything. @param watcher was authenticated. @return a number of {@link Permissions} */
    public int decide(Slice presentity, Slice watcher, Slice sphere, long unixSec) {
        nextChangeSec = RuleSet.NEVER;
        ruled = !watcher.equals(presentity) && source.rules(presentity, 0, document);
        if (ruled) {
            rules.begin(watcher, sphere, unixSec, permissions);
            for (int i = 1; true; i++) {
                rules.add(document);
                if (!source.rules(presentity, i, document)) {
                    break;
                }
            }
            nextChangeSec = rules.nextChangeSec();
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

    /** When, by the decision made last, another may be due by itself; {@link RuleSet#NEVER}. Unix seconds. */
    public long nextChangeSec() {
        return nextChangeSec;
    }
}
