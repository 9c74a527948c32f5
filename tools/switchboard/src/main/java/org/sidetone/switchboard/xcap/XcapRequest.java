package org.sidetone.switchboard.xcap;

/**
 * One request as HTTP brought it.
 *
 * @param target path and query below the XCAP root, still percent-encoded, beginning with a slash
 * @param contentType null: not said. @param ifMatch and ifNoneMatch: null: not said. @param user who was authenticated, {@code alice}; null: nobody
 */
public record XcapRequest(String method, String target, String contentType, String ifMatch, String ifNoneMatch, byte[] body, String user) {
}
