package org.sidetone.im;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** Whether the people one writes to take message/cpim, and signs that one is writing, as far as it showed: by what they sent, said, took or refused. The oldest is forgotten first. */
final class PeerAbilities {
    static final int UNKNOWN = 0;
    /** They were asked, and have not said yet. */
    static final int ASKED = 1;
    static final int CPIM = 2;
    static final int PLAIN = 3;

    private final FixedText[] peers;
    private final int[] abilities;
    /** Whether they take signs that one is writing, too. */
    private final boolean[] signs;
    private final boolean[] doubtful;
    private int next;

    PeerAbilities(int capacity) {
        peers = new FixedText[capacity];
        abilities = new int[capacity];
        signs = new boolean[capacity];
        doubtful = new boolean[capacity];
        for (int i = 0; i < capacity; i++) {
            peers[i] = new FixedText(160);
        }
    }

    private int find(Slice peer) {
        for (int i = 0; i < peers.length; i++) {
            if (abilities[i] != UNKNOWN && peers[i].equals(peer)) {
                return i;
            }
        }
        return -1;
    }

    int of(Slice peer) {
        int i = find(peer);
        return i < 0 ? UNKNOWN : abilities[i];
    }

    void set(Slice peer, int ability) {
        int i = find(peer);
        if (i < 0) {
            i = next;
            if (!peers[i].set(peer)) {
                return;
            }
            signs[i] = false;
            next = (next + 1) % peers.length;
        }
        abilities[i] = ability;
        doubtful[i] = false;
    }

    boolean takesSigns(Slice peer) {
        int i = find(peer);
        return i >= 0 && signs[i];
    }

    /** Whether he was away when last something was sent to him: he may come back with another phone. */
    boolean isDoubtful(Slice peer) {
        int i = find(peer);
        return i >= 0 && doubtful[i];
    }

    /** Of a peer that is known. */
    void doubt(Slice peer) {
        int i = find(peer);
        if (i >= 0) {
            doubtful[i] = true;
            signs[i] = false;
        }
    }

    /** Of a peer that is known. */
    void setTakesSigns(Slice peer, boolean value) {
        int i = find(peer);
        if (i >= 0) {
            signs[i] = value;
        }
    }
}
