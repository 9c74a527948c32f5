package org.sidetone.sip.transaction;

import org.sidetone.bytes.FixedText;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.SipMessage;
import org.sidetone.time.Timer;

/** What both client transactions share: the request's bytes, kept for retransmission, its branch, its flow, its user. */
public abstract class ClientTransaction implements Timer.Owner {
    public static final int FREE = 0;
    /** Written, not yet started. */
    static final int TAKEN = -1;

    protected final TransactionLayer layer;
    final int slot;
    final FixedText branch = new FixedText(TransactionLayer.BRANCH_LENGTH);
    int keyHash;
    protected int state = FREE;
    protected final byte[] request;
    protected int length;
    protected ClientUser user;
    private final Flow flow = new Flow();
    private int method;

    ClientTransaction(TransactionLayer layer, int slot, int requestBytes) {
        this.layer = layer;
        this.slot = slot;
        request = new byte[requestBytes];
    }

    /** Where the user writes the request, which {@link #start} then sends. */
    public byte[] buffer() {
        return request;
    }

    /** The branch for the topmost Via. */
    public FixedText branch() {
        return branch;
    }

    public int state() {
        return state;
    }

    public int method() {
        return method;
    }

    public Flow flow() {
        return flow;
    }

    void take() {
        state = TAKEN;
    }

    /** Sends what was written. An error comes by {@link ClientUser#onTransportError}, within this call too. */
    public void start(ClientUser newUser, int newMethod, Flow to, int newLength, long nowMs) {
        user = newUser;
        method = newMethod;
        length = newLength;
        flow.set(to);
        layer.register(this);
        begin(nowMs);
        send(nowMs);
    }

    /** Gives the transaction back without having sent anything. */
    public void abandon() {
        layer.free(this);
    }

    /** Sends what lies in the buffer, a request or an ACK. */
    final void send(long nowMs) {
        int result = layer.transport().send(flow, request, 0, length);
        if (result == Wire.UNREACHABLE || result == Wire.TOO_LARGE || result == Wire.NO_ROOM && flow.isReliable()) {
            onTransportError(nowMs);
        }
    }

    /** A user that is going away hears no more; nobody does. */
    public void forget(ClientUser ofUser) {
        if (user == ofUser) {
            user = TransactionLayer.NOBODY;
        }
    }

    /** Whether a proxy's mark stands in the branch already: it was written before for another transport. */
    public boolean isMarked() {
        return branch.length() > TransactionLayer.PLAIN_BRANCH_LENGTH;
    }

    /** Enters the first state and starts its timers. */
    abstract void begin(long nowMs);

    abstract void onResponse(SipMessage response, long nowMs);

    abstract void onTransportError(long nowMs);

    void makeFree() {
        state = FREE;
        user = null;
    }
}
