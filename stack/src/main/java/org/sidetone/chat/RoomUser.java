package org.sidetone.chat;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.sip.ua.Account;

/** Whoever hosts rooms (RFC 7701). */
public interface RoomUser {
    /** Whether somebody may join. @param address in the From of his INVITE. @param known receives the address that he is known by in the room. @return 0, or the status to refuse him with */
    int mayJoin(Account room, Slice address, FixedText known);

    /**
     * Brings a nickname into the one form that all of its spellings have (RFC 7700 section 2.3).
     * @return false when it cannot be one
     */
    boolean prepareNickname(Slice nickname, FixedText out);

    /** Somebody came, went, or is known by another name. */
    void onRosterChanged(Account room, long nowMs);
}
