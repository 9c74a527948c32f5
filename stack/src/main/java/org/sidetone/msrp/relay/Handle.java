package org.sidetone.msrp.relay;

import org.sidetone.bytes.FixedText;

/** One URI that was given out: good for one connection until it expires (section 6.3). */
final class Handle {
    /** 96 random bits. */
    static final int TOKEN_DIGITS = 24;

    final FixedText token = new FixedText(TOKEN_DIGITS);
    final FixedText user = new FixedText(128);
    /** Null: free. */
    RelayConnection connection;
    long expiresMs;

    boolean isGood(long nowMs) {
        return connection != null && expiresMs - nowMs > 0;
    }

    void free() {
        connection = null;
        token.clear();
    }
}
