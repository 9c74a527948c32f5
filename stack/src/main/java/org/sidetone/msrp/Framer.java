package org.sidetone.msrp;

import org.sidetone.bytes.Ascii;

/**
 * Cuts a stream into requests and responses (RFC 4975 section 5.1). Heads are gathered, bodies passed on as they come, whatever their size.
 * <pre>
 *   state  input                      next   action
 *   HEAD   line                       HEAD   -
 *   HEAD   end-line                   HEAD   onHead, onEnd
 *   HEAD   empty line                 BODY   onHead
 *   HEAD   not MSRP, or too long      BROKEN
 *   BODY   octets                     BODY   onBody
 *   BODY   CRLF end-line CRLF         HEAD   onEnd
 *   all    shut                       SHUT   -
 * </pre>
 */
public final class Framer {
    public static final int TAKEN = 0;
    /** The user takes no more of the body just now: what is left waits here. */
    public static final int STOPPED = 1;
    /** This is no MSRP, or a head is too large: the connection is of no use any more. */
    public static final int BROKEN = -1;

    private static final int HEAD = 0;
    private static final int BODY = 1;
    private static final int SHUT = 2;
    private static final byte[] START = Ascii.bytes("MSRP ");

    private final FramerUser user;
    private final byte[] buffer;
    private final int headBytes;
    private final MsrpHead head = new MsrpHead();
    private final EndLine endLine = new EndLine();
    private int state = HEAD;
    private int start;
    private int end;
    private int lineAt;
    private int searchAt;
    private boolean stopped;

    /** @param headBytes of a head, at most. @param heldBytes beyond that what can wait while the user takes no more */
    public Framer(FramerUser user, int headBytes, int heldBytes) {
        this.user = user;
        this.headBytes = headBytes;
        buffer = new byte[headBytes + heldBytes];
    }

    /** For the next connection. */
    public void clear() {
        state = HEAD;
        rewind();
        stopped = false;
    }

    private void rewind() {
        start = 0;
        end = 0;
        lineAt = 0;
        searchAt = 0;
    }

    /** Ignores what comes, also the rest of what is being received, until {@link #clear}. */
    public void shut() {
        clear();
        state = SHUT;
    }

    /** Octets that can be received at once while the user takes no more. */
    public int room() {
        return buffer.length - (end - start);
    }

    /** Takes octets of the stream. While {@link #STOPPED} at most {@link #room} of them. @return {@link #TAKEN}, {@link #STOPPED} or {@link #BROKEN} */
    public int receive(byte[] b, int offset, int length, long nowMs) {
        int at = offset;
        int left = length;
        while (left > 0 && state != SHUT) {
            if (end == buffer.length) {
                compact();
            }
            int n = Math.min(left, buffer.length - end);
            if (n == 0) {
                return BROKEN;
            }
            System.arraycopy(b, at, buffer, end, n);
            end += n;
            at += n;
            left -= n;
            if (!stopped && !work(nowMs)) {
                return BROKEN;
            }
        }
        return stopped ? STOPPED : TAKEN;
    }

    /** The user takes no more after the call that it is in; what comes waits here until {@link #resume}. */
    public void stop() {
        stopped = true;
    }

    /** The user takes more again. */
    public int resume(long nowMs) {
        stopped = false;
        return !work(nowMs) ? BROKEN : stopped ? STOPPED : TAKEN;
    }

    private void compact() {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        lineAt -= start;
        searchAt -= start;
        end -= start;
        start = 0;
    }

    private boolean work(long nowMs) {
        boolean more = true;
        while (more && !stopped && state != SHUT) {
            if (state == HEAD) {
                int lineEnd = Ascii.indexOf(buffer, searchAt, end, '\n');
                searchAt = lineEnd;
                more = lineEnd < end;
                if (more ? !takeLine(lineEnd, nowMs) : isHopeless()) {
                    return false;
                }
            } else {
                more = takeBody(nowMs);
            }
        }
        if (start == end && state == HEAD) {
            rewind();
        }
        return true;
    }

    private boolean isHopeless() {
        int n = Math.min(end - start, START.length);
        return end - start > headBytes || !Ascii.equals(buffer, start, n, START, 0, n);
    }

    private boolean takeLine(int lineEnd, long nowMs) {
        int at = lineAt;
        if (lineEnd == at || buffer[lineEnd - 1] != '\r' || lineEnd - start > headBytes) {
            return false;
        }
        lineAt = lineEnd + 1;
        searchAt = lineAt;
        int limit = lineEnd - 1;
        if (at == start) {
            int idEnd = Ascii.indexOf(buffer, at + START.length, limit, ' ');
            if (!Ascii.startsWith(buffer, at, limit, START) || !MsrpHead.isIdent(buffer, at + START.length, idEnd)) {
                return false;
            }
            endLine.set(buffer, at + START.length, idEnd - at - START.length);
            return true;
        }
        if (limit == at) {
            head.read(buffer, start, at);
            state = BODY;
            start = at;                                                 // an end-line may follow at once: this CRLF is then its own
            user.onHead(head, true, nowMs);
            return true;
        }
        int flag = endLine.flag(buffer, at, limit);
        if (flag != 0) {
            head.read(buffer, start, at);
            user.onHead(head, false, nowMs);
            next(lineAt);
            user.onEnd(flag, nowMs);
        }
        return true;
    }

    private void next(int at) {
        state = HEAD;
        start = at;
        lineAt = at;
        searchAt = at;
    }

    /** {@link #start} is two octets before the body until some of it was passed on, and where the rest begins then. */
    private boolean takeBody(long nowMs) {
        int bodyAt = lineAt > start ? lineAt : start;
        int found = endLine.find(buffer, start, end);
        int until = found >= 0 ? found : end - endLine.span() + 1;
        if (until > bodyAt) {
            int taken = user.onBody(buffer, bodyAt, until - bodyAt, nowMs);
            start = bodyAt + taken;
            lineAt = start;
            if (start < until) {
                stopped = true;
                return false;
            }
        }
        if (found < 0) {
            return false;
        }
        int flag = buffer[found + endLine.span() - 3];
        next(found + endLine.span());
        user.onEnd(flag, nowMs);
        return true;
    }
}
