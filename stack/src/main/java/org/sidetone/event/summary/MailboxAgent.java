package org.sidetone.event.summary;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.summary.MessageSummary;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.ServerPackage;
import org.sidetone.event.publish.EventStateCompositor;
import org.sidetone.event.publish.Publication;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.sip.SipMessage;

/** The state agent of mailboxes (RFC 3842 section 3.12): message systems publish their summaries, whose sum the owner's phones are told. */
public final class MailboxAgent extends ServerPackage implements EventStateCompositor.User {
    /** Says who may hear of whose mailbox. */
    public interface Policy {
        /** Names the mailbox and the watcher of a SUBSCRIBE. @return a verdict of {@link EventPackage} */
        int mayWatchMailbox(SipMessage subscribe, FixedText mailbox, FixedText watcher);
    }

    private final Policy policy;
    private final Notifier notifier;
    private final EventStateCompositor compositor;
    private final MessageSummary sum = new MessageSummary();
    private final MessageSummary one = new MessageSummary();
    private final Slice slice = new Slice();

    public MailboxAgent(Notifier notifier, EventStateCompositor compositor, Policy policy) {
        this.notifier = notifier;
        this.compositor = compositor;
        this.policy = policy;
        notifier.register(this);
        compositor.register(this);
    }

    @Override
    public byte[] name() {
        return SummaryPackage.EVENT;
    }

    @Override
    public byte[] event() {
        return SummaryPackage.EVENT;
    }

    @Override
    public byte[] contentType() {
        return MessageSummary.CONTENT_TYPE;
    }

    @Override
    public long defaultExpiresSec() {
        return SummaryPackage.DEFAULT_EXPIRES_SEC;
    }

    @Override
    public byte[] accept() {
        return MessageSummary.CONTENT_TYPE;
    }

    @Override
    public boolean reads(MediaTypeView type) {
        return type.is(MessageSummary.CONTENT_TYPE);
    }

    @Override
    public int take(MediaTypeView type, Slice body, Slice before, ByteSink out) {
        out.put(body);
        return one.read(body) ? 200 : 400;
    }

    @Override
    public void onPublication(Publication publication, long nowMs) {
        notifier.stateChanged(this, publication.resource().slice(slice), nowMs);
    }

    @Override
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
        return policy.mayWatchMailbox(subscribe, resource, watcher);
    }

    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        sum.clear();
        sum.account.set(resource);
        for (Publication p = compositor.next(this, resource, null); p != null; p = compositor.next(this, resource, p)) {
            if (p.isOpen() && one.read(p.body().slice(slice))) {
                sum.merge(one);
            }
        }
        sum.write(out);
        return true;
    }
}
