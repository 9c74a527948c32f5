package org.sidetone.msrp;

/** Takes a message that is too large for a buffer, piece by piece. */
public interface ContentSink {
    /** @param position of the first octet, from 0; pieces may overlap and come in any order. @return false to stop the sender */
    boolean write(long position, byte[] buffer, int offset, int length);
}
