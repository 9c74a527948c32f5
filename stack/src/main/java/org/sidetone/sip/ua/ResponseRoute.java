package org.sidetone.sip.ua;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.ViaView;
import org.sidetone.sip.locate.LocationUser;
import org.sidetone.sip.locate.Locator;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.uri.UriView;

/** Looks where the sender of a request is to be found when the answer does not reach him the way he came: by the host of his Via (RFC 3263 section 5). */
final class ResponseRoute implements LocationUser {
    private final UserAgent agent;
    private final FixedText sentBy = new FixedText(160);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final UriView uri = new UriView();
    private final Flow flow = new Flow();
    private ServerTransaction transaction;
    private int attempt;
    private boolean asking;

    ResponseRoute(UserAgent agent) {
        this.agent = agent;
    }

    /** @param other null: whether it is free */
    boolean isOf(ServerTransaction other) {
        return transaction == other;
    }

    /** @return false when there is nowhere to look */
    boolean begin(ServerTransaction unsent, long nowMs) {
        ViaView via = unsent.sentBy();
        if (via == null) {
            return false;
        }
        sentBy.sink(sink).put("sip:").put(via.host());
        if (via.port() > 0) {
            sink.put(':').putDecimal(via.port());
        }
        int transport = unsent.source().transport();
        sink.put(transport == Flow.TLS ? ";transport=tls" : transport == Flow.TCP ? ";transport=tcp" : ";transport=udp");
        if (!sentBy.take(sink)) {
            return false;
        }
        transaction = unsent;
        attempt = 0;
        return look(nowMs);
    }

    /** The one tried last cannot be reached: tries the next that the name leads to. @return false when none is left */
    boolean next(long nowMs) {
        if (asking) {
            return true;
        }
        agent.locator().onSilent(flow, nowMs);
        attempt++;
        return look(nowMs);
    }

    private boolean look(long nowMs) {
        int found = uri.wrap(sentBy.slice(slice)) ? agent.locator().locate(uri, this, attempt, flow, nowMs) : Locator.FAILED;
        asking = found == Locator.PENDING;
        if (found == Locator.FOUND) {
            ServerTransaction one = transaction;
            one.sendAnotherWay(flow, nowMs);
            if (one.isUnsent()) {
                return transaction == one;            // that failed at once and was told within the call: the next is waited for, or none is left
            }
        }
        transaction = asking ? transaction : null;
        return found != Locator.FAILED;
    }

    @Override
    public void onLocated(long nowMs) {
        asking = false;
        ServerTransaction one = transaction;
        if (one == null || !one.isUnsent() || one.state() == ServerTransaction.FREE) {
            transaction = null;
        } else if (!look(nowMs)) {
            agent.countUnsent();
            one.giveUp();
        }
    }
}
