package org.sidetone.sip.transport;

import org.sidetone.port.Flow;
import org.sidetone.sip.Reject;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipParser;

/** Cuts one stream into messages by their Content-Length (RFC 3261 section 18.3). Gathers a head, then a body. */
final class StreamFramer {
    private final byte[] head;
    private final BodyBuffers bodies;
    private final Flow remote = new Flow();
    private int connection;
    private int headLength;
    /** Octets of {@link #head} looked at for the blank line. */
    private int searched;
    private boolean headComplete;
    private int parsed;
    private byte[] body;
    private int bodyLength;
    private int bodyWanted;
    private int blankRun;
    private boolean ping;
    private boolean pong;

    StreamFramer(int headBytes, BodyBuffers bodies) {
        head = new byte[headBytes];
        this.bodies = bodies;
    }

    void open(int newConnection, Flow newRemote) {
        connection = newConnection;
        remote.set(newRemote).withConnection(newConnection);
        next();
        blankRun = 0;
    }

    void close() {
        next();
        connection = 0;
    }

    int connection() {
        return connection;
    }

    Flow remote() {
        return remote;
    }

    /** Gets ready for the next message. */
    void next() {
        headLength = 0;
        searched = 0;
        headComplete = false;
        parsed = 0;
        bodyLength = 0;
        bodyWanted = 0;
        if (body != null) {
            bodies.giveBack(body);
            body = null;
        }
    }

    /** Whether a double CRLF came between messages, which asks for a CRLF back (RFC 5626 section 4.4.1). */
    boolean takePing() {
        boolean asked = ping;
        ping = false;
        return asked;
    }

    /** Whether a line end came between messages, as the answer to a double CRLF of ours does. */
    boolean takePong() {
        boolean came = pong;
        pong = false;
        return came;
    }

    /** Takes octets up to the end of one message at most. @return how many */
    int take(byte[] b, int offset, int length) {
        int at = offset;
        int limit = offset + length;
        while (at < limit && !headComplete) {
            byte c = b[at++];
            if (headLength == 0 && (c == '\r' || c == '\n')) {
                pong |= c == '\n';
                blankRun = c == '\n' ? blankRun + 1 : blankRun;
                if (blankRun == 2) {
                    ping = true;
                    blankRun = 0;
                }
                continue;
            }
            blankRun = 0;
            if (headLength == head.length) {
                return length;
            }
            head[headLength++] = c;
            headComplete = c == '\n' && headLength >= 4 && head[headLength - 2] == '\r' && head[headLength - 3] == '\n'
                    && head[headLength - 4] == '\r';
        }
        if (bodyWanted > bodyLength && body != null) {
            int n = Math.min(limit - at, bodyWanted - bodyLength);
            System.arraycopy(b, at, body, bodyLength, n);
            bodyLength += n;
            at += n;
        }
        return at - offset;
    }

    /** @return octets of a whole message, now in {@code message}; {@link Reject#INCOMPLETE}; or what is wrong with it */
    int read(SipParser parser, SipMessage message) {
        if (!headComplete) {
            if (headLength < head.length) {
                return Reject.INCOMPLETE;
            }
            int result = parser.parse(message, head, 0, headLength);
            return message.isRequest() ? Reject.HEAD_TOO_LARGE : result == Reject.INCOMPLETE ? Reject.SILENCE : result;
        }
        if (parsed == 0) {
            int result = parser.parse(message, head, 0, headLength);
            if (result < 0) {
                return result == Reject.INCOMPLETE ? Reject.SILENCE : result;
            }
            parsed = result;
            int length = message.contentLength();
            if (length == SipMessage.NONE) {
                return message.isRequest() ? Reject.BAD_CONTENT_LENGTH : Reject.SILENCE;
            }
            if (length > bodies.size()) {
                return message.isRequest() ? Reject.BODY_TOO_LARGE : Reject.SILENCE;
            }
            bodyWanted = length;
            if (length > 0) {
                body = bodies.take();
                if (body == null) {
                    return message.isRequest() ? Reject.BODY_TOO_LARGE : Reject.SILENCE;
                }
            }
        }
        if (bodyLength < bodyWanted) {
            return Reject.INCOMPLETE;
        }
        if (bodyWanted > 0) {
            parser.parse(message, head, 0, headLength);      // another stream may have used the message meanwhile
            message.setBody(body, 0, bodyLength);
        }
        return parsed + bodyLength;
    }
}
