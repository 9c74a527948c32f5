package org.sidetone.msrp;

/** Where the octets of a large message come from while it is sent. */
public interface ContentSource {
    /** Copies octets from {@code position} on, from 0. @return how many, at least 1 before the end; 0: none just now,
     *  {@link MsrpSession#contentReady} follows; negative: the message has to be given up */
    int read(long position, byte[] out, int offset, int length);
}
