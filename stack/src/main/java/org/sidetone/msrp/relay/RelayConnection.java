package org.sidetone.msrp.relay;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.msrp.ByteRange;
import org.sidetone.msrp.Framer;
import org.sidetone.msrp.FramerUser;
import org.sidetone.msrp.MsrpHead;
import org.sidetone.msrp.MsrpHeader;
import org.sidetone.msrp.MsrpMethod;
import org.sidetone.msrp.MsrpStatus;
import org.sidetone.msrp.MsrpWriter;
import org.sidetone.msrp.PathView;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.locate.LocationUser;
import org.sidetone.time.Timer;

/**
 * One connection of a relay: what comes in goes out on another, chunk by chunk, as it comes. Where two want the same way out, the chunk
 * under way is cut short and goes on in another afterwards. A way out that is full stops the reading of those who want it.
 */
final class RelayConnection implements FramerUser, Timer.Owner, LocationUser {
    /** Section 6.1: who has said nothing good by then is sent away. */
    private static final long PROBATION_MS = 30_000;
    private static final int MAX_FAILURES = 5;
    private static final int HELD_BYTES = 72 * 1024;
    private static final int PENDING_BYTES = 16 * 1024;
    private static final int PATH_BYTES = 512;
    static final int HEAD_BYTES = 2048;
    private static final int ID_DIGITS = 16;

    private static final byte[] AUTH = MsrpMethod.name(MsrpMethod.AUTH);

    private final Relay relay;
    private final Framer framer;
    private final Timer probation;
    int handle;
    int generation;
    final Flow flow = new Flow();
    boolean open;
    /** When something last came. */
    long usedMs;
    private boolean connected;
    private boolean good;
    private int failures;
    /** The names that its other side was asked for last, proven by its certificate and not. */
    private final FixedText known = new FixedText(128);
    private final FixedText unknown = new FixedText(128);

    // what is read
    private final byte[] headCopy = new byte[HEAD_BYTES];
    private int headLength;
    private final FixedText method = new FixedText(32);
    private final FixedText messageId = new FixedText(32);
    private boolean ranged;
    /** Whether somebody has to answer it. */
    private boolean awaited;
    private final FixedText transactionId = new FixedText(32);
    private final FixedText replyTo = new FixedText(PATH_BYTES);
    private final FixedText addressed = new FixedText(256);
    private boolean wantsResponse;
    private boolean wantsFailure;
    private boolean isSend;
    private boolean hasBody;
    private int refusal;
    private boolean ignored;
    private final FixedText originalFrom = new FixedText(PATH_BYTES);
    private final FixedText newTo = new FixedText(PATH_BYTES);
    private final FixedText newFrom = new FixedText(PATH_BYTES);
    private long position;
    private long total;
    /** Null while it is not known, or nobody's. */
    private RelayConnection target;
    private int targetGeneration;
    private boolean locating;
    private int ended;
    private boolean stopped;

    // what is written
    private final byte[] pending = new byte[PENDING_BYTES];
    private int pendingLength;
    private boolean choked;
    /** Whose chunk is under way here. */
    private RelayConnection writing;
    private final FixedText chunkId = new FixedText(ID_DIGITS);
    private Forwarded chunk;
    /** Of a request without body that was just written. */
    private Forwarded lone;

    private final MsrpWriter writer = new MsrpWriter();
    private final PathView path = new PathView();
    private final Slice slice = new Slice();
    private final Slice idSlice = new Slice();

    RelayConnection(Relay relay) {
        this.relay = relay;
        framer = new Framer(this, HEAD_BYTES, HELD_BYTES);
        probation = new Timer(relay.timers(), this);
    }

    void begin(int newHandle, Flow to, boolean accepted, long nowMs) {
        handle = newHandle;
        flow.set(to);
        open = true;
        usedMs = nowMs;
        connected = accepted;
        good = false;
        failures = 0;
        known.clear();
        unknown.clear();
        pendingLength = 0;
        choked = !accepted;
        writing = null;
        chunk = null;
        target = null;
        locating = false;
        stopped = false;
        ended = 0;
        ignored = true;
        framer.clear();
        if (accepted) {
            probation.startAt(nowMs + PROBATION_MS);
        }
    }

    void end() {
        open = false;
        generation++;
        probation.stop();
        framer.shut();
        relay.locator().forget(this);
        writing = null;
        chunk = null;
        target = null;
        pendingLength = 0;
    }

    /** It proved to be somebody. */
    void isGood() {
        good = true;
        failures = 0;
    }

    /** Whether the other side is a relay that proved its name. */
    boolean isRelay() {
        return !known.isEmpty();
    }

    boolean speaksFor(FixedText name) {
        return speaksFor(name.slice(idSlice));
    }

    /** Whether the other side's certificate is good and for this name (section 6.3): looked at once. */
    boolean speaksFor(Slice name) {
        if (flow.transport() != Flow.TLS || name.isEmpty() || unknown.equals(name)) {
            return false;
        }
        if (known.equals(name)) {
            return true;
        }
        boolean is = connected && relay.streams().speaksFor(handle, name);
        if (is) {
            known.set(name);
        } else if (connected) {
            unknown.set(name);
        }
        return is;
    }

    boolean isAuth() {
        return method.equals(AUTH);
    }

    /** @return whether there were too many */
    boolean hasFailed() {
        return ++failures >= MAX_FAILURES;
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        if (open && !good) {
            relay.drop(this, nowMs);
        }
    }

    // ---------------------------------------------------------------- in

    void onData(byte[] b, int offset, int length, long nowMs) {
        usedMs = nowMs;
        int result = framer.receive(b, offset, length, nowMs);
        if (result == Framer.BROKEN && open) {
            relay.drop(this, nowMs);
        } else if (result == Framer.STOPPED && open && !stopped) {
            stopped = true;
            relay.streams().pause(handle);
        }
    }

    /** Goes on where a way out was full, or not found yet. */
    void proceed(long nowMs) {
        if (!open || !stopped || locating) {
            return;
        }
        stopped = false;
        if (ended != 0 && !finishEnd(nowMs)) {
            stopped = true;
            return;
        }
        int result = framer.resume(nowMs);
        if (result == Framer.BROKEN && open) {
            relay.drop(this, nowMs);
        } else if (result == Framer.STOPPED) {
            stopped = true;
        } else if (open) {
            relay.streams().resume(handle);
        }
    }

    @Override
    public void onHead(MsrpHead read, boolean withBody, long nowMs) {
        ignored = false;
        refusal = 0;
        target = null;
        ended = 0;
        hasBody = withBody;
        isSend = false;
        wantsResponse = false;
        wantsFailure = false;
        if (!read.isRequest()) {
            ignored = true;
            if (read.verdict() == MsrpHead.NONE) {
                relay.onResponse(this, read, nowMs);
            }
            return;
        }
        transactionId.set(read.transactionId());
        isSend = read.method() == MsrpMethod.SEND;
        wantsResponse = isSend && read.wantsResponse();
        wantsFailure = isSend ? read.wantsFailure() : read.method() != MsrpMethod.REPORT;
        awaited = isSend ? wantsFailure : read.method() != MsrpMethod.REPORT;
        replyTo.clear();
        originalFrom.clear();
        if (read.fromPath(path)) {
            replyTo.set(isSend ? path.text(0, slice) : path.from(0, slice));
            originalFrom.set(path.from(0, slice));
        }
        addressed.clear();
        if (read.toPath(path)) {
            addressed.set(path.text(0, slice));
        }
        if (read.verdict() != MsrpHead.NONE || !keepHead(read)) {
            refusal = MsrpStatus.UNINTELLIGIBLE;
            return;
        }
        refusal = relay.route(this, read, newTo, newFrom, nowMs);
        ignored = refusal == Relay.TAKEN || !open;
        if (refusal == 0) {
            position = read.range().start();
            total = read.range().total();
        }
    }

    /** A copy of the fields, so that a chunk can be begun again. */
    private boolean keepHead(MsrpHead read) {
        writer.wrap(headCopy, 0, headCopy.length);
        for (int i = 0; i < read.fields(); i++) {
            int code = read.code(i);
            if (code != MsrpHeader.TO_PATH && code != MsrpHeader.FROM_PATH && code != MsrpHeader.BYTE_RANGE) {
                writer.sink().put(read.name(i, slice)).put(':').put(' ').put(read.fieldValue(i, slice)).put('\r').put('\n');
            }
        }
        headLength = writer.length();
        method.set(read.methodName());
        read.value(MsrpHeader.MESSAGE_ID, slice);
        messageId.set(slice);
        ranged = read.has(MsrpHeader.BYTE_RANGE);
        return !writer.overflowed() && messageId.length() == slice.length();
    }

    /** Where it goes is known. */
    void setTarget(RelayConnection to) {
        target = to;
        targetGeneration = to == null ? 0 : to.generation;
    }

    void setLocating(boolean value) {
        locating = value;
    }

    @Override
    public void onLocated(long nowMs) {
        if (open && locating) {
            locating = false;
            refusal = relay.reach(this, nowMs);
            proceed(nowMs);
        }
    }

    private boolean hasTarget() {
        return target != null && target.open && target.generation == targetGeneration;
    }

    @Override
    public int onBody(byte[] b, int offset, int length, long nowMs) {
        if (ignored || refusal != 0) {
            return length;
        }
        if (locating) {
            return 0;
        }
        if (!hasTarget()) {
            refusal = MsrpStatus.TIMEOUT;
            return length;
        }
        int taken = 0;
        while (taken < length && hasTarget()) {
            int n = target.write(this, b, offset + taken, length - taken, nowMs);
            if (n == 0) {
                break;
            }
            position += n;
            taken += n;
        }
        return hasTarget() ? taken : length;
    }

    @Override
    public void onEnd(int flag, long nowMs) {
        if (ignored || !open) {
            return;
        }
        ended = flag;
        if (!finishEnd(nowMs)) {
            framer.stop();
        }
    }

    /** @return false when the way out is not found yet, or full */
    private boolean finishEnd(long nowMs) {
        if (refusal == 0 && locating) {
            return false;
        }
        if (refusal == 0 && !hasTarget()) {
            refusal = MsrpStatus.TIMEOUT;
        }
        if (refusal == 0) {
            if (!target.finish(this, ended, nowMs)) {
                return false;
            }
        }
        ended = 0;
        if (isSend && open) {
            answer(refusal == 0 ? MsrpStatus.OK : refusal, nowMs);
        } else if (refusal != 0 && open) {
            answer(refusal, nowMs);
        }
        return true;
    }

    /** Section 6.4.1: a response to a SEND goes to the previous hop alone. */
    void answer(int status, long nowMs) {
        if (replyTo.isEmpty() || (status == MsrpStatus.OK ? !wantsResponse : !wantsFailure)) {
            return;
        }
        byte[] b = relay.scratch();
        writer.wrap(b, 0, b.length).response(transactionId.slice(idSlice), status).header(MsrpHeader.TO_PATH, replyTo);
        writer.header(MsrpHeader.FROM_PATH, addressed).endLine(transactionId.slice(idSlice), '$');
        if (!writer.overflowed()) {
            put(b, 0, writer.length(), nowMs);
        }
    }

    FixedText transactionId() {
        return transactionId;
    }

    FixedText replyTo() {
        return replyTo;
    }

    /** The whole way back to who sent it. */
    FixedText originalFrom() {
        return originalFrom;
    }

    FixedText addressed() {
        return addressed;
    }

    FixedText nextPath() {
        return newTo;
    }

    // ---------------------------------------------------------------- out

    boolean hasRoom() {
        return !choked && pendingLength == 0;
    }

    void onConnected(long nowMs) {
        connected = true;
        choked = false;
        good = true;
        flush(nowMs);
        relay.proceedAll(nowMs);
    }

    void onWritable(long nowMs) {
        choked = false;
        flush(nowMs);
        relay.proceedAll(nowMs);
    }

    private void flush(long nowMs) {
        if (pendingLength > 0 && send(pending, 0, pendingLength, nowMs)) {
            pendingLength = 0;
        }
    }

    private boolean send(byte[] b, int offset, int length, long nowMs) {
        int result = relay.streams().write(handle, b, offset, length);
        if (result == Wire.NO_ROOM) {
            choked = true;
        } else if (result != Wire.SENT) {
            relay.drop(this, nowMs);
        }
        return result == Wire.SENT;
    }

    /** A whole response, report or request without body. */
    void put(byte[] b, int offset, int length, long nowMs) {
        if (writing != null) {
            cut(nowMs);
        }
        keepOrSend(b, offset, length, nowMs);
    }

    private void keepOrSend(byte[] b, int offset, int length, long nowMs) {
        if (!open || hasRoom() && send(b, offset, length, nowMs) || !open) {
            return;
        }
        if (length > pending.length - pendingLength) {
            relay.drop(this, nowMs);
            return;
        }
        System.arraycopy(b, offset, pending, pendingLength, length);
        pendingLength += length;
    }

    /** Ends the chunk under way so that something else can be written; its source goes on in another. */
    private void cut(long nowMs) {
        closeChunk('+', nowMs);
    }

    /** Whose chunk is under way here is gone. */
    void abandon(RelayConnection source, long nowMs) {
        if (open && writing == source) {
            closeChunk('#', nowMs);
        }
    }

    private void closeChunk(int flag, long nowMs) {
        byte[] b = relay.endScratch();
        writer.wrap(b, 0, b.length).endBody(chunkId.slice(idSlice), flag);
        Forwarded done = chunk;
        RelayConnection source = writing;
        writing = null;
        chunk = null;
        if (done != null) {
            done.end = source.position - 1;
            done.timer.startAt(nowMs + Forwarded.TIMEOUT_MS);
        }
        keepOrSend(b, 0, writer.length(), nowMs);
    }

    /** Takes octets of a source's body. @return how many: all or none */
    int write(RelayConnection source, byte[] b, int offset, int length, long nowMs) {
        if (!hasRoom()) {
            return 0;
        }
        if (writing != null && writing != source) {
            cut(nowMs);
            if (!open || !hasRoom()) {
                return 0;
            }
        }
        if (writing != null) {
            return send(b, offset, length, nowMs) ? length : 0;
        }
        byte[] out = relay.scratch();
        int at = beginChunk(source, out, true);
        if (at < 0) {
            return 0;                                           // too many wait for responses
        }
        int n = Math.min(length, out.length - at);
        System.arraycopy(b, offset, out, at, n);
        if (!send(out, 0, at + n, nowMs)) {
            forgetChunk();
            return 0;
        }
        return n;
    }

    private void forgetChunk() {
        if (chunk != null) {
            chunk.free();
        }
        writing = null;
        chunk = null;
    }

    /** Writes the head of a chunk into a buffer. @return its length, or -1 when there is no room for its transaction */
    private int beginChunk(RelayConnection source, byte[] out, boolean withBody) {
        long id = relay.random().nextLong();
        Forwarded f = null;
        if (source.awaited) {
            f = relay.newForwarded();
            if (f == null) {
                return -1;
            }
            f.to = this;
            f.from = source;
            f.fromGeneration = source.generation;
            f.id = id;
            f.reportsTimeout = source.wantsResponse;
            f.originalId.clear();
            if (!source.isSend) {
                f.originalId.set(source.transactionId);
            }
            f.messageId.set(source.messageId);
            relay.reportPath(source, f);
            f.start = source.position;
            f.total = source.total;
        }
        chunkId.take(chunkId.sink(relay.sink()).putHex(id, ID_DIGITS));
        writer.wrap(out, 0, out.length).request(chunkId.slice(idSlice), source.method.slice(slice));
        writer.header(MsrpHeader.TO_PATH, source.newTo).header(MsrpHeader.FROM_PATH, source.newFrom);
        if (source.ranged || source.isSend && withBody) {
            if (withBody) {
                writer.range(source.position, ByteRange.UNKNOWN, source.total);
            } else {
                writer.range(source.position, source.position - 1, source.total);
            }
        }
        writer.sink().put(source.headCopy, 0, source.headLength);
        if (withBody) {
            writer.body();
            writing = source;
            chunk = f;
        } else {
            lone = f;
        }
        return writer.overflowed() ? -1 : writer.length();
    }

    /** The end of a source's request. @return false while there is no room for it */
    boolean finish(RelayConnection source, int flag, long nowMs) {
        if (!hasRoom()) {
            return false;
        }
        if (writing == source) {
            closeChunk(flag, nowMs);
            return true;
        }
        if (writing != null) {
            cut(nowMs);
        }
        byte[] out = relay.scratch();
        lone = null;
        int n = beginChunk(source, out, source.hasBody);
        if (n < 0) {
            return false;
        }
        if (source.hasBody) {                                   // what is left of it is empty
            keepOrSend(out, 0, n, nowMs);
            if (open) {
                closeChunk(flag, nowMs);
            }
            return true;
        }
        writer.wrap(out, n, out.length - n).endLine(chunkId.slice(idSlice), flag);
        if (lone != null) {
            lone.end = source.position - 1;
            lone.timer.startAt(nowMs + Forwarded.TIMEOUT_MS);
        }
        keepOrSend(out, 0, n + writer.length(), nowMs);
        return true;
    }
}
