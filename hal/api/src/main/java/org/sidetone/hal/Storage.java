package org.sidetone.hal;

/**
 * Named records that survive power cuts: after one, each record is as it was before a replacement or as it is after, whole.
 * Names are 1 to 64 letters, digits, dots and hyphens. Requests are worked off in order; each ends in one {@link Completion}.
 */
public interface Storage {
    /** Too many requests are waiting; nothing was taken over. */
    int BUSY = -1;
    /** Completion of a read: there is no such record. */
    int ABSENT = -2;
    /** Completion: the medium failed, or a record is larger than the array. A replacement then did not happen. */
    int FAILED = -3;

    /** The end of one request. */
    final class Completion {
        /** What the request's call returned. */
        public int ticket;
        /** Octets read or written, {@link #ABSENT} or {@link #FAILED}. */
        public int result;
    }

    /** Starts reading a record into an array, which is the storage's until completion. @return a ticket of at least 0, or {@link #BUSY} */
    int read(String name, byte[] into, int offset, int length);

    /** Starts replacing a record; the array is the caller's again on return. Complete means: on the medium.
     *  @return a ticket of at least 0, or {@link #BUSY} */
    int replace(String name, byte[] from, int offset, int length);

    /** Starts removing a record; one that is absent is no failure. @return a ticket of at least 0, or {@link #BUSY} */
    int remove(String name);

    /** Takes the next completion, in the order of the requests. @return false when there is none yet */
    boolean next(Completion out);
}
