package org.sidetone.port;

import org.sidetone.bytes.Slice;

/**
 * Signs, seals and opens messages as S/MIME (RFC 8551), somewhere else and in its own time. What goes in and comes out are MIME entities, header
 * fields included.
 */
public interface MessageSecurity {
    /** Not just now, or too large. */
    int BUSY = -1;
    /** End: there is no key for it. */
    int FAILED = -2;
    /** End: sealed for somebody else. */
    int UNDECIPHERABLE = -3;
    /** End: not as it should be. */
    int MALFORMED = -4;
    /** Octets of an entity, at most. */
    int MAX_BYTES = 8192;

    /** Nobody else could read it. */
    int SEALED = 1;
    /** Signed, and not changed since. */
    int SIGNED = 2;
    /** Signed, and changed since. */
    int BROKEN = 4;
    /** By a certificate that is believed. */
    int TRUSTED = 8;
    /** By a certificate that names the sender. */
    int SENDERS = 16;
    /** Signed without a date or long ago: it may be a replay (RFC 3428 section 11.4). */
    int OLD = 32;

    /** The end of one request. */
    final class Done {
        public int ticket;
        /** 0, or a code. */
        public int result;
        /** What was found when opening: {@link #SEALED} and so on, added up. */
        public int marks;
        /** Valid until the next is taken. */
        public final Slice entity = new Slice();
    }

    /** Whether messages to an address can be signed and sealed. */
    boolean canProtect(Slice address);

    /** @return a ticket of at least 0, or {@link #BUSY} */
    int protect(Slice address, Slice entity);

    /** @param address of the sender. @return a ticket of at least 0, or {@link #BUSY} */
    int open(Slice address, Slice entity);

    /** @return false when nothing ended since */
    boolean next(Done out);
}
