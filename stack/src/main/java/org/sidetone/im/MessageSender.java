package org.sidetone.im;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Capacity;
import org.sidetone.port.MessageSecurity;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;

/**
 * Sends text in MESSAGE requests, a few at a time (RFC 3428 section 4), wrapped in message/cpim where the other side is known to take that, so
 * that it can say what became of it. Order per recipient is the caller's: it waits for {@link User#onSent}.
 */
public final class MessageSender {
    /** Told how a message fared. */
    public interface User {
        /**
         * @param status the final response's: 200 delivered, 202 kept somewhere (section 7), 408 nobody answered, 503 could not be sent
         * @param response null when there was none
         */
        void onSent(long id, int status, SipMessage response, long nowMs);
    }

    private static final int REMEMBERED_PEERS = 32;

    private final OutgoingMessage[] slots;
    private final User user;
    private final PeerAbilities abilities = new PeerAbilities(REMEMBERED_PEERS);
    private final AbilityQuery query;
    private final Slice none = new Slice();
    private final ByteSink sink = new ByteSink();
    private MessageSecurity security;
    private byte[] room;
    private Language language = new Language();
    private boolean wantsReceipts = true;

    public MessageSender(UserAgent agent, Capacity capacity, User user) {
        this.user = user;
        query = new AbilityQuery(agent, abilities);
        slots = new OutgoingMessage[capacity.outgoingMessages];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new OutgoingMessage(agent, this, capacity.textBytes);
        }
    }

    /** Whether texts ask what becomes of them; from the start they do. */
    public void wantReceipts(boolean value) {
        wantsReceipts = value;
    }

    /** What its user writes. At boot only. */
    public void setLanguage(Language newLanguage) {
        language = newLanguage;
    }

    Language language() {
        return language;
    }

    /** From then on messages are signed and sealed for those whose certificates are known. At boot only. */
    public void setSecurity(MessageSecurity newSecurity) {
        security = newSecurity;
        room = new byte[MessageSecurity.MAX_BYTES];
        for (int i = 0; i < slots.length; i++) {
            slots[i].setSecurity(newSecurity);
        }
    }

    /** Whether messages to somebody are signed and sealed. */
    public boolean protects(Slice to) {
        return security != null && security.canProtect(to);
    }

    /** Something that was to be sealed is. @return false: it was not ours */
    public boolean onDone(MessageSecurity.Done done, long nowMs) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i].ticket() == done.ticket) {
                slots[i].onDone(done, nowMs);
                return true;
            }
        }
        return false;
    }

    ByteSink room() {
        return sink.wrap(room);
    }

    /** Somebody sent message/cpim: he takes it too. */
    public void takesCpim(Slice peer) {
        abilities.set(peer, PeerAbilities.CPIM);
    }

    /**
     * @param to URI of the recipient. @param text UTF-8. @param messageId by which he can say what became of it, RFC 5438 section 6.3
     * @param dateSec when it was written, negative: not known. @param id the caller's
     * @return false when all slots are busy, the text is too long, or no way leads there; nothing was sent
     */
    public boolean send(Account account, Slice to, Slice text, Slice messageId, long dateSec, long id, long nowMs) {
        OutgoingMessage free = free();
        if (free == null || isSigning(to)) {
            return false;
        }
        int ability = wantsReceipts && !messageId.isEmpty() ? abilities.of(to) : PeerAbilities.PLAIN;
        boolean names = ability == PeerAbilities.CPIM || wantsReceipts && protects(to);
        boolean sent = free.send(account, to, text, names ? messageId : none.clear(), dateSec, id, nowMs);
        if (sent && ability == PeerAbilities.UNKNOWN) {
            query.ask(account, to, nowMs);
        }
        return sent;
    }

    /**
     * Tells somebody what became of his message (RFC 5438 section 7.2.1). Tried once: nobody waits for it.
     * @param routes what {@link IncomingMessage#routes} said. @param ofMessage its imdn.Message-ID. @param dateSec when it was written. @param kind, @param status of {@link org.sidetone.doc.imdn.Imdn}
     */
    public boolean notify(Account account, Slice to, FixedText routes, Slice ofMessage, long dateSec, int kind, int status, long nowMs) {
        OutgoingMessage free = free();
        return free != null && free.notify(account, to, routes, ofMessage, dateSec, kind, status, nowMs);
    }

    /**
     * Tells somebody that one is writing to him, or stopped to (RFC 3994), where he takes that and nothing else to him is under way.
     * Who refuses it once is told no more.
     */
    public void sign(Account account, Slice to, boolean active, long nowMs) {
        OutgoingMessage free = free();
        if (free != null && abilities.takesSigns(to) && !isBusyWith(to)) {
            free.sign(account, to, active, nowMs);
        }
    }

    private boolean isSigning(Slice to) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i].isBusy() && slots[i].isSign() && slots[i].recipient().equals(to)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBusyWith(Slice to) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i].isBusy() && slots[i].recipient().equals(to)) {
                return true;
            }
        }
        return false;
    }

    private OutgoingMessage free() {
        for (int i = 0; i < slots.length; i++) {
            if (!slots[i].isBusy()) {
                return slots[i];
            }
        }
        return null;
    }

    /** A sign was not wanted, or kept instead of shown: then he is away, and what is there next time is asked anew. */
    void onSignLost(OutgoingMessage message, int status) {
        if (status == 202) {
            abilities.doubt(message.recipient());
        } else {
            abilities.setTakesSigns(message.recipient(), false);
        }
    }

    void onSent(OutgoingMessage message, long id, int status, SipMessage response, long nowMs) {
        if (message.isWrapped() && !message.isProtected()) {  // what is sealed is never said openly instead
            if (status == 415 || status == 488) {
                abilities.set(message.recipient(), PeerAbilities.PLAIN);
                if (message.sendPlain(nowMs)) {
                    return;
                }
            } else if (status == 200) {
                boolean back = abilities.isDoubtful(message.recipient());
                abilities.set(message.recipient(), PeerAbilities.CPIM);
                if (back) {
                    query.ask(message.by(), message.recipient(), nowMs);
                }
            }
        }
        user.onSent(id, status, response, nowMs);
    }
}
