package org.sidetone.session;

import org.sidetone.bytes.FixedText;
import org.sidetone.port.Flow;
import org.sidetone.sip.locate.LocationUser;
import org.sidetone.sip.locate.Locator;
import org.sidetone.sip.ua.UserAgent;

/** The ACK of one 2xx: written once its way is known, sent again whenever the 2xx comes again (RFC 3261 section 13.2.2.4). */
final class Acknowledgement implements LocationUser {
    /** Writes it. */
    interface Writer {
        /** @return octets, negative when it does not fit */
        int writeAck(byte[] buffer, FixedText branch, Flow to, long nowMs);
    }

    private final UserAgent agent;
    private final Way way;
    private final Writer writer;
    private final byte[] buffer;
    private final FixedText branch = new FixedText(32);
    private final Flow flow = new Flow();
    private int length;
    private long sequence = -1;

    /** Finds where it goes. */
    interface Way {
        /** @return a code of {@link Locator} */
        int find(LocationUser user, Flow out, long nowMs);
    }

    Acknowledgement(UserAgent agent, int bytes, Way way, Writer writer) {
        this.agent = agent;
        this.way = way;
        this.writer = writer;
        buffer = new byte[bytes];
    }

    void clear() {
        length = 0;
        sequence = -1;
        agent.locator().forget(this);
    }

    /** @param ofSequence of the INVITE */
    void send(long ofSequence, long nowMs) {
        length = 0;
        sequence = ofSequence;
        agent.transactions().newBranch(branch);
        onLocated(nowMs);
    }

    /** The 2xx came again. @return whether it is the one that this acknowledges */
    boolean again(long ofSequence) {
        if (sequence != ofSequence) {
            return false;
        }
        if (length > 0) {
            agent.transactions().transport().send(flow, buffer, 0, length);
        }
        return true;
    }

    @Override
    public void onLocated(long nowMs) {
        if (way.find(this, flow, nowMs) == Locator.FOUND) {
            length = Math.max(0, writer.writeAck(buffer, branch, flow, nowMs));
            again(sequence);
        }
    }
}
