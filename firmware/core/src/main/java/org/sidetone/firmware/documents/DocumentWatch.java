package org.sidetone.firmware.documents;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.xcapdiff.XcapDiffReader;
import org.sidetone.event.Subscription;
import org.sidetone.firmware.keeping.KeptSubscriptions;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;
import org.sidetone.xcap.XcapClient;

/**
 * Hears from the server at once when another device changed a document (RFC 5875), which is patched or fetched then. A server that does not tell is asked now and then all the same;
 * one whose patches could not be used is asked to send none.
 */
public final class DocumentWatch extends KeptSubscriptions.User implements XcapDiffReader.User {
    private static final byte[] EVENT = Ascii.bytes("xcap-diff");
    private static final byte[] BODY_TYPE = Ascii.bytes("application/resource-lists+xml");
    private static final int MOST_BODY = 1024;
    /** A document that has more of them, or is longer, is fetched instead of patched. */
    private static final int PATCHED_NODES = 400;
    private static final int PATCHED_BYTES = 8192;
    private static final String PATCHES = ";diff-processing=aggregate";
    private static final String NO_PATCHES = ";diff-processing=no-patching";

    private final KeptSubscriptions kept;
    private final int place;
    private final XcapClient client;
    private final XcapDiffReader reader = new XcapDiffReader(PATCHED_NODES, PATCHED_BYTES);
    private final MediaTypeView type = new MediaTypeView();
    private final Slice slice = new Slice();
    private byte[] body;
    private Subscription subscription;
    private boolean asked;
    /** Whether all patches of a notification could be used. */
    private boolean usable;
    private long now;
    private long badDocuments;

    /** @param place that the subscription is kept at */
    public DocumentWatch(XcapClient client, KeptSubscriptions kept, int place) {
        this.client = client;
        this.kept = kept;
        this.place = place;
    }

    /** At boot, when all documents are known. */
    public void begin() {
        byte[] room = new byte[MOST_BODY];
        ByteSink sink = new ByteSink().wrap(room);
        client.putList(sink);
        body = new byte[sink.overflowed() ? 0 : sink.length()];
        System.arraycopy(room, 0, body, 0, body.length);
    }

    /** Watches the documents, or looks after it at once. */
    public void watch(Account account, int expiresSec, long nowMs) {
        if (!asked && body.length > 0) {
            asked = true;
            kept.subscribe(place, account, EVENT, XcapDiffReader.CONTENT_TYPE, account.address, expiresSec, this, 0);
        } else if (subscription != null && subscription.state() == Subscription.RETRY_WAIT) {
            subscription.hurry(nowMs);
        }
    }

    @Override
    public void onBegun(int id, Subscription begun, long nowMs) {
        subscription = begun;
    }

    @Override
    public byte[] filter(int id) {
        return body;
    }

    @Override
    public byte[] bodyType(int id) {
        return BODY_TYPE;
    }

    @Override
    public String parameters(int id) {
        return PATCHES;
    }

    @Override
    public void onSubscription(Subscription of, int state, long nowMs) {
        if (state == Subscription.FREE || state == Subscription.REFUSED) {
            subscription = null;
        }
    }

    @Override
    public int onNotify(Subscription of, SipMessage notify, long nowMs) {
        if (notify.bodyLength() == 0) {
            return 200;
        }
        if (!notify.value(Header.CONTENT_TYPE, slice) || !type.wrap(slice) || !type.is(XcapDiffReader.CONTENT_TYPE)) {
            badDocuments++;
            return 415;
        }
        now = nowMs;
        usable = true;
        int verdict = reader.read(notify.body(slice), this);
        if (!usable) {
            of.wish(NO_PATCHES, nowMs);                          // RFC 5875 section 4.8
        }
        if (verdict == XcapDiffReader.TOO_LARGE) {
            client.look(nowMs);
        } else if (verdict != XcapDiffReader.GOOD) {
            badDocuments++;
            return 400;
        }
        return 200;
    }

    @Override
    public void onDocument(Slice selector, Slice previousTag, Slice newTag, boolean patched) {
        usable &= client.onChanged(selector, previousTag, newTag, patched ? reader : null, now);
    }

    public long badDocuments() {
        return badDocuments;
    }
}
