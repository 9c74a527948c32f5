package org.sidetone.im;

import org.sidetone.bytes.Slice;
import org.sidetone.port.Capacity;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;

/** Sends text in MESSAGE requests, a few at a time (RFC 3428 section 4). Order per recipient is the caller's: it waits for {@link User#onSent}. */
public final class MessageSender {
    /** Told how a message fared. */
    public interface User {
        /**
         * @param status the final response's: 200 delivered, 202 kept somewhere (section 7), 408 nobody answered, 503 could not be sent
         * @param response null when there was none
         */
        void onSent(long id, int status, SipMessage response, long nowMs);
    }

    private final OutgoingMessage[] slots;
    private final User user;

    public MessageSender(UserAgent agent, Capacity capacity, User user) {
        this.user = user;
        slots = new OutgoingMessage[capacity.outgoingMessages];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new OutgoingMessage(agent, this, capacity.textBytes);
        }
    }

    /**
     * @param to URI of the recipient. @param text UTF-8. @param dateSec when it was written, negative: not known. @param id the caller's
     * @return false when all slots are busy, the text is too long, or no way leads there; nothing was sent
     */
    public boolean send(Account account, Slice to, Slice text, long dateSec, long id, long nowMs) {
        for (int i = 0; i < slots.length; i++) {
            if (!slots[i].isPending()) {
                return slots[i].send(account, to, text, dateSec, id, nowMs);
            }
        }
        return false;
    }

    void onSent(long id, int status, SipMessage response, long nowMs) {
        user.onSent(id, status, response, nowMs);
    }
}
