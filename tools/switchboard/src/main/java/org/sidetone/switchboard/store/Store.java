package org.sidetone.switchboard.store;

import java.util.function.BiConsumer;

/** Named values that survive a restart. Writes complete by event, in order; several may be committed together. */
public interface Store extends AutoCloseable {
    /** Starts writing. @return a ticket */
    long put(String key, byte[] value);

    /** Starts removing; a key that is absent is no failure. @return a ticket */
    long remove(String key);

    /** Takes the next completion in the order of the tickets. @return the ticket, negated minus one when it failed; {@link #NONE} when there is none yet */
    long nextCompleted();

    /** Nothing has completed. */
    long NONE = Long.MIN_VALUE;

    /** At start: shows every value whose key starts with a prefix, in the order of the keys. */
    void forEach(String prefix, BiConsumer<String, byte[]> visitor);

    @Override
    void close();
}
