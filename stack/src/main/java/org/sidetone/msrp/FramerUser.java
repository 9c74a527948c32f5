package org.sidetone.msrp;

/** Told what a {@link Framer} found. Arguments are valid during the call. */
public interface FramerUser {
    /** Start line and header fields are there. @param head its {@link MsrpHead#verdict} may be bad; its body and end follow all the same */
    void onHead(MsrpHead head, boolean hasBody, long nowMs);

    /** Octets of the body. @return how many were taken: fewer than there are stop the framer until {@link Framer#resume} */
    int onBody(byte[] buffer, int offset, int length, long nowMs);

    /** The end. @param flag {@code $}: the message is complete, {@code +}: more follows, {@code #}: given up */
    void onEnd(int flag, long nowMs);
}
