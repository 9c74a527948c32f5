package org.sidetone.bench.parse;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Many different messages of the kinds a presence phone and its exchange meet, from a fixed seed: the order of headers, the length
 * of tokens, the unknown headers, the number of Vias vary, so that no contender lives by branches it learned. IPv6 addresses are
 * written out and v and l have their long names, since one of the contenders reads no others.
 */
public final class Corpus {
    /** Messages. */
    public static final int SIZE = 1536;

    private static final long SEED = 4475;
    private static final String TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String[] METHODS = {"REGISTER", "SUBSCRIBE", "NOTIFY", "MESSAGE", "PUBLISH", "OPTIONS", "INVITE", "NOTIFY"};
    private static final String[] STATUS = {"200 OK", "200 OK", "202 Accepted", "401 Unauthorized", "404 Not Found", "180 Ringing",
        "481 Call/Transaction Does Not Exist"};
    private static final String[] UNKNOWN = {"P-Asserted-Service", "X-Asterisk-HangupCause", "P-Charging-Vector", "X-Trace",
        "P-Access-Network-Info", "X-RTP-Stat", "Session-ID", "X-Organization", "P-Visited-Network-ID"};

    private final Random random = new Random(SEED);

    private Corpus() {
    }

    public static byte[][] messages() {
        Corpus corpus = new Corpus();
        byte[][] all = new byte[SIZE][];
        for (int i = 0; i < SIZE; i++) {
            all[i] = corpus.message().getBytes(StandardCharsets.UTF_8);
        }
        return all;
    }

    /** For contenders in other processes: four octets of length, a message, and so on. */
    public static void write(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (byte[] message : messages()) {
                out.writeInt(message.length);
                out.write(message);
            }
        }
    }

    private String message() {
        boolean response = random.nextInt(3) == 0;
        String method = METHODS[random.nextInt(METHODS.length)];
        String body = "";
        String type = "";
        if (!response && method.equals("MESSAGE")) {
            body = text(10 + random.nextInt(200));
            type = "text/plain";
        } else if (!response && (method.equals("NOTIFY") || method.equals("PUBLISH"))) {
            body = pidf();
            type = "application/pidf+xml";
        } else if (!response && method.equals("INVITE")) {
            body = sdp();
            type = "application/sdp";
        }
        List<String> lines = new ArrayList<>();
        String from = address();
        String to = address();
        boolean inDialog = response || method.equals("NOTIFY") || random.nextInt(4) == 0;
        lines.add(name("From", "f") + ": " + from + ";tag=" + token(6, 32));
        lines.add(name("To", "t") + ": " + to + (inDialog ? ";tag=" + token(6, 32) : ""));
        lines.add(name("Call-ID", "i") + ": " + token(12, 48));
        lines.add("CSeq: " + (1 + random.nextInt(99_999)) + " " + method);
        if (random.nextInt(10) < 7) {
            lines.add(name("Contact", "m") + ": " + contact());
        }
        if (!response) {
            lines.add("Max-Forwards: " + (10 + random.nextInt(61)));
        }
        if (method.equals("REGISTER") || method.equals("SUBSCRIBE") || method.equals("PUBLISH")) {
            lines.add("Expires: " + random.nextInt(7200));
        }
        if (method.equals("SUBSCRIBE") || method.equals("NOTIFY") || method.equals("PUBLISH")) {
            lines.add("Event: " + pick("presence", "presence.winfo", "message-summary", "reg", "dialog")
                    + (random.nextInt(4) == 0 ? ";id=" + token(2, 8) : ""));
        }
        if (method.equals("NOTIFY") && !response) {
            lines.add("Subscription-State: " + pick("active;expires=" + random.nextInt(3600), "pending;expires=600", "active"));
        }
        extras(lines);
        for (int i = random.nextInt(5); i > 0; i--) {
            lines.add(UNKNOWN[random.nextInt(UNKNOWN.length)] + ": " + text(4 + random.nextInt(60)));
        }
        if (!type.isEmpty()) {
            lines.add(name("Content-Type", "c") + ": " + type + (type.equals("text/plain") && random.nextBoolean() ? ";charset=UTF-8" : ""));
        }
        lines.add("Content-Length: " + body.length());
        Collections.shuffle(lines, random);
        List<String> vias = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            vias.add("Via: " + via());
        }
        lines.addAll(random.nextInt(4) == 0 ? random.nextInt(lines.size()) : 0, vias);
        String start = response ? "SIP/2.0 " + STATUS[random.nextInt(STATUS.length)] : method + " " + uri() + " SIP/2.0";
        return start + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n" + body;
    }

    private void extras(List<String> lines) {
        if (random.nextInt(3) == 0) {
            lines.add("User-Agent: " + text(8 + random.nextInt(24)));
        }
        if (random.nextInt(4) == 0) {
            lines.add("Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, NOTIFY, MESSAGE");
        }
        if (random.nextInt(4) == 0) {
            lines.add(name("Supported", "k") + ": path, outbound, gruu, eventlist");
        }
        if (random.nextInt(4) == 0) {
            lines.add("Record-Route: <sip:" + host() + ";lr>" + (random.nextBoolean() ? ", <sip:" + host() + ":5070;lr>" : ""));
        }
        if (random.nextInt(6) == 0) {
            lines.add("Route: <sip:" + host() + ";lr>");
        }
        if (random.nextInt(5) == 0) {
            lines.add("Authorization: Digest username=\"" + token(3, 12) + "\", realm=\"example.test\", nonce=\"" + token(20, 44)
                    + "\", uri=\"" + uri() + "\", response=\"" + token(32, 33) + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"" + token(8, 16) + "\"");
        }
        if (random.nextInt(5) == 0) {
            lines.add("Date: Sat, 13 Nov 2010 23:29:00 GMT");
        }
        if (random.nextInt(6) == 0) {
            lines.add("Accept: application/pidf+xml, application/rlmi+xml, multipart/related");
        }
    }

    private String name(String full, String compact) {
        return random.nextInt(12) == 0 ? compact : full;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String token(int shortest, int longest) {
        StringBuilder s = new StringBuilder();
        for (int n = shortest + random.nextInt(longest - shortest); n > 0; n--) {
            s.append(TOKEN.charAt(random.nextInt(TOKEN.length())));
        }
        return s.toString();
    }

    private String text(int length) {
        StringBuilder s = new StringBuilder();
        while (s.length() < length) {
            s.append(token(2, 9)).append(' ');
        }
        return s.substring(0, length - 1) + "x";
    }

    private String host() {
        return switch (random.nextInt(5)) {
            case 0 -> "192.0.2." + (1 + random.nextInt(254));
            case 1 -> "[2001:db8:0:0:0:0:0:" + Integer.toHexString(1 + random.nextInt(65_000)) + "]";
            default -> token(3, 10).toLowerCase() + "." + pick("example.test", "example.com", "sip.example.org");
        };
    }

    private String uri() {
        return "sip:" + (random.nextInt(8) == 0 ? "" : token(2, 14) + "@") + host() + (random.nextInt(3) == 0 ? ":" + (1024 + random.nextInt(60_000)) : "")
                + (random.nextInt(4) == 0 ? ";transport=tcp" : "");
    }

    private String address() {
        return switch (random.nextInt(3)) {
            case 0 -> "\"" + text(4 + random.nextInt(14)) + "\" <" + uri() + ">";
            case 1 -> token(3, 9) + " <" + uri() + ">";
            default -> "<" + uri() + ">";
        };
    }

    private String contact() {
        return (random.nextInt(4) == 0 ? address() : "<" + uri() + ">") + (random.nextInt(3) == 0 ? ";expires=" + random.nextInt(3600) : "")
                + (random.nextInt(5) == 0 ? ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\";reg-id=1" : "");
    }

    private String via() {
        List<String> params = new ArrayList<>(List.of("branch=z9hG4bK" + token(8, 40)));
        if (random.nextBoolean()) {
            params.add("rport" + (random.nextBoolean() ? "=" + (1024 + random.nextInt(60_000)) : ""));
        }
        if (random.nextInt(3) == 0) {
            params.add("received=192.0.2." + (1 + random.nextInt(254)));
        }
        Collections.shuffle(params, random);
        return "SIP/2.0/" + pick("UDP", "UDP", "TCP", "TLS") + " " + host() + (random.nextBoolean() ? ":" + (1024 + random.nextInt(60_000)) : "")
                + ";" + String.join(";", params);
    }

    private String pidf() {
        StringBuilder s = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"pres:"
                + token(3, 9) + "@example.test\">\r\n");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            s.append("  <tuple id=\"").append(token(4, 10)).append("\"><status><basic>").append(pick("open", "closed"))
                    .append("</basic></status><note>").append(text(4 + random.nextInt(30))).append("</note></tuple>\r\n");
        }
        return s.append("</presence>\r\n").toString();
    }

    private String sdp() {
        return "v=0\r\no=- " + random.nextInt(1_000_000) + " 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=message 7654 TCP/MSRP *\r\n"
                + "a=accept-types:text/plain\r\na=path:msrp://192.0.2.1:7654/" + token(8, 12) + ";tcp\r\n";
    }
}
