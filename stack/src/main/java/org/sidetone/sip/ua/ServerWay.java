package org.sidetone.sip.ua;

import org.sidetone.bytes.FixedText;
import org.sidetone.port.Flow;

/** One way to an account's server: an outbound proxy of the set that RFC 5626 section 4.2.1 asks for, and the flow to it. */
public final class ServerWay {
    /** Number of the way, 1 the most wanted; the same after every boot, so that a registrar replaces what it had of it. */
    public final int regId;
    /** Where it begins; empty: {@link #flow} is set by hand, or there is no such way. */
    public final FixedText uri = new FixedText(160);
    /** The server in use, found by {@link #uri}. */
    public final Flow flow = new Flow();
    /** Routes that the registrar wants requests to take that go this way (RFC 3608); empty: none. */
    public final FixedText serviceRoute = new FixedText(320);
    /** Whether the server keeps our flow. */
    public boolean outbound;
    /** Whether we are registered this way. */
    public boolean up;

    ServerWay(int regId) {
        this.regId = regId;
    }

    public boolean isSet() {
        return flow.isSet() || !uri.isEmpty();
    }
}
