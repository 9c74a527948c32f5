package org.sidetone.msrp.relay;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** One URI that was given out, good until it expires: for a client on one connection, for a relay on all that it has with us (section 6.3). */
final class Handle {
    /** 96 random bits. */
    static final int TOKEN_DIGITS = 24;

    final FixedText token = new FixedText(TOKEN_DIGITS);
    final FixedText user = new FixedText(128);
    /** The connection that it was asked for on; null where that is gone, or the URI is free. */
    RelayConnection connection;
    /** The relay that asked for it on behalf of a client; empty: a client asked. */
    final FixedText relay = new FixedText(128);
    long expiresMs;
    /** Who came to the owner by this URI, and over which connection: back to him it goes the same way (section 6.4.2). */
    private final FixedText peer = new FixedText(256);
    private RelayConnection peerConnection;
    private int peerGeneration;

    boolean isGood(long nowMs) {
        return !token.isEmpty() && expiresMs - nowMs > 0;
    }

    /** Whether a connection leads to whom the URI was given to. */
    boolean isOwner(RelayConnection c) {
        return c != null && (c == connection || !relay.isEmpty() && c.speaksFor(relay));
    }

    /** A connection is gone; a client's URI with it. */
    void onLost(RelayConnection c) {
        if (connection == c) {
            if (relay.isEmpty()) {
                free();
            } else {
                connection = null;
            }
        }
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
        relay.clear();
        token.clear();
    }
}
