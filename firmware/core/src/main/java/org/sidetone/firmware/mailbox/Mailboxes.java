package org.sidetone.firmware.mailbox;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.summary.MessageSummary;
import org.sidetone.event.Subscription;
import org.sidetone.event.summary.SummaryPackage;
import org.sidetone.firmware.keeping.KeptSubscriptions;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;

/** What waits in the mailboxes of all accounts, kept up to date (RFC 3842). A server that knows of none says so once and is left alone. */
public final class Mailboxes extends KeptSubscriptions.User {
    /** Told when what waits changed. */
    public interface User {
        void onMailboxes(long nowMs);
    }

    /** Message systems of one account that are heard at a time (section 3.10). */
    private static final int SYSTEMS = 2;

    private final KeptSubscriptions kept;
    private final int firstPlace;
    private final User user;
    private final Subscription[] asked;
    private final FixedText[] uri;
    private final MessageSummary[] summaries;
    private final Subscription[] of;
    private final MessageSummary read = new MessageSummary();
    private final MessageSummary sum = new MessageSummary();
    private final MediaTypeView type = new MediaTypeView();
    private final Slice slice = new Slice();
    private long badDocuments;

    /** @param firstPlace of those that the subscriptions of so many accounts are kept at */
    public Mailboxes(KeptSubscriptions kept, int firstPlace, int accounts, User user) {
        this.kept = kept;
        this.firstPlace = firstPlace;
        this.user = user;
        asked = new Subscription[accounts];
        uri = new FixedText[accounts];
        summaries = new MessageSummary[accounts * SYSTEMS];
        of = new Subscription[summaries.length];
        for (int i = 0; i < accounts; i++) {
            uri[i] = new FixedText(160);
        }
        for (int i = 0; i < summaries.length; i++) {
            summaries[i] = new MessageSummary();
        }
    }

    /** At boot: where the summary of an account's mailbox is to be had. @return false when it is too long */
    public boolean set(Account account, FixedText mailbox) {
        return uri[account.index].set(mailbox);
    }

    /** Watches the mailbox of an account, or looks after it at once. */
    public void watch(Account account, int expiresSec, long nowMs) {
        int i = account.index;
        if (uri[i].isEmpty()) {
            return;
        }
        if (asked[i] == null) {
            kept.subscribe(firstPlace + i, account, SummaryPackage.EVENT, MessageSummary.CONTENT_TYPE, uri[i], expiresSec, this, i);
        } else if (asked[i].state() == Subscription.RETRY_WAIT) {
            asked[i].hurry(nowMs);
        }
    }

    @Override
    public void onBegun(int id, Subscription subscription, long nowMs) {
        asked[id] = subscription;
    }

    @Override
    public boolean takesForks() {
        return true;
    }

    @Override
    public void onSubscription(Subscription subscription, int state, long nowMs) {
        if (state != Subscription.FREE && state != Subscription.REFUSED) {
            return;                                          // what waited goes on waiting while the server is away
        }
        for (int i = 0; i < of.length; i++) {
            if (of[i] == subscription) {
                of[i] = null;
                summaries[i].clear();
                user.onMailboxes(nowMs);
            }
        }
    }

    @Override
    public int onNotify(Subscription subscription, SipMessage notify, long nowMs) {
        if (notify.body(slice).isEmpty()) {
            return 200;
        }
        if (!notify.value(Header.CONTENT_TYPE, slice) || !type.wrap(slice) || !type.is(MessageSummary.CONTENT_TYPE)) {
            badDocuments++;
            return 415;
        }
        if (!read.read(notify.body(slice))) {
            badDocuments++;
            return 400;
        }
        int at = place(subscription);
        if (at >= 0) {
            summaries[at].clear();
            summaries[at].merge(read);
            user.onMailboxes(nowMs);
        }
        return 200;
    }

    private int place(Subscription s) {
        int first = SYSTEMS * s.id();
        int free = -1;
        for (int i = first; i < first + SYSTEMS; i++) {
            if (of[i] == s) {
                return i;
            }
            free = of[i] == null && free < 0 ? i : free;
        }
        if (free >= 0) {
            of[free] = s;
        }
        return free;
    }

    /** Everything that waits in all of them; valid until the next call. */
    public MessageSummary sum() {
        sum.clear();
        for (int i = 0; i < summaries.length; i++) {
            sum.merge(summaries[i]);
        }
        return sum;
    }

    public boolean isWaiting() {
        return sum().isWaiting();
    }

    /** Appends what waits, {@code 2 new voice messages}. @return false when nothing does */
    public boolean putLine(ByteSink out) {
        MessageSummary all = sum();
        if (!all.isWaiting()) {
            return false;
        }
        long voice = all.fresh(MessageSummary.VOICE);
        long fax = all.fresh(MessageSummary.FAX);
        if (voice > 0) {
            out.putDecimal(voice).put(voice == 1 ? " new voice message" : " new voice messages");
            if (all.freshUrgent(MessageSummary.VOICE) > 0) {
                out.put(", urgent");
            }
        } else if (fax > 0) {
            out.putDecimal(fax).put(fax == 1 ? " new fax" : " new faxes");
        } else {
            out.put("New voice mail");
        }
        return true;
    }

    /** Bodies that could not be read. */
    public long badDocuments() {
        return badDocuments;
    }
}
