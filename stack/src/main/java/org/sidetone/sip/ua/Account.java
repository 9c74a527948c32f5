package org.sidetone.sip.ua;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestClients;
import org.sidetone.digest.DigestFunction;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.port.Random;

/** One address of record on this phone, its secret and its server. Filled in at boot or by provisioning. */
public final class Account {
    /** Outbound proxies at most. */
    public static final int WAYS = Capacity.WAYS;

    public final int index;
    /** {@code sip:alice@example.test}. */
    public final FixedText address = new FixedText(160);
    /** May be empty; UTF-8, without quotes. */
    public final FixedText displayName = new FixedText(64);
    /** User part of our Contact, so that requests find this account. */
    public final FixedText contactUser = new FixedText(64);
    /** Feature tags of our Contact, such as {@code isfocus} (RFC 3840); empty: none. */
    public final FixedText features = new FixedText(64);
    public final Credentials credentials = new Credentials();
    /** Where requests go that no dialog directs elsewhere: outbound proxies, or the registrar itself. None set: the phone stands alone. */
    private final ServerWay[] ways = new ServerWay[WAYS];
    /** URI of the first way. */
    public final FixedText serverUri;
    /** The server of the first way. */
    public final Flow server;
    /** {@code sip:example.test}, the Request-URI of REGISTER. */
    public final FixedText registrar = new FixedText(160);
    /** Which device this is, {@code <urn:uuid:...>} (RFC 5626 section 4.1); empty: it does not say, and keeps no flows. */
    public final FixedText instance = new FixedText(64);
    /** Service route of the first way. */
    public final FixedText serviceRoute;
    /** Our public GRUU, learnt from the registrar (RFC 5627); empty: none. */
    public final FixedText gruu = new FixedText(224);
    /** Whether dialogs are made with the GRUU as Contact. Off unless the server is known to route it: some that give one do not. */
    public boolean usesGruu;
    final DigestClients forServers;
    final DigestClients forProxies;
    /** Realm of the server that we register with; empty: not known yet. */
    final FixedText ownRealm = new FixedText(128);

    /** A body of ours, while the credentials that cover it are written. */
    final byte[] scratch;

    /** @param realms that may challenge one request, of servers and of proxies each */
    Account(int index, int realms, DigestFunction function, Random random, int bodyBytes) {
        this.index = index;
        scratch = new byte[bodyBytes];
        forServers = new DigestClients(realms, function, random);
        forProxies = new DigestClients(realms, function, random);
        for (int i = 0; i < WAYS; i++) {
            ways[i] = new ServerWay(i + 1);
        }
        serverUri = ways[0].uri;
        server = ways[0].flow;
        serviceRoute = ways[0].serviceRoute;
    }

    /** @param number from 0 to {@link #WAYS} - 1 */
    public ServerWay way(int number) {
        return ways[number];
    }

    /** The way that requests take now: the first that we are registered by, or the first of all. */
    public ServerWay way() {
        for (int i = 0; i < WAYS; i++) {
            if (ways[i].up) {
                return ways[i];
            }
        }
        return ways[0];
    }

    /** Whether the server keeps the flow that requests take now. */
    public boolean isOutbound() {
        return way().outbound;
    }

    /** Whether credentials of a realm go with every request: those of the own domain do, others stay with the dialog that was asked for them (RFC 3261 section 22.3). */
    boolean isOwnRealm(FixedText realm) {
        int host = address.length() - realm.length();
        return realm.equals(ownRealm) || host > 0 && address.bytes()[host - 1] == '@'
                && Ascii.equalsIgnoreCase(address.bytes(), host, realm.length(), realm.bytes(), 0, realm.length());
    }

    public boolean hasServer() {
        return ways[0].isSet();
    }

    public boolean isConfigured() {
        return !address.isEmpty();
    }

    /** Refuses to answer challenges by weaker algorithms. @param ofHash a code of {@link org.sidetone.port.Hash} */
    public void setMinimumAlgorithm(int ofHash) {
        forServers.setMinimumAlgorithm(ofHash);
        forProxies.setMinimumAlgorithm(ofHash);
    }

    /** Drops what was learnt from challenges, for instance when the secret was changed. */
    public void forgetChallenges() {
        forServers.forget();
        forProxies.forget();
    }
}
