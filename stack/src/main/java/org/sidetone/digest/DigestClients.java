package org.sidetone.digest;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Random;

/** What a client remembers of the challenges of several servers, one {@link DigestClient} a realm: a chain of proxies may have several (RFC 3261 section 22.3). */
public final class DigestClients {
    /** The challenge is none that can be answered, or of a realm that was answered already. */
    public static final int NONE = -1;
    private static final byte[] REALM = Ascii.bytes("realm");

    private final DigestClient[] clients;
    private final AuthView view = new AuthView();
    private final Slice realm = new Slice();
    private int oldest;
    private int replaced;

    /** @param realms how many are remembered, 1 to 31 */
    public DigestClients(int realms, DigestFunction function, Random random) {
        clients = new DigestClient[realms];
        for (int i = 0; i < realms; i++) {
            clients[i] = new DigestClient(function, random);
        }
    }

    /**
     * Takes a challenge over; of several with one realm the topmost that can be answered counts (RFC 8760 section 2.4).
     * @param taken bits of the realms that the same response named before. @return the number of its realm, or {@link #NONE}
     */
    public int challenge(Slice value, int taken) {
        if (!view.wrap(value) || !view.find(REALM, realm)) {
            return NONE;
        }
        int place = NONE;
        for (int i = 0; i < clients.length; i++) {
            if (clients[i].isReady() && clients[i].isOf(realm)) {
                return (taken & 1 << i) == 0 && clients[i].challenge(value) ? i : NONE;
            }
            place = place == NONE && !clients[i].isReady() ? i : place;
        }
        boolean full = place == NONE;
        for (int n = 0; full && n < clients.length && place == NONE; n++) {
            int i = (oldest + n) % clients.length;
            place = (taken & 1 << i) == 0 ? i : NONE;
        }
        if (place == NONE || !clients[place].challenge(value)) {
            return NONE;
        }
        if (full) {
            oldest = (place + 1) % clients.length;
            replaced++;
        }
        return place;
    }

    public int size() {
        return clients.length;
    }

    public DigestClient of(int number) {
        return clients[number];
    }

    /** How often a realm gave its place, and its number, to another. */
    public int replaced() {
        return replaced;
    }

    public void setMinimumAlgorithm(int ofHash) {
        for (int i = 0; i < clients.length; i++) {
            clients[i].setMinimumAlgorithm(ofHash);
        }
    }

    public void forget() {
        for (int i = 0; i < clients.length; i++) {
            clients[i].forget();
        }
    }
}
