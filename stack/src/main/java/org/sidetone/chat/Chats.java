package org.sidetone.chat;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.cpim.CpimWriter;
import org.sidetone.doc.sdp.FileDescription;
import org.sidetone.doc.sdp.Fingerprints;
import org.sidetone.doc.sdp.MsrpMedia;
import org.sidetone.doc.sdp.SdpWriter;
import org.sidetone.doc.sdp.SessionDescription;
import org.sidetone.im.Language;
import org.sidetone.im.MessageBody;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.msrp.Endpoint;
import org.sidetone.msrp.PathView;
import org.sidetone.port.Capacity;
import org.sidetone.port.MessageSecurity;
import org.sidetone.session.Session;
import org.sidetone.session.SessionUser;
import org.sidetone.session.Sessions;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;

/** Every chat there can be, made at boot. */
public final class Chats implements Sessions.Owner {
    static final int DESCRIPTION_BYTES = 2048;
    private static final int CPIM_BYTES = 512;
    private static final int SIGN_BYTES = 512;

    private final Sessions sessions;
    private final Endpoint endpoint;
    private final ChatUser user;
    /** Null where there are none. */
    private final Rooms rooms;
    private final Chat[] pool;
    private final FileTransfer[] transfers;
    private final FileDescription offeredFile = new FileDescription();
    private final Slice way = new Slice();
    private final FixedText[] relays;
    private final boolean tls;
    private final int maxSize;
    private final SessionDescription description = new SessionDescription();
    private final MsrpMedia msrpMedia = new MsrpMedia();
    private final SdpWriter sdp = new SdpWriter();
    private final CpimWriter cpim = new CpimWriter();
    private final MediaTypeView type = new MediaTypeView();
    private final MessageBody body;
    private final PathView path = new PathView();
    private final byte[] fingerprint = new byte[Fingerprints.BYTES];
    private final byte[] room;
    private final byte[] signRoom = new byte[SIGN_BYTES];
    private final ByteSink sink = new ByteSink();
    private final ByteSink signSink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice signSlice = new Slice();
    private ChatSecurity security;
    private long relayFailures;

    /** @param tls whether connections can be made with TLS. @param files null: no files are taken */
    public Chats(UserAgent agent, Endpoint endpoint, boolean tls, Capacity capacity, ChatUser user, FileUser files) {
        this(agent, endpoint, tls, capacity, user, files, null);
    }

    /** Those who take part in rooms, and nobody else. */
    Chats(UserAgent agent, Endpoint endpoint, boolean tls, Capacity capacity, Rooms rooms) {
        this(agent, endpoint, tls, capacity, null, null, rooms);
    }

    private Chats(UserAgent agent, Endpoint endpoint, boolean tls, Capacity capacity, ChatUser user, FileUser files, Rooms rooms) {
        this.rooms = rooms;
        this.endpoint = endpoint;
        this.user = user;
        this.tls = tls;
        maxSize = capacity.sessionBytes;
        sessions = new Sessions(agent, capacity, this);
        body = new MessageBody(capacity.textBytes);
        room = new byte[capacity.sessionBytes + CPIM_BYTES];
        pool = new Chat[rooms == null ? capacity.messageSessions : 0];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = new Chat(this, agent, user, DESCRIPTION_BYTES);
        }
        transfers = new FileTransfer[files == null ? 0 : capacity.transfers];
        for (int i = 0; i < transfers.length; i++) {
            transfers[i] = new FileTransfer(this, agent, files, DESCRIPTION_BYTES, capacity.fileBytes);
        }
        relays = new FixedText[agent.accounts()];
        for (int i = 0; i < relays.length; i++) {
            relays[i] = new FixedText(256);
        }
    }

    /**
     * Relays that an account's chats use, such as {@code msrps://relay.example.test:2855;tcp}; empty: none. Several in a row are a way through all of
     * them, the nearest first; after a comma comes another way, taken when those before it cannot be had.
     * @return false when a way is no path
     */
    public boolean setRelays(Account account, Slice ways) {
        if (!relays[account.index].set(ways)) {
            return false;
        }
        for (int i = 0; i == 0 && !ways.isEmpty() || relays(account, i, way); i++) {
            relays(account, i, way);
            if (!path.wrap(way)) {
                relays[account.index].clear();
                return false;
            }
        }
        return true;
    }

    /** Of alternatives those in this language are read. At boot only. */
    public void setLanguage(Language language) {
        body.setLanguage(language);
    }

    /** From then on texts are signed and sealed for those whose certificates are known, and what is signed or sealed is opened. At boot only. */
    public void setSecurity(MessageSecurity newSecurity) {
        security = new ChatSecurity(newSecurity);
    }

    /** Something was sealed, or opened. @return false: it was not ours */
    public boolean onDone(MessageSecurity.Done done, long nowMs) {
        return security != null && security.onDone(done, nowMs);
    }

    /** Null without any. */
    ChatSecurity security() {
        return security;
    }

    boolean hasRelays(Account account) {
        return !relays[account.index].isEmpty();
    }

    /** One of the ways of {@link #setRelays}. @return false when there are not so many */
    boolean relays(Account account, int index, Slice out) {
        byte[] b = relays[account.index].bytes();
        int limit = relays[account.index].length();
        int at = 0;
        for (int i = 0; i < index && at <= limit; i++) {
            at = Ascii.indexOf(b, at, limit, ',') + 1;
        }
        if (at > limit || limit == 0) {
            return false;
        }
        int end = Ascii.indexOf(b, at, limit, ',');
        int from = Ascii.skipLws(b, at, end);
        out.wrap(b, from, Ascii.trimEnd(b, from, end) - from);
        return true;
    }

    /** Invites somebody. @return null when there is no room or no way there */
    public Chat open(Account account, Slice to, long nowMs) {
        Chat c = free();
        return c != null && c.open(account, to, nowMs) ? c : null;
    }

    private Chat free() {
        for (int i = 0; i < pool.length; i++) {
            if (pool[i].isFree()) {
                return pool[i];
            }
        }
        return null;
    }

    /** How many there can be. */
    public int capacity() {
        return pool.length;
    }

    public Chat get(int index) {
        return pool[index];
    }

    @Override
    public SessionUser onInvite(Session session, SipMessage request, Slice offer, long nowMs) {
        MessageSession c = rooms != null ? rooms.free() : isForFile(offer) ? forOffered(request.from().uri()) : free();
        if (c != null && c instanceof FileTransfer) {
            c.offered(session, request.from().uri());
            return c;
        }
        if (c == null || !offer.isEmpty() && (!description.wrap(offer) || msrpMedia.find(description) < 0)) {
            return null;
        }
        c.offered(session, request.from().uri());
        return c;
    }

    private boolean isForFile(Slice offer) {
        return !offer.isEmpty() && description.wrap(offer) && msrpMedia.find(description) < 0 && msrpMedia.findFile(description) >= 0;
    }

    /** The place for a file that is offered: where its beginning is already, else one where nothing would be lost. */
    private FileTransfer forOffered(Slice from) {
        if (offeredFile.read(description, msrpMedia.findFile(description))) {
            for (int i = 0; i < transfers.length; i++) {
                if (transfers[i].isFree() && transfers[i].goesOn(offeredFile, from)) {
                    return transfers[i];
                }
            }
        }
        FileTransfer free = freeTransfer();
        if (free != null) {
            free.forgetFile();
        }
        return free;
    }

    private FileTransfer freeTransfer() {
        FileTransfer free = null;
        for (int i = 0; i < transfers.length; i++) {
            if (transfers[i].isFree() && (free == null || free.hasPart() && !transfers[i].hasPart())) {
                free = transfers[i];
            }
        }
        return free;
    }

    /** A place for a file that is to be sent, or fetched; null when all are in use. */
    public FileTransfer newTransfer() {
        FileTransfer free = freeTransfer();
        return free == null ? null : free.reserve();
    }

    /** Files that can pass at a time. */
    public int transfers() {
        return transfers.length;
    }

    public FileTransfer transfer(int index) {
        return transfers[index];
    }

    @Override
    public void onInvited(Session session, long nowMs) {
        MessageSession c = of(session);
        if (c != null) {
            c.tellOffered(nowMs);
        }
    }

    @Override
    public void onNotOffered(SessionUser of, long nowMs) {
        MessageSession c = (MessageSession) of;
        c.forget(nowMs);
        onRefused(c.peer(slice), nowMs);
    }

    @Override
    public void onRefused(Slice from, long nowMs) {
        if (user != null) {
            user.onMissed(from, nowMs);
        }
    }

    private MessageSession of(Session session) {
        for (int i = 0; i < pool.length; i++) {
            if (pool[i].has(session)) {
                return pool[i];
            }
        }
        for (int i = 0; i < transfers.length; i++) {
            if (transfers[i].has(session)) {
                return transfers[i];
            }
        }
        for (int i = 0; rooms != null && i < rooms.count(); i++) {
            if (rooms.get(i).has(session)) {
                return rooms.get(i);
            }
        }
        return null;
    }

    public Sessions sessions() {
        return sessions;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Whether there is a certificate of ours that peers can know us by. */
    boolean hasFingerprint() {
        return tls && endpoint.ownFingerprint(fingerprint) > 0;
    }

    /** SHA-256 of that certificate. */
    byte[] fingerprint() {
        endpoint.ownFingerprint(fingerprint);
        return fingerprint;
    }

    boolean hasTls() {
        return tls;
    }

    int maxSize() {
        return maxSize;
    }

    SessionDescription description() {
        return description;
    }

    MsrpMedia msrpMedia() {
        return msrpMedia;
    }

    SdpWriter sdp() {
        return sdp;
    }

    CpimWriter cpim() {
        return cpim;
    }

    MediaTypeView type() {
        return type;
    }

    MessageBody body() {
        return body;
    }

    Slice slice() {
        return slice;
    }

    Slice signSlice() {
        return signSlice;
    }

    /** For a message that is wrapped. */
    ByteSink scratch() {
        return sink.wrap(room);
    }

    /** For a sign, which may be wrapped afterwards. */
    ByteSink signScratch() {
        return signSink.wrap(signRoom);
    }

    void countRelayFailure() {
        relayFailures++;
    }

    /** Chats that went without relays because none answered well. */
    public long relayFailures() {
        return relayFailures;
    }

    public int inUse() {
        int n = 0;
        for (int i = 0; i < pool.length; i++) {
            n += pool[i].isFree() ? 0 : 1;
        }
        return n;
    }
}
