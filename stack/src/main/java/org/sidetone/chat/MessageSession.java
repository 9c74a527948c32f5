package org.sidetone.chat;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.sdp.Fingerprints;
import org.sidetone.doc.sdp.MsrpMedia;
import org.sidetone.doc.sdp.SdpWriter;
import org.sidetone.doc.sdp.SessionDescription;
import org.sidetone.msrp.MsrpSession;
import org.sidetone.msrp.MsrpStatus;
import org.sidetone.msrp.MsrpUri;
import org.sidetone.msrp.PathView;
import org.sidetone.port.Flow;
import org.sidetone.session.Session;
import org.sidetone.session.SessionUser;
import org.sidetone.sip.locate.LocationUser;
import org.sidetone.sip.locate.Locator;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/**
 * One message session (RFC 4975 section 8) from its INVITE to its BYE: through relays or not, over TLS or not, and where it leads. What passes in it is said by
 * those who extend this: {@link Chat} texts.
 * <pre>
 *   state     input                              next      action
 *   FREE      open, with relays                  RELAYS    AUTH to the relays
 *   RELAYS    they answer, or none does          INVITING  INVITE, by their path or our own
 *   FREE      open                               INVITING  INVITE
 *   INVITING  488, over TLS                      INVITING  INVITE, without TLS
 *   INVITING  accepted                           JOINING   connect, or wait for the other side to
 *   FREE      INVITE                             OFFERED   tell user
 *   OFFERED   user: accept, with relays          RELAYS    AUTH to the relays
 *   OFFERED   user: accept                       JOINING   2xx
 *   RELAYS    they answer, of an offered one     JOINING   2xx
 *   JOINING   MSRP goes both ways                OPEN      tell user
 *   OPEN      connection lost                    JOINING   2 s for a BYE to arrive
 *   JOINING   2 s after a loss, ours, was steady JOINING   an offer with a new URI
 *   JOINING   2 s after a loss, was not steady   FREE      BYE; tell user
 *   JOINING   not open 32 s later                FREE      BYE; tell user
 *   any       BYE, refusal, no way               FREE      tell user
 *   any       user: end                          FREE      BYE, CANCEL or refusal
 * </pre>
 */
public abstract class MessageSession implements SessionUser, MsrpSession.User, LocationUser, Timer.Owner {
    public static final int FREE = 0;
    public static final int RELAYS = 1;
    public static final int INVITING = 2;
    public static final int OFFERED = 3;
    public static final int JOINING = 4;
    public static final int OPEN = 5;

    /** A connection that is lost again so soon is not worth another try. */
    private static final long STEADY_MS = 10_000;
    /** A BYE may come later than the end of the connection that it follows. */
    private static final long GRACE_MS = 2_000;
    private static final long JOIN_MS = 32_000;
    /** How long a relay's URIs shall be good. */
    private static final long RELAY_SEC = 1800;

    private static final int NOTHING = -1;

    final Chats chats;
    final UserAgent agent;
    private final byte[] description;
    private final Slice theirs = new Slice();
    final FixedText peer = new FixedText(224);
    private final FixedText remotePath = new FixedText(512);
    private final MsrpUri uri = new MsrpUri();
    private final PathView path = new PathView();
    private final Flow flow = new Flow();
    final Slice slice = new Slice();
    Account account;
    private Session session;
    MsrpSession msrp;
    /** Our address as the other side reaches it, for a description that names no way. */
    private final Flow own = new Flow();
    private int generation;
    private int state = FREE;
    private int media;
    int direction;
    private boolean active;
    private final Anchoring anchoring = new Anchoring();
    /** Whether our description speaks of anchoring (RFC 6714); whether it must not; whether the connection goes by the c- and m-line. */
    private boolean anchored;
    private boolean unanchored;
    private boolean byLine;
    private boolean offersAnew;
    private final Fingerprints fingerprints = new Fingerprints();
    /** Whether both sides are known by the fingerprints of their certificates; whether that was refused. */
    private boolean peers;
    private boolean secure;
    private boolean plain;
    /** By the setup of their offer. */
    private boolean theyConnect;
    private boolean relaying;
    private boolean asking;
    /** Which of the account's ways through relays. */
    private int way;
    private int attempt;
    private long sdpId;
    private long sdpVersion;
    private final Timer joinTimer;
    private boolean lost;
    private long openedMs;
    private long lostMs;
    private boolean accepted;

    MessageSession(Chats chats, UserAgent agent, int descriptionBytes) {
        this.chats = chats;
        this.agent = agent;
        description = new byte[descriptionBytes];
        joinTimer = new Timer(agent.timers(), this);
    }

    boolean isFree() {
        return state == FREE;
    }

    /** Another number for each session that uses this place. */
    int generation() {
        return generation;
    }

    private void begin(Account newAccount) {
        generation++;
        account = newAccount;
        cleared();
        theirs.clear();
        msrp = null;
        media = NOTHING;
        direction = initialDirection();
        active = false;
        relaying = false;
        accepted = false;
        lost = false;
        attempt = 0;
        sdpId = agent.random().nextLong() >>> 2;
        sdpVersion = 0;
        unanchored = false;
        byLine = false;
        offersAnew = false;
        peers = false;
        secure = false;
        plain = false;
    }

    // ---------------------------------------------------------------- what those who extend it say

    /** It begins, was lost, or is over: what was under way is forgotten. */
    abstract void cleared();

    /** Of an offer of ours. */
    abstract int initialDirection();

    /** The medium of a description that may suit us, or -1. */
    abstract int find(SessionDescription sdp);

    /** Reads what the other side's description says beside paths and roles. @return whether it suits us */
    abstract boolean suits(SessionDescription sdp, int found, boolean offer);

    /** Writes what ours says of the types that are taken, of sizes, and of what is to pass. */
    abstract void writeAttributes(SdpWriter out, boolean offer);

    /** Whether an offer takes back what it offered before: it is answered as it is, and nothing passes any more. */
    abstract boolean isWithdrawn(SessionDescription sdp);

    /** Whether a connection that was lost is made anew; else the session ends. */
    abstract boolean joinsAgain();

    abstract void tellUserOffered(long nowMs);

    abstract void tellUserRinging(long nowMs);

    abstract void tellUserOpen(long nowMs);

    /** What {@link #isWithdrawn} said of an offer is being answered so. */
    void tellUserWithdrawn(long nowMs) {
        // a chat is never taken back
    }

    abstract void tellUserEnded(int status, long nowMs);

    // ---------------------------------------------------------------- what its user sees

    /** {@link #FREE} and so on. */
    public int state() {
        return state;
    }

    public Account account() {
        return account;
    }

    /** Whether the other side is the focus of a conference. */
    boolean isWithFocus() {
        return session != null && session.isWithFocus();
    }

    /** Address of the other side. */
    public Slice peer(Slice out) {
        return peer.slice(out);
    }

    /** What the caller calls himself, as it stands in From; empty where we called. */
    public Slice displayName(Slice out) {
        return session == null ? out.clear() : session.displayName(out);
    }

    boolean open(Account by, Slice to, long nowMs) {
        if (!peer.set(to)) {
            return false;
        }
        begin(by);
        session = null;
        if (!chats.hasRelays(by)) {
            return inviteNow(nowMs);
        }
        if (askRelays(nowMs)) {
            return true;
        }
        closeMsrp(nowMs);
        return inviteNow(nowMs);
    }

    private boolean inviteNow(long nowMs) {
        state = INVITING;
        session = chats.sessions().invite(account, peer.slice(slice), this, nowMs);
        if (session == null) {
            closeMsrp(nowMs);
            state = FREE;
        }
        return session != null;
    }

    /** Takes what is offered. */
    public void accept(long nowMs) {
        if (state == OFFERED) {
            accepted = true;
            if (!chats.hasRelays(account) || !askRelays(nowMs)) {
                closeMsrp(nowMs);
                acceptNow(nowMs);
            }
        }
    }

    private void acceptNow(long nowMs) {
        state = JOINING;
        session.accept(nowMs);
    }

    /** @param status 480 not now, 486 busy, 603 no */
    public void refuse(int status, long nowMs) {
        if (state == OFFERED) {
            Session was = session;
            free(nowMs);
            was.refuse(status, nowMs);
        }
    }

    /** Ends it, whatever its state; nothing more is told of it. */
    public void end(long nowMs) {
        if (state != FREE) {
            Session was = session;
            free(nowMs);
            if (was != null) {
                was.end(nowMs);
            }
        }
    }

    private void free(long nowMs) {
        state = FREE;
        joinTimer.stop();
        cleared();
        agent.locator().forget(this);
        closeMsrp(nowMs);
        session = null;
    }

    private void closeMsrp(long nowMs) {
        if (msrp != null) {
            MsrpSession was = msrp;
            msrp = null;
            was.close(nowMs);
        }
    }

    // ---------------------------------------------------------------- relays

    private boolean askRelays(long nowMs) {
        state = RELAYS;
        relaying = true;
        way = -1;
        return tryNextWay(nowMs);
    }

    /** @return false when there is none, or none that can be tried */
    private boolean tryNextWay(long nowMs) {
        attempt = 0;
        while (chats.relays(account, ++way, slice)) {
            if (locateRelay(nowMs)) {
                return true;
            }
        }
        return false;
    }

    private boolean locateRelay(long nowMs) {
        chats.relays(account, way, slice);
        path.wrap(slice);
        path.first(uri);
        int found = locate(nowMs);
        if (found != Locator.FOUND) {
            return found == Locator.PENDING;
        }
        if (msrp == null) {
            msrp = chats.endpoint().open(this);
        }
        asking = true;                                          // a connection may be refused at once, which is told twice
        boolean asked = msrp != null && msrp.assign(flow) && chats.relays(account, way, slice) && msrp.authorize(slice, flow, account.credentials, RELAY_SEC, nowMs);
        asking = false;
        return asked;
    }

    private int locate(long nowMs) {
        int port = uri.port() == 0 ? MsrpUri.RECOMMENDED_PORT : uri.port();
        return agent.locator().locateHost(uri.host(), port, uri.isSecure() ? Flow.TLS : Flow.TCP, this, attempt, flow, nowMs);
    }

    @Override
    public void onLocated(long nowMs) {
        if (state == RELAYS) {
            if (!locateRelay(nowMs) && !tryNextWay(nowMs)) {
                withoutRelays(nowMs);
            }
        } else if (state == JOINING && active) {
            connect(nowMs);
        }
    }

    @Override
    public void onRelays(MsrpSession of, int status, long nowMs) {
        if (of != msrp || asking) {
            return;
        }
        if (state == RELAYS) {
            if (status == MsrpStatus.OK) {
                proceed(nowMs);
            } else if ((status != MsrpSession.LOST || !tryNextAddress(nowMs)) && !tryNextWay(nowMs)) {
                withoutRelays(nowMs);
            }
        } else if (status == MsrpStatus.OK && session != null) {
            sdpVersion++;
            session.modify(nowMs);                              // the other side has to hear of the new path
        }
    }

    private boolean tryNextAddress(long nowMs) {
        attempt++;
        return locateRelay(nowMs);
    }

    private void withoutRelays(long nowMs) {
        chats.countRelayFailure();
        closeMsrp(nowMs);
        proceed(nowMs);
    }

    private void proceed(long nowMs) {
        attempt = 0;
        if (accepted) {
            acceptNow(nowMs);
        } else if (!inviteNow(nowMs)) {
            tellUserEnded(TIMEOUT, nowMs);
        }
    }

    // ---------------------------------------------------------------- offer and answer

    /** An INVITE that brings a description that may suit us, or none. */
    void offered(Session by, Slice from) {
        peer.set(from);
        begin(by.account());
        session = by;
        state = OFFERED;
    }

    /** Reads the other side's description anew into the shared view. @return false before there is one */
    boolean theirDescription() {
        return chats.description().wrap(theirs);
    }

    /** Which of its media is ours. */
    int medium() {
        return media;
    }

    boolean has(Session one) {
        return state != FREE && session == one;
    }

    /** What was offered was refused before anybody was told. */
    void forget(long nowMs) {
        free(nowMs);
    }

    void tellOffered(long nowMs) {
        account = session.account();
        session.ring(nowMs);
        tellUserOffered(nowMs);
    }

    @Override
    public int onDescription(Session of, boolean offer, Slice sdp, long nowMs) {
        SessionDescription read = chats.description();
        if (!read.wrap(sdp)) {
            return 488;
        }
        int found = find(read);
        if (found < 0 && offer && state >= JOINING && isWithdrawn(read) && sdp.length() <= description.length) {
            System.arraycopy(sdp.buffer(), sdp.offset(), description, 0, sdp.length());
            theirs.wrap(description, 0, sdp.length());
            media = NOTHING;
            closeMsrp(nowMs);
            tellUserWithdrawn(nowMs);
            return 0;
        }
        if (found < 0 || sdp.length() > description.length) {
            return 488;
        }
        read.attribute(found, MsrpMedia.PATH, slice);
        if (!path.wrap(slice) || !suits(read, found, offer)) {
            return 488;
        }
        path.first(uri);
        if (uri.port() == 0 || !uri.isTcp() || uri.isSecure() && !chats.hasTls()) {
            return 488;
        }
        boolean same = msrp != null && msrp.isRemotePath(slice);
        media = found;
        direction = SessionDescription.opposite(read.direction(found));
        int setup = chats.msrpMedia().setup(read, found);
        boolean direct = uri.isSecure() && path.count() == 1;
        boolean named = direct && fingerprints.read(read, found);
        // a fingerprint that anybody could have changed on its way proves nothing (RFC 8122 section 6.1), and without ours theirs is of no use
        if (offer ? named && (!chats.hasFingerprint() || !peers && !of.isProtected()) : peers && direct && !named && setup == MsrpMedia.ACTIVE) {
            return 488;
        }
        peers = named;
        secure = direct;
        remotePath.set(slice);
        System.arraycopy(sdp.buffer(), sdp.offset(), description, 0, sdp.length());
        theirs.wrap(description, 0, sdp.length());
        anchoring.read(read, found, path);
        if (offer) {
            if (anchoring.isBroken()) {
                return 488;
            }
            theyConnect = setup == MsrpMedia.ACTIVE;
            active = setup == MsrpMedia.PASSIVE || direct && !named && setup == MsrpMedia.ACTPASS;      // his certificate can be judged, ours not
            if (direct && !named && !active && !chats.hasRelays(account)) {
                return 488;                                     // he would have to judge our certificate, and could not
            }
            if (!same && msrp != null && (state == JOINING || state == OPEN)) {
                renew(nowMs);
            }
            return 0;
        }
        active = setup != MsrpMedia.ACTIVE;
        byLine = anchored && anchoring.isByLine();
        if (anchored && anchoring.needsAnother(!active)) {
            unanchored = true;
            offersAnew = true;                                  // when this is through
            return 0;
        }
        return same || join(nowMs) ? 0 : 500;
    }

    /** Their URIs changed: ours do as well, on a connection to be made. */
    private void renew(long nowMs) {
        closeMsrp(nowMs);
        state = JOINING;
        sdpVersion++;
    }

    @Override
    public void writeDescription(Session of, boolean offer, ByteSink out, Flow to, long nowMs) {
        if (!offer && media == NOTHING) {
            writeRefusal(out);
            return;
        }
        if (offer && state == INVITING && msrp == null) {         // once: the same again after a challenge
            peers = !plain && to.transport() == Flow.TLS && chats.hasFingerprint();
            secure = peers;
        }
        if (!prepareMsrp(to)) {
            out.fail();
            return;
        }
        msrp.ownFirstHop(uri);
        boolean tls = uri.isSecure();
        uri.wrap(msrp.localUri(slice));
        uri.numeric(flow);
        own.set(flow);
        SdpWriter w = chats.sdp().begin(out, sdpId, sdpVersion, flow);
        if (offer) {
            anchored = !unanchored && !msrp.hasRelays();
            media(w, tls, MsrpMedia.ACTPASS, true);
        } else {
            anchored = anchoring.answers(theyConnect, msrp.hasRelays());
            byLine = anchored && anchoring.isByLine();
            SessionDescription read = chats.description();
            read.wrap(theirs);
            for (int i = 0; i < read.media(); i++) {
                if (i == media) {
                    media(w, tls, active ? MsrpMedia.ACTIVE : MsrpMedia.PASSIVE, false);
                } else {
                    w.refuse(read, i);
                }
            }
            if (!join(nowMs)) {
                out.fail();
            }
        }
    }

    /** Nothing of what is offered is wanted any more. */
    private void writeRefusal(ByteSink out) {
        SdpWriter w = chats.sdp().begin(out, sdpId, ++sdpVersion, own);
        SessionDescription read = chats.description();
        read.wrap(theirs);
        for (int i = 0; i < read.media(); i++) {
            w.refuse(read, i);
        }
    }

    private boolean prepareMsrp(Flow to) {
        if (msrp == null) {
            msrp = chats.endpoint().open(this);
            if (msrp == null || !msrp.assign(flow.set(secure ? Flow.TLS : Flow.TCP, to.addressHigh(), to.addressLow(), 0, 0))) {
                return false;
            }
        }
        return true;
    }

    private void media(SdpWriter w, boolean tls, int setup, boolean offer) {
        w.media(MsrpMedia.MESSAGE, uri.port(), tls ? MsrpMedia.TLS : MsrpMedia.TCP, MsrpMedia.ANY_FORMAT);
        writeAttributes(w, offer);
        w.name(MsrpMedia.SETUP).sink().put(MsrpMedia.setupName(setup));
        w.end().name(MsrpMedia.PATH);
        msrp.putPath(w.sink());
        w.end();
        if (peers && !msrp.hasRelays()) {
            Fingerprints.write(w, chats.fingerprint());
        }
        if (anchored) {
            w.flag(MsrpMedia.CEMA);
        }
        w.direction(direction);
    }

    /** Goes where the descriptions lead. */
    private boolean join(long nowMs) {
        if (!msrp.setRemotePath(remotePath.slice(slice))) {
            return false;
        }
        if (peers && !msrp.hasRelays()) {
            msrp.expect(fingerprints.bytes(), fingerprints.count());
        }
        if (!active) {
            msrp.listen();
            return true;
        }
        attempt = 0;
        return session == null || session.state() != Session.ESTABLISHED || state == INVITING || connect(nowMs);
    }

    private boolean connect(long nowMs) {
        if (msrp == null || msrp.isBegun() || !msrp.nextHop(uri)) {
            return msrp != null && msrp.isBegun();
        }
        if (msrp.hasRelays()) {
            return msrp.connectThroughRelays(nowMs) || connectionFailed(nowMs);
        }
        if (byLine && (peers || !uri.isSecure())) {
            return msrp.connect(flow.set(anchoring.line).withTransport(peers ? Flow.TLS : Flow.TCP), nowMs) || connectionFailed(nowMs);
        }
        int found = locate(nowMs);
        if (found == Locator.FOUND) {
            return msrp.connect(flow, nowMs) || connectionFailed(nowMs);
        }
        return found == Locator.PENDING || connectionFailed(nowMs);
    }

    private boolean connectionFailed(long nowMs) {
        Session was = session;
        free(nowMs);
        if (was != null) {
            was.end(nowMs);
        }
        tellUserEnded(503, nowMs);
        return true;
    }

    // ---------------------------------------------------------------- the INVITE's life

    @Override
    public void onProgress(Session of, int status, long nowMs) {
        if (status == 180) {
            tellUserRinging(nowMs);
        }
    }

    @Override
    public void onEstablished(Session of, long nowMs) {
        if (state == INVITING) {
            state = JOINING;
        }
        if (state == JOINING) {
            joinTimer.startAt(nowMs + JOIN_MS);
        }
        if (offersAnew) {
            offersAnew = false;
            sdpVersion++;
            session.modify(nowMs);
        } else if (state == JOINING && active) {
            connect(nowMs);
        }
    }

    @Override
    public void onModified(Session of, int status, long nowMs) {
        if (status / 100 == 2) {
            if (state == JOINING && active) {
                connect(nowMs);
            }
        } else if (state == JOINING) {
            connectionFailed(nowMs);
        }
    }

    @Override
    public void onEnded(Session of, int status, long nowMs) {
        if (state == INVITING && peers && (status == 488 || status == 606)) {
            plain = true;                                       // no TLS there
            peers = false;
            closeMsrp(nowMs);
            if (inviteNow(nowMs)) {
                return;
            }
        }
        free(nowMs);
        tellUserEnded(status, nowMs);
    }

    // ---------------------------------------------------------------- the messages' life

    @Override
    public void onOpen(MsrpSession of, long nowMs) {
        if (of == msrp && state == JOINING) {
            state = OPEN;
            openedMs = nowMs;
            lost = false;
            joinTimer.stop();
            tellUserOpen(nowMs);
        }
    }

    @Override
    public void onFailed(MsrpSession of, long nowMs) {
        if (of != msrp) {
            return;
        }
        closeMsrp(nowMs);
        cleared();
        if (state == OPEN && joinsAgain()) {
            state = JOINING;
            lost = true;
            lostMs = nowMs;
            joinTimer.startAt(nowMs + GRACE_MS);
        } else {
            connectionFailed(nowMs);
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (state != JOINING) {
            return;
        }
        if (!lost || lostMs - openedMs < STEADY_MS) {
            connectionFailed(nowMs);
            return;
        }
        lost = false;
        joinTimer.startAt(nowMs + JOIN_MS);
        if (session.isOurs()) {                                 // else the caller offers anew, or hangs up
            sdpVersion++;
            session.modify(nowMs);
        }
    }
}
