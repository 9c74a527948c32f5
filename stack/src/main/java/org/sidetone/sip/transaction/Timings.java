package org.sidetone.sip.transaction;

/** Values of RFC 3261 table 4, in milliseconds. */
public final class Timings {
    /** Round-trip estimate. */
    public static final long T1_MS = 500;
    /** Longest interval between retransmissions. */
    public static final long T2_MS = 4000;
    /** How long a message stays in the network. */
    public static final long T4_MS = 5000;
    /** Timers F, H, J, L, N. */
    public static final long MAX_LIFE_MS = 64 * T1_MS;

    private Timings() {
    }
}
