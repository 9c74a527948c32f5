package org.sidetone.session;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.dialoginfo.DialogInfo;
import org.sidetone.doc.dialoginfo.DialogInfoWriter;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.ServerPackage;
import org.sidetone.event.dialog.DialogPackage;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.ua.UserAgent;

/**
 * Tells of the sessions of this user agent, as the notifier of the dialog event package (RFC 4235 section 3.7). Every document is a full one: a dialog that
 * it leaves out is over. With whom somebody talks is nobody else's business: the other side is not named, nor the dialog (section 3.6).
 */
public final class DialogEvents extends ServerPackage {
    /** Who may know. */
    public interface Policy {
        /** As {@link EventPackage#authorize}, for whoever asks how the owner is. */
        EventPackage presence();

        /** Whether a watcher who is let in is told; one who is not hears of no dialogs. */
        boolean showsCalls(Slice resource, Slice watcher, long nowMs);
    }

    private final UserAgent agent;
    private final Notifier notifier;
    private final Sessions sessions;
    private final Policy policy;
    private final DialogInfoWriter writer = new DialogInfoWriter();
    private final Slice slice = new Slice();
    /** Tags of the states that were told last, by account. */
    private final long[] told;
    private final long salt;

    public DialogEvents(UserAgent agent, Notifier notifier, Sessions sessions, Policy policy) {
        this.agent = agent;
        this.notifier = notifier;
        this.sessions = sessions;
        this.policy = policy;
        told = new long[agent.accounts()];
        salt = agent.random().nextLong();
        notifier.register(this);
    }

    /** Tells what changed since the last turn. */
    public void doWork(long nowMs) {
        for (int i = 0; i < told.length; i++) {
            long tag = tag(i);
            if (tag != told[i]) {
                told[i] = tag;
                notifier.stateChanged(this, agent.account(i).address.slice(slice), nowMs);
            }
        }
    }

    /** The owner decided on somebody. */
    public void decided(long nowMs) {
        notifier.reconsider(this, nowMs);
    }

    private boolean isOf(Session session, int account) {
        return session.state() != Session.FREE && session.account() != null && session.account().index == account;
    }

    /** A number for the dialogs of an account and their states; 0: there are none. */
    private long tag(int account) {
        long tag = 0;
        for (int i = 0; i < sessions.capacity(); i++) {
            Session s = sessions.get(i);
            if (isOf(s, account)) {
                tag = 31 * (31 * tag + s.id()) + stateOf(s) + 1;
            }
        }
        return tag;
    }

    /** Section 3.7.1, figure 3. */
    private static int stateOf(Session s) {
        switch (s.state()) {
            case Session.CALLING:
                return DialogInfo.TRYING;
            case Session.ANSWERED: case Session.ESTABLISHED:
                return DialogInfo.CONFIRMED;
            default:
                return s.isEarly() ? DialogInfo.EARLY : s.isOurs() ? DialogInfo.PROCEEDING : DialogInfo.TRYING;
        }
    }

    @Override
    public byte[] name() {
        return DialogPackage.EVENT;
    }

    @Override
    public byte[] contentType() {
        return DialogInfo.CONTENT_TYPE;
    }

    @Override
    public long defaultExpiresSec() {
        return DialogPackage.DEFAULT_EXPIRES_SEC;
    }

    /** Section 3.10: once a second. */
    @Override
    public long shortestIntervalMs() {
        return 1000;
    }

    @Override
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
        return policy.presence().authorize(subscribe, resource, watcher, nowMs);
    }

    @Override
    public boolean isProven(SipMessage subscribe, Slice watcher, long nowMs) {
        return policy.presence().isProven(subscribe, watcher, nowMs);
    }

    @Override
    public void putChallenges(SipWriter out) {
        policy.presence().putChallenges(out);
    }

    @Override
    public int standing(Slice resource, Slice watcher, long nowMs) {
        return policy.presence().standing(resource, watcher, nowMs);
    }

    /** Another for every state that is told, also after a restart; one alone for whoever is told nothing, so that nothing is sent to him when something changes. */
    @Override
    public long stateTag(Slice resource, Slice watcher, long nowMs) {
        long tag = salt;
        for (int i = 0; i < told.length && policy.showsCalls(resource, watcher, nowMs); i++) {
            tag = agent.account(i).address.equals(resource) ? tag + 31 * tag(i) : tag;
        }
        return tag == 0 ? 1 : tag;
    }

    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        boolean shows = policy.showsCalls(resource, watcher, nowMs);
        writer.begin(version, resource, out);
        for (int i = 0; shows && i < sessions.capacity(); i++) {
            Session s = sessions.get(i);
            if (s.state() != Session.FREE && s.account() != null && s.account().address.equals(resource)) {
                writer.dialog(s.id(), stateOf(s), s.isOurs() ? DialogInfo.INITIATOR : DialogInfo.RECIPIENT);
            }
        }
        writer.end();
        return true;
    }
}
