package org.sidetone.chat;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.doc.sdp.FileDescription;
import org.sidetone.doc.sdp.MsrpMedia;
import org.sidetone.doc.sdp.SdpWriter;
import org.sidetone.doc.sdp.SessionDescription;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.msrp.ByteRange;
import org.sidetone.msrp.ContentSink;
import org.sidetone.msrp.ContentSource;
import org.sidetone.msrp.Incoming;
import org.sidetone.msrp.MsrpSession;
import org.sidetone.msrp.MsrpStatus;
import org.sidetone.port.Hash;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/**
 * A message session in which one file passes, in one direction, as one message (RFC 5547). It lies in memory whole. Where the connection breaks the sender offers
 * the rest anew, and the receiver still has what had come.
 * <pre>
 *   state           input                               next      action
 *   FREE            reserve                             held      the user fills it
 *   held            send                                INVITING  offer, sendonly
 *   held            fetch                               INVITING  offer, recvonly
 *   FREE            offer, sendonly                     OFFERED   tell user
 *   FREE            offer, recvonly                     OFFERED   ask user for it
 *   OPEN, sending   all of it taken                     OPEN      32 s for the report
 *   OPEN, sending   report, or those 32 s               held      BYE; tell user
 *   any, sending    connection lost, three times        held      in 2 s an offer of what is left
 *   INVITING        488 to an offer of what is left     INVITING  offer of the whole
 *   OPEN            the whole came                      OPEN      tell user; 5 s for a BYE
 *   OPEN            nothing came for a minute           FREE      BYE; tell user
 *   held            user: release                       FREE
 * </pre>
 */
public final class FileTransfer extends MessageSession implements ContentSource, ContentSink {
    /** Room for a wrapping around a file. */
    static final int WRAP_BYTES = 512;

    private static final String ACCEPTED = "message/cpim *";
    private static final byte[] ANY_TYPE = Ascii.bytes("application/octet-stream");
    private static final String DISPOSITION = "attachment; filename=\"";
    /** Smaller ones would cost more, larger ones say too late how far it came. */
    private static final int CHUNK_BYTES = 4096;
    private static final int TRIES = 3;
    private static final long RETRY_MS = 2_000;
    private static final long REPORT_MS = 32_000;
    private static final long BYE_MS = 5_000;
    private static final long SILENCE_MS = 60_000;
    private static final int ID_DIGITS = 32;

    private static final int IDLE = 0;
    private static final int TRYING = 1;
    private static final int REPORTED = 2;
    private static final int LEAVING = 3;
    private static final int LISTENING = 4;

    /** What it is. */
    public final FileDescription file = new FileDescription();
    private final FileDescription answered = new FileDescription();
    private final FileUser user;
    private final Timer timer;
    private final byte[] content;
    private final byte[] head = new byte[WRAP_BYTES];
    private final ByteSink sink = new ByteSink();
    private final FixedText disposition = new FixedText(128);
    private final CpimView cpim = new CpimView();
    private final MediaTypeView type = new MediaTypeView();
    private final Slice part = new Slice();
    private boolean held;
    private boolean sending;
    private boolean told;
    private boolean stopped;
    private boolean asked;
    private int waitsFor;
    private int tries;
    /** Octets of the file that are there from its beginning on: all, or what came before a connection broke. */
    private int length;
    private int headLength;
    private boolean takesType;
    private boolean takesCpim;
    private long takesBytes;
    private boolean allTaken;
    private long passed;
    private long heard;

    FileTransfer(Chats chats, UserAgent agent, FileUser user, int descriptionBytes, int fileBytes) {
        super(chats, agent, descriptionBytes);
        this.user = user;
        content = new byte[fileBytes + WRAP_BYTES];
        timer = new Timer(agent.timers(), this);
    }

    @Override
    boolean isFree() {
        return super.isFree() && !held && waitsFor == IDLE;
    }

    /** Whether what is there of a file that did not come whole could be gone on with. */
    boolean hasPart() {
        return length > 0;
    }

    /** Whether an offer is for the rest of the file that is begun here. */
    boolean goesOn(FileDescription offered, Slice from) {
        return !sending && offered.first() > 1 && offered.first() - 1 <= length && peer.equals(from) && offered.hasSha1() && file.hasSha1()
                && Ascii.equals(offered.sha1, 0, FileDescription.SHA_1_BYTES, file.sha1, 0, FileDescription.SHA_1_BYTES);
    }

    FileTransfer reserve() {
        forgetFile();
        held = true;
        return this;
    }

    /** A new file: what is there of another is of no use. */
    void forgetFile() {
        length = 0;
        file.clear();
        peer.clear();
    }

    // ---------------------------------------------------------------- what its user does

    /** Where the content of a file that is to be sent goes, from the first octet on. */
    public byte[] room() {
        return content;
    }

    /** Octets that a file may have. */
    public int maxBytes() {
        return content.length - WRAP_BYTES;
    }

    /**
     * Offers what {@link #room} has. @param octets of it. @param mime as {@code text/vcard}
     * @return false, and it is free again, when it is too large or no way leads there
     */
    public boolean send(Account by, Slice to, Slice name, Slice mime, int octets, long nowMs) {
        begin(name, mime, octets);
        sending = true;
        newId();
        if (octets > maxBytes() || !open(by, to, nowMs)) {
            release();
            return false;
        }
        return true;
    }

    private void begin(Slice name, Slice mime, int octets) {
        file.name.set(name);
        file.type.set(mime);
        file.setSize(octets);
        file.setFirst(1);
        file.setAttachment(true);
        length = octets;
        hash(Hash.SHA_1, file.sha1);
        hash(Hash.SHA_256, file.sha256);
        file.setHashed(true, true);
        told = false;
        stopped = false;
        tries = 0;
        passed = 0;
    }

    private void hash(int algorithm, byte[] out) {
        Hash h = agent.digests().hash();
        h.start(algorithm);
        h.update(content, 0, length);
        h.finish(out, 0);
    }

    private void newId() {
        file.transferId.take(file.transferId.sink(sink).putHex(agent.random().nextLong(), ID_DIGITS / 2).putHex(agent.random().nextLong(), ID_DIGITS / 2));
    }

    /** Asks somebody for the file that {@link #file} describes. @return false, and it is free again, when no way leads there */
    public boolean fetch(Account by, Slice to, long nowMs) {
        sending = false;
        told = false;
        stopped = false;
        tries = TRIES;
        passed = 0;
        file.setFirst(1);
        newId();
        if (!open(by, to, nowMs)) {
            release();
            return false;
        }
        return true;
    }

    /** Gives what {@link #room} has to who asked for it. @return false when it is not what he asked for */
    public boolean give(Slice name, Slice mime, int octets) {
        answered.clear();
        answered.name.set(file.name);
        answered.type.set(file.type);
        answered.setSize(file.size());
        System.arraycopy(file.sha1, 0, answered.sha1, 0, FileDescription.SHA_1_BYTES);
        System.arraycopy(file.sha256, 0, answered.sha256, 0, FileDescription.SHA_256_BYTES);
        answered.setHashed(file.hasSha1(), file.hasSha256());
        long first = file.first();
        boolean ranged = file.isRanged();
        begin(name, mime, octets);
        if (ranged) {
            file.setFirst(first);
        }
        return answered.selects(file) && octets <= maxBytes() && first <= Math.max(1, octets);
    }

    /** Octets of the file that passed, counted from its beginning. */
    public long passed() {
        return passed;
    }

    public boolean isSending() {
        return sending;
    }

    /** What came. */
    public Slice content(Slice out) {
        return out.wrap(content, 0, length);
    }

    /** Gives the place back. */
    public void release() {
        held = false;
        length = 0;
    }

    /** Breaks it off; nothing more is told of it. Who sends hears it by 413 and hangs up; by a BYE alone he might think that the connection broke. */
    @Override
    public void end(long nowMs) {
        told = true;
        if (!sending && state() == OPEN) {
            stopped = true;
            release();
            waitFor(LEAVING, BYE_MS, nowMs);
            return;
        }
        waitFor(IDLE, 0, nowMs);
        super.end(nowMs);
        release();
    }

    private void waitFor(int what, long ms, long nowMs) {
        waitsFor = what;
        if (what == IDLE) {
            timer.stop();
        } else {
            timer.startAt(nowMs + ms);
        }
    }

    private void over(int status, long nowMs) {
        if (!told) {
            told = true;
            waitFor(IDLE, 0, nowMs);
            user.onFileEnded(this, status, nowMs);
        }
    }

    // ---------------------------------------------------------------- descriptions

    @Override
    void cleared() {
        // what had come is kept for an offer of the rest
    }

    @Override
    int initialDirection() {
        return sending ? SessionDescription.SENDONLY : SessionDescription.RECVONLY;
    }

    @Override
    int find(SessionDescription sdp) {
        return chats.msrpMedia().findFile(sdp);
    }

    @Override
    boolean suits(SessionDescription sdp, int found, boolean offer) {
        MsrpMedia media = chats.msrpMedia();
        if (!answered.read(sdp, found)) {
            return false;
        }
        int theirs = sdp.direction(found);
        if (!offer || state() >= JOINING) {                     // of the transfer that is under way; another one would be another session
            if (!answered.transferId.equals(file.transferId) || theirs != (sending ? SessionDescription.RECVONLY : SessionDescription.SENDONLY)) {
                return false;
            }
        } else if (!begins(sdp, found, theirs)) {
            return false;
        }
        if (!sending && !offer) {
            take(answered);
        }
        takesCpim = media.accepts(sdp, found, CpimView.CONTENT_TYPE);
        takesType = media.accepts(sdp, found, ofType());
        takesBytes = media.maxSize(sdp, found);
        return !sending || takesType || takesCpim;
    }

    /** What an answer to our asking says of the file that will come. */
    private void take(FileDescription said) {
        if (said.hasSha1() || said.hasSha256()) {
            System.arraycopy(said.sha1, 0, file.sha1, 0, FileDescription.SHA_1_BYTES);
            System.arraycopy(said.sha256, 0, file.sha256, 0, FileDescription.SHA_256_BYTES);
            file.setHashed(said.hasSha1(), said.hasSha256());
        }
        if (!said.name.isEmpty()) {
            file.name.set(said.name);
        }
        if (!said.type.isEmpty()) {
            file.type.set(said.type);
        }
        if (said.size() != FileDescription.UNKNOWN) {
            file.setSize(said.size());
        }
    }

    private boolean begins(SessionDescription sdp, int found, int theirs) {
        int kept = goesOn(answered, peer.slice(part)) ? length : 0;
        if (!file.read(sdp, found) || theirs != SessionDescription.SENDONLY && theirs != SessionDescription.RECVONLY) {
            return false;
        }
        asked = theirs == SessionDescription.RECVONLY;
        sending = asked;
        told = false;
        stopped = false;
        tries = TRIES;
        passed = 0;
        length = kept;
        return asked || file.size() <= maxBytes() && file.first() - 1 <= kept;
    }

    private Slice ofType() {
        if (file.type.isEmpty()) {
            return part.wrap(ANY_TYPE, 0, ANY_TYPE.length);
        }
        return file.type.slice(part);
    }

    @Override
    void writeAttributes(SdpWriter out, boolean offer) {
        out.name(MsrpMedia.ACCEPT_TYPES).sink().put(ACCEPTED);
        out.end().name(MsrpMedia.ACCEPT_WRAPPED_TYPES).sink().put('*');
        out.end().name(MsrpMedia.MAX_SIZE).sink().putDecimal(content.length);
        out.end();
        file.write(out, sending || offer, offer && sending);
    }

    @Override
    boolean isWithdrawn(SessionDescription sdp) {
        for (int i = 0; i < sdp.media(); i++) {
            if (sdp.port(i) == 0 && sdp.attribute(i, FileDescription.TRANSFER_ID, part) && file.transferId.equals(part)) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean joinsAgain() {
        return false;
    }

    // ---------------------------------------------------------------- the session's life

    @Override
    void tellUserOffered(long nowMs) {
        held = true;
        if (asked) {
            user.onFileRequested(this, nowMs);
        } else {
            user.onFileOffered(this, nowMs);
        }
    }

    @Override
    public void refuse(int status, long nowMs) {
        release();
        super.refuse(status, nowMs);
    }

    @Override
    void tellUserRinging(long nowMs) {
        // the progress says enough
    }

    @Override
    void tellUserOpen(long nowMs) {
        if (!sending) {
            heard = passed;
            waitFor(LISTENING, SILENCE_MS, nowMs);
            return;
        }
        msrp.limitChunks(CHUNK_BYTES);
        allTaken = false;
        headLength = takesType ? 0 : wrapping(nowMs);
        disposition.sink(sink).put(DISPOSITION).put(file.name).put('"');
        if (!disposition.take(sink)) {
            disposition.clear();
        }
        long total = headLength + length - (file.first() - 1);
        Slice sentAs = takesType ? ofType() : part.wrap(CpimView.CONTENT_TYPE, 0, CpimView.CONTENT_TYPE.length);
        boolean fits = headLength >= 0 && (takesBytes < 0 || total <= takesBytes);
        if (!fits || msrp.send(sentAs, disposition.slice(slice), this, total, true, 0, nowMs) == 0) {
            super.end(nowMs);
            over(fits ? 503 : 413, nowMs);
        }
    }

    /** Writes what goes before a file that is wrapped. @return its octets, negative: it does not fit */
    private int wrapping(long nowMs) {
        sink.wrap(head);
        chats.cpim().begin(sink, account.address.slice(slice), peer.slice(chats.slice()), agent.unixSec(nowMs)).content(ofType());
        return sink.overflowed() ? -1 : sink.length();
    }

    @Override
    void tellUserEnded(int status, long nowMs) {
        if (told) {
            return;
        }
        if (sending && status == 200 && allTaken) {
            over(FileUser.WHOLE, nowMs);                        // he hung up when he had it
            return;
        }
        boolean broken = status == 503 || status == 408;
        if (sending && !asked && tries < TRIES && (broken || status == 488 && file.isRanged())) {
            tries++;
            file.setFirst(broken ? Math.max(1, Math.min(passed + 1, length)) : 1);
            waitFor(TRYING, broken ? RETRY_MS : 0, nowMs);
            return;
        }
        boolean keeps = !sending && broken && length > 0;
        if (!sending) {
            held = false;                                       // the rest may still be offered
            length = keeps ? length : 0;
        }
        over(status == 200 ? FileUser.BROKEN_OFF : status, nowMs);
    }

    @Override
    void tellUserWithdrawn(long nowMs) {
        release();
        over(FileUser.BROKEN_OFF, nowMs);
        waitFor(LEAVING, BYE_MS, nowMs);
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        if (fired != timer) {
            super.onTimer(fired, nowMs);
            return;
        }
        int waited = waitsFor;
        waitsFor = IDLE;
        switch (waited) {
            case TRYING:
                newId();
                if (!open(account, peer.slice(part), nowMs)) {
                    over(503, nowMs);
                }
                break;
            case REPORTED:
                super.end(nowMs);
                over(FileUser.SENT, nowMs);
                break;
            case LISTENING:
                if (heard != passed) {
                    heard = passed;
                    waitFor(LISTENING, SILENCE_MS, nowMs);
                } else {
                    super.end(nowMs);
                    tellUserEnded(408, nowMs);
                }
                break;
            default:
                super.end(nowMs);
                break;
        }
    }

    // ---------------------------------------------------------------- sending

    @Override
    public int read(long position, byte[] out, int offset, int wanted) {
        if (position < headLength) {
            int n = Math.min(wanted, headLength - (int) position);
            System.arraycopy(head, (int) position, out, offset, n);
            return n;
        }
        System.arraycopy(content, (int) (file.first() - 1 + position - headLength), out, offset, wanted);
        return wanted;
    }

    @Override
    public void onProgress(MsrpSession of, long messageId, long octets, long nowMs) {
        passed = file.first() - 1 + Math.max(0, octets - headLength);
        user.onFileProgress(this, nowMs);
    }

    @Override
    public void onSent(MsrpSession of, long messageId, long id, int status, long nowMs) {
        if (status == MsrpStatus.OK) {
            allTaken = true;
            passed = length;
            waitFor(REPORTED, REPORT_MS, nowMs);
        } else if (status != MsrpSession.LOST) {
            super.end(nowMs);
            over(status == MsrpStatus.STOP ? FileUser.BROKEN_OFF : status, nowMs);
        }
    }

    @Override
    public void onReport(MsrpSession of, long messageId, int status, ByteRange range, long nowMs) {
        if (sending && status == MsrpStatus.OK && allTaken) {
            super.end(nowMs);
            over(FileUser.WHOLE, nowMs);
        }
    }

    // ---------------------------------------------------------------- receiving

    @Override
    public int onIncoming(MsrpSession of, Incoming message, long nowMs) {
        boolean fits = message.total() <= content.length - (file.first() - 1);
        if (sending || told || !fits) {
            return MsrpStatus.STOP;
        }
        message.divertTo(this);
        return 0;
    }

    @Override
    public boolean write(long position, byte[] b, int offset, int n) {
        long at = file.first() - 1 + position;
        if (stopped || at + n > content.length) {
            return false;
        }
        System.arraycopy(b, offset, content, (int) at, n);
        passed = Math.max(passed, at + n);
        return true;
    }

    @Override
    public void onMessage(MsrpSession of, Incoming message, long nowMs) {
        int from = (int) file.first() - 1;
        int n = (int) message.total();
        if (type.wrap(message.contentType(slice)) && type.is(CpimView.CONTENT_TYPE)) {
            boolean wrapped = cpim.wrap(part.wrap(content, from, n));
            cpim.contentType(slice);
            cpim.content(part);
            n = wrapped ? part.length() : 0;
            System.arraycopy(content, wrapped ? part.offset() : from, content, from, n);
        }
        if (file.type.isEmpty()) {
            file.type.set(slice);
        }
        length = from + n;
        passed = length;
        boolean good = length <= maxBytes() && (file.size() == FileDescription.UNKNOWN || file.size() == length)
                && (!file.hasSha1() || isHash(Hash.SHA_1, file.sha1)) && (!file.hasSha256() || isHash(Hash.SHA_256, file.sha256));
        if (!good) {
            super.end(nowMs);
            release();
            over(FileUser.DAMAGED, nowMs);
            return;
        }
        file.setSize(length);
        held = true;
        over(FileUser.WHOLE, nowMs);
        waitFor(LEAVING, BYE_MS, nowMs);
    }

    private boolean isHash(int algorithm, byte[] said) {
        int n = agent.digests().hash().length(algorithm);
        if (n != said.length) {
            return true;                                        // it cannot be looked at here
        }
        hash(algorithm, head);
        return Ascii.equals(head, 0, n, said, 0, n);
    }

    @Override
    public void onGivenUp(MsrpSession of, Incoming message, long nowMs) {
        length = (int) Math.min(maxBytes(), file.first() - 1 + message.contiguous());
        if (of.isOpen()) {                                      // not for want of a connection: one of the two does not want to go on
            release();
            over(FileUser.BROKEN_OFF, nowMs);
            waitFor(LEAVING, BYE_MS, nowMs);
        }
    }
}
