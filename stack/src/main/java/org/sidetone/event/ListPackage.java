package org.sidetone.event;

import org.sidetone.sip.SipMessage;

/** A package whose resources are lists of those of another one (RFC 4662). */
public interface ListPackage extends EventPackage {
    /** The other one; both have the same name. */
    EventPackage base();

    /** Whether a SUBSCRIBE is for a list. */
    boolean isList(SipMessage subscribe);

    /** Whether a SUBSCRIBE brings its list along, in its body (RFC 5367). */
    boolean bringsList(SipMessage subscribe);
}
