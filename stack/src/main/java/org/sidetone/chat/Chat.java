package org.sidetone.chat;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.composing.IsComposing;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.doc.sdp.MsrpMedia;
import org.sidetone.doc.sdp.SdpWriter;
import org.sidetone.doc.sdp.SessionDescription;
import org.sidetone.im.Composition;
import org.sidetone.im.Entity;
import org.sidetone.im.MessageBody;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.msrp.ByteRange;
import org.sidetone.msrp.Incoming;
import org.sidetone.msrp.MsrpSession;
import org.sidetone.msrp.MsrpStatus;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.uri.UriView;

/** A message session in which two people write to each other: texts, and whether one is being written. */
public final class Chat extends MessageSession implements Composition.User {
    /** The types we take; whatever a container holds is read as far as it can be. */
    private static final byte[] ACCEPTED = Ascii.bytes("message/cpim text/plain text/html multipart/mixed multipart/alternative multipart/signed "
            + "application/im-iscomposing+xml");
    private static final byte[] MULTIPART_SIGNED = Ascii.bytes("multipart/signed");
    private static final byte[][] TYPES = {CpimView.CONTENT_TYPE, MessageBody.TEXT_PLAIN, MessageBody.TEXT_HTML, MessageBody.MULTIPART_MIXED,
        MessageBody.MULTIPART_ALTERNATIVE, MULTIPART_SIGNED, Ascii.bytes("multipart/related"), IsComposing.CONTENT_TYPE};
    private static final byte[] PLAIN_UTF8 = Ascii.bytes("text/plain;charset=UTF-8");
    private static final long NO_ID = -1;

    private static final byte[] NICKNAME = Ascii.bytes("nickname");
    private static final byte[] PRIVATE_MESSAGES = Ascii.bytes("private-messages");
    private static final String ABILITIES = "nickname private-messages";

    private final ChatUser user;
    private final Composition composition;
    private final PeerLikes likes = new PeerLikes();
    private final UriView uri = new UriView();
    private final UriView ownUri = new UriView();
    private final Slice sender = new Slice();
    private final Slice recipient = new Slice();
    /** The other side is a room that takes nicknames, and messages to one of those who are there (RFC 7701 section 8). */
    private boolean room;
    private boolean nicknames;
    private boolean privates;

    Chat(Chats chats, UserAgent agent, ChatUser user, int descriptionBytes) {
        super(chats, agent, descriptionBytes);
        this.user = user;
        composition = new Composition(agent.timers(), this);
    }

    @Override
    void cleared() {
        composition.clear();
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
        likes.read(sdp, found, chats.msrpMedia());
        room = offer ? room && state() >= JOINING : sdp.attribute(found, MsrpMedia.CHATROOM, sender) && isWithFocus();
        sdp.attribute(found, MsrpMedia.CHATROOM, sender);
        nicknames = room && Participant.lists(sender, NICKNAME);
        privates = room && Participant.lists(sender, PRIVATE_MESSAGES);
        return likes.takesText();
    }

    @Override
    void writeAttributes(SdpWriter out, boolean offer) {
        out.name(MsrpMedia.ACCEPT_TYPES).sink().put(ACCEPTED);
        if (chats.security() != null) {
            out.sink().put(' ').put(PeerLikes.PKCS7_MIME);
        }
        out.end().name(MsrpMedia.MAX_SIZE).sink().putDecimal(chats.maxSize());
        out.end();
        if (offer) {
            out.attribute(MsrpMedia.CHATROOM, ABILITIES);
        }
    }

    @Override
    boolean isWithdrawn(SessionDescription sdp) {
        return false;
    }

    @Override
    boolean joinsAgain() {
        return true;
    }

    @Override
    void tellUserOffered(long nowMs) {
        user.onOffered(this, nowMs);
    }

    @Override
    void tellUserRinging(long nowMs) {
        user.onRinging(this, nowMs);
    }

    @Override
    void tellUserOpen(long nowMs) {
        user.onOpen(this, nowMs);
    }

    @Override
    void tellUserEnded(int status, long nowMs) {
        user.onEnded(this, status, nowMs);
    }

    public boolean isPeerComposing() {
        return composition.isPeerActive();
    }

    /** A key was pressed while writing to the other side. */
    public void onKey(long nowMs) {
        if (state() == OPEN) {
            composition.onKey(nowMs);
        }
    }

    /** Whether the other side is a room where several take part. */
    public boolean isRoom() {
        return room;
    }

    /** Whether something can be said to one of them alone. */
    public boolean takesPrivate() {
        return privates;
    }

    /** Asks to be known by a nickname there; {@link ChatUser#onNickname} tells. @return false where there are none */
    public boolean useNickname(Slice name, long nowMs) {
        return state() == OPEN && nicknames && msrp.useNickname(name, nowMs);
    }

    @Override
    public void onNicknameAnswered(MsrpSession of, int status, long nowMs) {
        user.onNickname(this, status, nowMs);
    }

    /** Sends a text to one of those who take part in a room. @return as {@link #send(Slice, long)} */
    public long sendTo(Slice participant, Slice text, long nowMs) {
        if (state() != OPEN || !privates) {
            return 0;
        }
        return wrapped(participant, PLAIN_UTF8, text, true, 0, nowMs);
    }

    /** Sends a text. @return its number, 0 when there is no room, it is too long for the other side, or the chat is not open */
    public long send(Slice text, long nowMs) {
        if (state() != OPEN || direction == SessionDescription.RECVONLY || direction == SessionDescription.INACTIVE) {
            return 0;
        }
        if (!room && isForSealing()) {
            return isSealed() ? sendSealed(text, nowMs) : 0;
        }
        composition.onMessageSent();
        return sendContent(PLAIN_UTF8, text, true, 0, nowMs);
    }

    /** Whether nothing goes out to the other side but signed and sealed, since its certificate is known. */
    public boolean isForSealing() {
        return chats.security() != null && chats.security().canProtect(peer.slice(slice));
    }

    /** Whether it is, because the other side takes that as well. */
    public boolean isSealed() {
        return isForSealing() && likes.sealed;
    }

    /** Signed, then sealed (RFC 4975 section 14.3), within message/cpim, whose date is signed as well. */
    private long sendSealed(Slice text, long nowMs) {
        ByteSink out = chats.security().entity(CpimView.CONTENT_TYPE);
        chats.cpim().begin(out, account.address.slice(slice), peer.slice(chats.slice()), agent.unixSec(nowMs)).content(PLAIN_UTF8, "").put(text);
        long id = chats.security().isReady() ? msrp.reserve(true, 0) : 0;
        if (id == 0) {
            return 0;
        }
        if (!chats.security().seal(this, peer.slice(slice), id)) {
            msrp.withdraw(id);
            return 0;
        }
        composition.onMessageSent();
        return id;
    }

    /** @param entity null: it failed */
    void onSealed(long messageId, Entity entity, long nowMs) {
        if (msrp != null) {
            boolean fits = entity != null && likes.takesSize(entity.content());
            msrp.fill(messageId, fits ? entity.type() : null, fits ? entity.content() : null, nowMs);
        }
    }

    private long sendContent(byte[] type, Slice content, boolean wantsReport, long id, long nowMs) {
        if (likes.wraps || room) {
            return wrapped(peer.slice(recipient), type, content, wantsReport, id, nowMs);
        }
        return likes.takesSize(content) ? msrp.send(type, content, wantsReport, id, nowMs) : 0;
    }

    private long wrapped(Slice to, byte[] type, Slice content, boolean wantsReport, long id, long nowMs) {
        ByteSink out = chats.scratch();
        chats.cpim().begin(out, account.address.slice(slice), to, agent.unixSec(nowMs)).content(type, "").put(content);
        return !out.overflowed() && likes.takesSize(out.slice(slice)) ? msrp.send(CpimView.CONTENT_TYPE, slice, wantsReport, id, nowMs) : 0;
    }

    // ---------------------------------------------------------------- the messages' life

    @Override
    public int onIncoming(MsrpSession of, Incoming message, long nowMs) {
        MediaTypeView type = chats.type();
        if (!type.wrap(message.contentType(slice))) {
            return MsrpStatus.UNINTELLIGIBLE;
        }
        for (int i = 0; i < TYPES.length; i++) {
            if (type.is(TYPES[i])) {
                return 0;
            }
        }
        return chats.security() != null && type.is(PeerLikes.PKCS7_MIME) ? 0 : MsrpStatus.UNKNOWN_TYPE;
    }

    @Override
    public void onMessage(MsrpSession of, Incoming message, long nowMs) {
        MediaTypeView type = chats.type();
        type.wrap(message.contentType(slice));
        if (chats.security() == null || !type.is(PeerLikes.PKCS7_MIME) && !type.is(MULTIPART_SIGNED)) {
            take(message.contentType(slice), message.content(chats.slice()), 0, nowMs);
            return;
        }
        chats.security().entity(slice).put(message.content(chats.slice()));
        if (!chats.security().open(this, peer.slice(slice))) {
            user.onUnreadable(this, nowMs);
        }
    }

    /** @param entity null: it could not be opened */
    void onOpened(Entity entity, int marks, long nowMs) {
        if (entity == null) {
            composition.onPeerMessage(nowMs);
            user.onUnreadable(this, nowMs);
        } else {
            take(entity.type(), entity.content(), marks, nowMs);
        }
    }

    private void take(Slice type, Slice content, int marks, long nowMs) {
        MessageBody body = chats.body();
        int kind = body.read(type, content, null);
        if (room) {
            takeOfRoom(body, kind, nowMs);
        } else if (kind == MessageBody.COMPOSING) {
            composition.onPeer(body.composing(), nowMs);
        } else if (kind == MessageBody.TEXT && !body.text().isEmpty()) {
            composition.onPeerMessage(nowMs);
            user.onText(this, body.text(), body.dateSec(), marks, nowMs);
        } else if (marks != 0) {
            user.onUnreadable(this, nowMs);                     // it was taken before anybody could see what it is
        }
    }

    /** Who says it, and whether to all, stands in its wrapping (RFC 7701 sections 6.1, 6.2); that somebody of many is writing is not shown. */
    private void takeOfRoom(MessageBody body, int kind, long nowMs) {
        if (kind != MessageBody.TEXT || body.text().isEmpty() || !body.isWrapped()) {
            return;
        }
        boolean named = body.cpim().value(CpimView.FROM, sender) && CpimView.uriOf(sender, sender);
        boolean toOne = body.cpim().value(CpimView.TO, recipient) && CpimView.uriOf(recipient, recipient) && !isRoom(recipient);
        user.onTextInRoom(this, named ? sender : sender.clear(), toOne, body.text(), body.dateSec(), nowMs);
    }

    private boolean isRoom(Slice address) {
        return uri.wrap(address) && ownUri.wrap(peer.slice(slice)) && uri.isSameUser(ownUri);
    }

    @Override
    public void onGivenUp(MsrpSession of, Incoming message, long nowMs) {
        // nothing of it was shown
    }

    @Override
    public void onSent(MsrpSession of, long messageId, long id, int status, long nowMs) {
        if (id == NO_ID) {
            return;
        }
        user.onSent(this, messageId, status, nowMs);
    }

    @Override
    public void onReport(MsrpSession of, long messageId, int status, ByteRange range, long nowMs) {
        if (status == MsrpStatus.OK) {
            user.onDelivered(this, messageId, nowMs);
        }
    }

    @Override
    public void sayComposing(boolean isActive, long nowMs) {
        if (room || state() != OPEN || !likes.takesComposing()) {
            return;
        }
        ByteSink out = chats.signScratch();
        chats.body().composing().write(isActive, Composition.REFRESH_SEC, out);
        if (!out.overflowed()) {
            sendContent(IsComposing.CONTENT_TYPE, out.slice(chats.signSlice()), false, NO_ID, nowMs);
        }
    }

    @Override
    public void onPeerComposing(long nowMs) {
        user.onComposing(this, nowMs);
    }
}
