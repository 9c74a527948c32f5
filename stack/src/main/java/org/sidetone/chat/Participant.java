package org.sidetone.chat;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.doc.sdp.MsrpMedia;
import org.sidetone.doc.sdp.SdpWriter;
import org.sidetone.doc.sdp.SessionDescription;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.msrp.ByteRange;
import org.sidetone.msrp.Incoming;
import org.sidetone.msrp.MsrpSession;
import org.sidetone.msrp.MsrpStatus;
import org.sidetone.sip.ua.UserAgent;

/** The room's end of the session by which somebody takes part in it (RFC 7701 section 5.2). */
final class Participant extends MessageSession {
    private static final byte[] PRIVATE_MESSAGES = Ascii.bytes("private-messages");
    private static final String ABILITIES = "nickname private-messages";
    private static final long NOT_TOLD = 1;

    private final Rooms rooms;
    /** By which the others know him. */
    final FixedText known = new FixedText(160);
    /** Of his From; may be empty. */
    final FixedText name = new FixedText(64);
    /** As he asked for it, and in the form that is compared; empty: none. */
    final FixedText nickname = new FixedText(Rooms.NICKNAME_BYTES);
    final FixedText preparedNickname = new FixedText(Rooms.NICKNAME_BYTES);
    private final MediaTypeView type = new MediaTypeView();
    private final Slice part = new Slice();
    private boolean joined;
    private boolean takesPrivate;

    Participant(Chats chats, UserAgent agent, Rooms rooms, int descriptionBytes) {
        super(chats, agent, descriptionBytes);
        this.rooms = rooms;
    }

    @Override
    void cleared() {
        joined = false;
    }

    @Override
    int initialDirection() {
        return SessionDescription.SENDRECV;
    }

    @Override
    int find(SessionDescription sdp) {
        return chats.msrpMedia().find(sdp);
    }

    @Override
    boolean suits(SessionDescription sdp, int found, boolean offer) {
        takesPrivate = sdp.attribute(found, MsrpMedia.CHATROOM, part) && lists(part, PRIVATE_MESSAGES);
        return chats.msrpMedia().accepts(sdp, found, CpimView.CONTENT_TYPE);
    }

    static boolean lists(Slice tokens, byte[] token) {
        for (int at = tokens.offset(); at < tokens.limit(); ) {
            int end = Ascii.indexOf(tokens.buffer(), at, tokens.limit(), ' ');
            if (Ascii.equals(tokens.buffer(), at, end - at, token, 0, token.length)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    @Override
    void writeAttributes(SdpWriter out, boolean offer) {
        out.name(MsrpMedia.ACCEPT_TYPES).sink().put(CpimView.CONTENT_TYPE);
        out.end().name(MsrpMedia.ACCEPT_WRAPPED_TYPES).sink().put('*');
        out.end().name(MsrpMedia.MAX_SIZE).sink().putDecimal(chats.maxSize());
        out.end().attribute(MsrpMedia.CHATROOM, ABILITIES);
    }

    @Override
    boolean isWithdrawn(SessionDescription sdp) {
        return false;
    }

    @Override
    boolean joinsAgain() {
        return true;
    }

    boolean takesPrivate() {
        return takesPrivate;
    }

    /** Whether his phone takes what is of a type, wrapped. */
    boolean takes(Slice mime) {
        return theirDescription() && chats.msrpMedia().acceptsWrapped(chats.description(), medium(), mime);
    }

    boolean pass(Slice message, long nowMs) {
        return msrp.send(CpimView.CONTENT_TYPE, message, false, NOT_TOLD, nowMs) != 0;
    }

    @Override
    void tellUserOffered(long nowMs) {
        displayName(part);
        int from = part.length() > 1 && part.byteAt(0) == '"' ? 1 : 0;
        name.set(part.wrap(part.buffer(), part.offset() + from, Math.max(0, part.length() - 2 * from)));
        nickname.clear();
        preparedNickname.clear();
        int verdict = rooms.user().mayJoin(account, peer.slice(part), known);
        if (verdict == 0) {
            accept(nowMs);
        } else {
            refuse(verdict, nowMs);
        }
    }

    @Override
    void tellUserRinging(long nowMs) {
        // a room calls nobody
    }

    @Override
    void tellUserOpen(long nowMs) {
        joined = true;
        rooms.onChanged(account, nowMs);
    }

    @Override
    void tellUserEnded(int status, long nowMs) {
        rooms.onChanged(account, nowMs);
    }

    @Override
    public void onFailed(MsrpSession of, long nowMs) {
        boolean was = joined;
        super.onFailed(of, nowMs);
        if (was) {
            rooms.onChanged(account, nowMs);
        }
    }

    @Override
    public int onIncoming(MsrpSession of, Incoming message, long nowMs) {
        return type.wrap(message.contentType(part)) && type.is(CpimView.CONTENT_TYPE) ? 0 : MsrpStatus.UNKNOWN_TYPE;
    }

    @Override
    public int onWhole(MsrpSession of, Incoming message, long nowMs) {
        return rooms.judge(this, message);
    }

    @Override
    public void onMessage(MsrpSession of, Incoming message, long nowMs) {
        rooms.distribute(this, message, nowMs);
    }

    @Override
    public int onNickname(MsrpSession of, Slice quoted, long nowMs) {
        return rooms.nickname(this, quoted, nowMs);
    }

    @Override
    public void onGivenUp(MsrpSession of, Incoming message, long nowMs) {
        // nothing of it was passed on
    }

    @Override
    public void onSent(MsrpSession of, long messageId, long id, int status, long nowMs) {
        // who said it is told nothing of each of the others (section 6.3)
    }

    @Override
    public void onReport(MsrpSession of, long messageId, int status, ByteRange range, long nowMs) {
        // none are asked for
    }
}
