package org.sidetone.event.publish;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.sip.SipMessage;

/** What a publisher publishes. */
public interface EventState {
    byte[] contentType();

    /** Appends the newest state. @param modifies whether the server has what was {@link #onAccepted accepted} last, so that changes of it can be told */
    void write(boolean modifies, long nowMs, ByteSink out);

    /** What was written last is what the server has. */
    void onAccepted();

    /** A server that took a publication names the content types that it reads (RFC 5264 section 4.1). @param accept its Accept */
    void onServerAccepts(SipMessage accept);

    /** The entity tag of what is published is another; empty: nothing is. Whoever keeps it can go on with it after a reboot. */
    void onTag(FixedText entityTag);

    /** The server does not read {@link #contentType}. @return true: there is another form, and {@link #write} writes it from now on */
    boolean onTypeRefused();
}
