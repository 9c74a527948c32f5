package org.sidetone.msrp.relay;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** One URI that was given out: good for one connection until it expires (section 6.3). */
final class Handle {
    /** 96 random bits. */
    static final int TOKEN_DIGITS = 24;

    final FixedText token = new FixedText(TOKEN_DIGITS);
    final FixedText user = new FixedText(128);
    /** Null: free. */
    RelayConnection connection;
    long expiresMs;
    /** Who came to the owner by this URI, and over which connection: back to him it goes the same way (section 6.4.2). */
    private final FixedText peer = new FixedText(256);
    private RelayConnection peerConnection;
    private int peerGeneration;

    boolean isGood(long nowMs) {
        return connection != null && expiresMs - nowMs > 0;
    }

    void onPeer(Slice uri, RelayConnection by) {
        if (peer.set(uri)) {
            peerConnection = by;
            peerGeneration = by.generation;
        }
    }

    /** The connection that somebody came over, or null. */
    RelayConnection wayBack(Slice uri) {
        boolean there = peerConnection != null && peerConnection.open && peerConnection.generation == peerGeneration;
        return there && peer.equals(uri) ? peerConnection : null;
    }

    void free() {
        connection = null;
        peerConnection = null;
        peer.clear();
        token.clear();
    }
}
