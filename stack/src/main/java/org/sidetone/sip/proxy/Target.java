package org.sidetone.sip.proxy;

import org.sidetone.bytes.FixedText;
import org.sidetone.port.Flow;
import org.sidetone.sip.transaction.ClientTransaction;
import org.sidetone.time.Timer;

/** One place a request is sent to, and the branch that goes there. */
final class Target {
    static final int WAITING = 0;
    static final int SENT = 1;
    static final int DONE = 2;

    final FixedText uri = new FixedText(256);
    /** Route to put in front; empty for none. */
    final FixedText route = new FixedText(320);
    final Flow flow = new Flow();
    final Timer timerC;
    /** Those of the same rank go out at the same time, the highest first. */
    int rank;
    int state;
    boolean rang;
    ClientTransaction client;

    Target(Timer timerC) {
        this.timerC = timerC;
    }
}
