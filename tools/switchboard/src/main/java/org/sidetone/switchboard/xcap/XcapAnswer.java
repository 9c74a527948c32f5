package org.sidetone.switchboard.xcap;

import java.nio.charset.StandardCharsets;

/**
 * What is answered.
 *
 * @param contentType null: there is no body. @param etag null: there is no document. @param allow null: every method that there is
 */
public record XcapAnswer(int status, String contentType, byte[] body, String etag, String allow) {
    static final byte[] NOTHING = new byte[0];

    static XcapAnswer of(int status) {
        return new XcapAnswer(status, null, NOTHING, null, null);
    }

    static XcapAnswer of(int status, String etag) {
        return new XcapAnswer(status, null, NOTHING, etag, null);
    }

    /** A refusal in words for whoever looks at it. */
    static XcapAnswer refused(int status, String words) {
        return new XcapAnswer(status, "text/plain; charset=utf-8", (words + "\n").getBytes(StandardCharsets.UTF_8), null, null);
    }

    static XcapAnswer notAllowed(String allow) {
        return new XcapAnswer(405, null, NOTHING, null, allow);
    }
}
