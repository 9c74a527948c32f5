package org.sidetone.switchboard;

import java.util.List;
import org.sidetone.doc.policy.Permissions;
import org.sidetone.port.Capacity;
import org.sidetone.port.Hash;

/** What an exchange is told at start. */
public final class ExchangeSettings {
    public String domain = "example.test";
    public Users users = new Users();
    public Capacity capacity = Capacity.exchange();
    /** SIP port, UDP and TCP. */
    public int port = 5060;
    /** SIP port with TLS; 0: any, -1: none. */
    public int securePort = -1;
    /** Port of the MSRP relay, with TLS; 0: any, -1: none. */
    public int relayPort = -1;
    /** Port of the MSRP relay without TLS, for tests alone; 0: any, -1: none. */
    public int insecureRelayPort = -1;
    /** What the relay calls itself in the URIs that it gives out; empty: the domain. */
    public String relayHost = "";
    /** Names of rooms; their addresses are of the domain, as the users' are. */
    public List<String> rooms = List.of();
    public long minExpiresSec = 10;
    public long maxExpiresSec = 3600;
    /** Digest algorithms of challenges, codes of {@link Hash}, the first is meant first (RFC 8760 section 2.4). */
    public int[] algorithms = {Hash.SHA_512_256, Hash.SHA_256, Hash.MD5};
    /** Whether every user may see where every other is registered; otherwise each sees himself alone. */
    public boolean showRegistrations;
    /** How long a nonce is good. */
    public long nonceLifeMs = 300_000;
    /** Port of the XCAP server; 0: any, -1: none. */
    public int xcapPort = -1;
    /** Whether what is kept reaches the disk before anybody is told that it is; without it a power cut may undo it. */
    public boolean forcesCommits = true;
    /** How watchers of somebody without rules are handled, a number of {@link Permissions}. */
    public int withoutRules = Permissions.ALLOW;
    /** Ended subscriptions that are remembered, because they wait for a decision or somebody has to hear of their end. */
    public int pastWatchers = 1024;
    /** How long a MESSAGE waits for its recipient before it is kept. */
    public long patienceMs = 5_000;
    /** Messages kept for one user. */
    public int keptPerUser = 100;
    /** How long a message is kept whose sender did not say how long it makes sense. */
    public long keptSec = 30 * 24 * 3600L;
    /** Messages kept in all. */
    public int kept = 2_000;
}
