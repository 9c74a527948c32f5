package org.sidetone.firmware.chats;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.chat.Chat;
import org.sidetone.time.Timer;

/** What was and is said with one person: a transcript, and a chat while there is one. */
public final class Conversation implements Timer.Owner {
    /** Never used. */
    public static final int EMPTY = 0;
    /** Over; the transcript can be read. */
    public static final int CLOSED = 1;
    public static final int CALLING = 2;
    public static final int RINGING = 3;
    /** The other side offers it. */
    public static final int OFFERED = 4;
    public static final int OPEN = 5;

    private static final String[] NAMES = {"", "closed", "calling", "ringing", "offered", "open"};

    final int slot;
    private final Conversations owner;
    final Timer idleTimer;
    public final FixedText peer = new FixedText(160);
    public final Transcript transcript;
    int account;
    int state = EMPTY;
    int status;
    Chat chat;
    /** Null where it is no room, or not known who is there. */
    Roster roster;
    /** In a room, whom alone the next line is for; empty: all. */
    final FixedText toOnly = new FixedText(160);
    /** Nicknames asked for. */
    int nicknames;
    int unread;
    long usedOrder;

    Conversation(Conversations owner, int slot, int transcriptBytes) {
        this.owner = owner;
        this.slot = slot;
        idleTimer = new Timer(owner.timers(), this);
        transcript = new Transcript(transcriptBytes);
    }

    public int state() {
        return state;
    }

    public static String stateName(int state) {
        return NAMES[state];
    }

    public int account() {
        return account;
    }

    /** Texts that came and were not on the display yet. */
    public int unread() {
        return unread;
    }

    public boolean isPeerComposing() {
        return chat != null && chat.isPeerComposing();
    }

    /** Whether several take part. */
    public boolean isRoom() {
        return chat != null && chat.isRoom();
    }

    /** Who is there, null where that is not known. */
    public Roster roster() {
        return roster;
    }

    /** Whether something can be said to one of them alone. */
    public boolean takesPrivate() {
        return chat != null && chat.takesPrivate();
    }

    /** Whom alone the next line is for; empty: all. */
    public FixedText toOnly() {
        return toOnly;
    }

    /** Whether what is said here is signed and sealed. */
    public boolean isSealed() {
        return chat != null && chat.isSealed();
    }

    /** Whether it would have to be, and the other side does not take that: nothing can be said. */
    public boolean isUnsealable() {
        return chat != null && chat.isForSealing() && !chat.isSealed();
    }

    /** The state in words, with the reason of an end that nobody here wanted. */
    public ByteSink putState(ByteSink out) {
        if (state != CLOSED || status == 0 || status == 200) {
            return out.put(NAMES[state]);
        }
        switch (status) {
            case 404: return out.put("unknown address");
            case 408: case 480: return out.put("no answer");
            case 486: case 600: return out.put("busy");
            case 487: return out.put("given up");
            case 488: case 415: return out.put("chats are not possible there");
            case 503: return out.put("connection lost");
            case 603: return out.put("declined");
            default: return out.put("failed");
        }
    }

    boolean isWith(int ofAccount, Slice address) {
        return state != EMPTY && account == ofAccount && peer.equals(address);
    }

    boolean isLive() {
        return state > CLOSED;
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        owner.onIdle(this, nowMs);
    }
}
