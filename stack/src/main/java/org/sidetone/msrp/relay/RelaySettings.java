package org.sidetone.msrp.relay;

import org.sidetone.port.Hash;

/** What a relay is told at start. */
public final class RelaySettings {
    /** Name in the URIs that are given out; what others reach the relay by. */
    public String host = "";
    /** Realm of challenges. */
    public String realm = "";
    public int connections = 64;
    /** URIs given out at a time. */
    public int handles = 128;
    /** Forwarded requests that wait for their response. */
    public int transactions = 512;
    public long minExpiresSec = 60;
    public long maxExpiresSec = 3600;
    public long defaultExpiresSec = 1800;
    /** Whether AUTH is taken without TLS; for tests alone (section 8). */
    public boolean insecure;
    public int[] algorithms = {Hash.SHA_256, Hash.MD5};
    public long nonceLifeMs = 300_000;
}
