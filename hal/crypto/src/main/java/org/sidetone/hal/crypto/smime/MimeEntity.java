package org.sidetone.hal.crypto.smime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Header fields and content of one entity, octet for octet: a signature is over what came, not over what it means. */
final class MimeEntity {
    private final byte[] whole;
    private final String head;
    private final int contentAt;

    private MimeEntity(byte[] whole, int headLength, int contentAt) {
        this.whole = whole;
        this.contentAt = contentAt;
        head = new String(whole, 0, headLength, StandardCharsets.ISO_8859_1).replaceAll("\r\n[ \t]+", " ");
    }

    /** @return null when there is no empty line after the header fields */
    static MimeEntity of(byte[] whole) {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
        return end < 0 ? null : new MimeEntity(whole, end, end == 0 ? 2 : end + 4);
    }

    byte[] whole() {
        return whole;
    }

    private String field(String name) {
        Matcher m = Pattern.compile("(?im)^" + Pattern.quote(name) + "[ \t]*:[ \t]*(.*?)[ \t]*$").matcher(head.replace("\r\n", "\n"));
        return m.find() ? m.group(1) : "";
    }

    /** {@code multipart/signed}, in lower case. */
    String type() {
        return field("Content-Type").replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private String parameter(String name) {
        Matcher m = Pattern.compile("(?i);[ \t]*" + name + "[ \t]*=[ \t]*(?:\"([^\"]*)\"|([^;\\s]+))").matcher(field("Content-Type"));
        return !m.find() ? "" : m.group(1) != null ? m.group(1) : m.group(2);
    }

    /** Without its transfer encoding. @return null where that is broken */
    byte[] content() {
        byte[] content = Arrays.copyOfRange(whole, contentAt, whole.length);
        if (!field("Content-Transfer-Encoding").equalsIgnoreCase("base64")) {
            return content;
        }
        try {
            return Base64.getMimeDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The two parts of multipart/signed, or null. The line end before a delimiter belongs to that (RFC 2046 section 5.1.1). */
    MimeEntity[] parts() {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        String delimiter = "--" + parameter("boundary");
        int first = text.startsWith(delimiter, contentAt) ? contentAt : text.indexOf("\r\n" + delimiter, contentAt) + 2;
        int firstAt = first < contentAt ? -1 : text.indexOf("\r\n", first) + 2;
        int second = firstAt < 2 ? -1 : text.indexOf("\r\n" + delimiter, firstAt);
        int secondAt = second < 0 ? -1 : text.indexOf("\r\n", second + 2) + 2;
        int end = secondAt < 2 ? -1 : text.indexOf("\r\n" + delimiter + "--", secondAt);
        if (delimiter.length() == 2 || end < 0) {
            return null;
        }
        MimeEntity signed = of(Arrays.copyOfRange(whole, firstAt, second));
        MimeEntity signature = of(Arrays.copyOfRange(whole, secondAt, end));
        return signed == null || signature == null ? null : new MimeEntity[] {signed, signature};
    }
}
