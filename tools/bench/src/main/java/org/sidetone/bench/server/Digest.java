package org.sidetone.bench.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What one user knows of a server's challenge: MD5 with qop auth, one nonce for as long as it is good (RFC 7616). */
public final class Digest {
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest md5;
    private final String user;
    private String realm;
    private String nonce;
    private int count;

    /** Of a user whose password is {@code secret-} and his name. */
    public Digest(String user) {
        this.user = user;
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether there was a challenge. */
    public boolean isReady() {
        return nonce != null;
    }

    /** Reads the MD5 challenge of a 401. */
    public void challenge(String response) {
        for (String line : response.split("\r\n")) {
            if (line.startsWith("WWW-Authenticate:") && (!line.contains("algorithm=") || line.matches(".*algorithm=\"?MD5\"?[,\\s].*|.*algorithm=\"?MD5\"?"))) {
                realm = quoted(line, "realm");
                nonce = quoted(line, "nonce");
                count = 0;
                return;
            }
        }
        throw new IllegalStateException("no MD5 challenge: " + response);
    }

    private static String quoted(String line, String name) {
        int at = line.indexOf(name + "=\"") + name.length() + 2;
        return line.substring(at, line.indexOf('"', at));
    }

    /** The header line that answers it; empty before there was one. */
    public String header(String method, String uri) {
        return nonce == null ? "" : "Authorization: " + credentials(method, uri) + "\r\n";
    }

    /** What answers the challenge that there was. */
    public String credentials(String method, String uri) {
        String nc = String.format("%08x", ++count);
        String response = hash(hash(user + ":" + realm + ":secret-" + user) + ":" + nonce + ":" + nc + ":c:auth:" + hash(method + ":" + uri));
        return "Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri + "\", response=\"" + response
                + "\", algorithm=MD5, qop=auth, nc=" + nc + ", cnonce=\"c\"";
    }

    private String hash(String text) {
        return HEX.formatHex(md5.digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
