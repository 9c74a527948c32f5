package org.sidetone.chat;

import org.sidetone.bytes.Slice;

/** Told what happens in chats. Arguments are valid during the call; a chat may be ended within each. */
public interface ChatUser {
    /** Somebody offers one: {@link Chat#accept} or {@link Chat#refuse}. */
    void onOffered(Chat chat, long nowMs);

    /** The other side's phone tells its person. */
    void onRinging(Chat chat, long nowMs);

    /** Texts can be sent. Told again after the connection was lost and made anew. */
    void onOpen(Chat chat, long nowMs);

    /** @param text UTF-8. @param dateSec when it was written, negative: not said. @param marks how it was secured, of {@link org.sidetone.port.MessageSecurity}, added up */
    void onText(Chat chat, Slice text, long dateSec, int marks, long nowMs);

    /**
     * Somebody said something in a room (RFC 7701).
     * @param from his address, empty: not said. @param toUs whether to us alone
     */
    void onTextInRoom(Chat chat, Slice from, boolean toUs, Slice text, long dateSec, long nowMs);

    /** A room answered {@link Chat#useNickname}. @param status 200; 425: somebody else has it; or why not */
    void onNickname(Chat chat, int status, long nowMs);

    /** Something came that cannot be opened: sealed for somebody else, or broken. */
    void onUnreadable(Chat chat, long nowMs);

    /** Whether the other side is writing changed: {@link Chat#isPeerComposing}. */
    void onComposing(Chat chat, long nowMs);

    /** A text was taken by the next hop, or not. @param id what {@link Chat#send} returned. @param status of {@link org.sidetone.msrp.MsrpStatus}, or LOST */
    void onSent(Chat chat, long id, int status, long nowMs);

    /** A text reached the other end. */
    void onDelivered(Chat chat, long id, long nowMs);

    /** It is over, or never came to be. @param status as {@link org.sidetone.session.SessionUser#onEnded} */
    void onEnded(Chat chat, int status, long nowMs);

    /** Somebody offered a session that has nothing to do with text. */
    void onMissed(Slice from, long nowMs);
}
