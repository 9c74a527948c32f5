package org.sidetone.bench.presence;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Many different presence documents of about 1 KB, from a fixed seed: one service or two, a device, a person who does and feels something. */
final class Documents {
    static final int SIZE = 512;
    private static final long SEED = 3863;
    private static final String[] ACTIVITIES = {"away", "busy", "meeting", "travel", "on-the-phone", "vacation", "meal", "presentation"};
    private static final String[] MOODS = {"happy", "angry", "calm", "sleepy", "curious", "in_awe"};
    private static final String[] PLACES = {"office", "airport", "train", "residence", "cafe"};
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final Random random = new Random(SEED);

    private Documents() {
    }

    static byte[][] all() {
        Documents d = new Documents();
        byte[][] all = new byte[SIZE][];
        for (int i = 0; i < SIZE; i++) {
            all[i] = d.document().getBytes(StandardCharsets.UTF_8);
        }
        return all;
    }

    private String word(int shortest, int longest) {
        StringBuilder s = new StringBuilder("t");
        for (int n = shortest + random.nextInt(longest - shortest); n > 1; n--) {
            s.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return s.toString();
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private String document() {
        StringBuilder s = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\""
                + " xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\" xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\""
                + " xmlns:lt=\"urn:ietf:params:xml:ns:location-type\" entity=\"sip:" + word(3, 12) + "@example.test\">\r\n");
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            s.append("  <tuple id=\"").append(word(4, 12)).append("\">\r\n    <status><basic>").append(random.nextBoolean() ? "open" : "closed")
                    .append("</basic></status>\r\n    <contact priority=\"0.").append(1 + random.nextInt(9)).append("\">sip:").append(word(3, 12))
                    .append("@192.0.2.").append(random.nextInt(250)).append("</contact>\r\n    <timestamp>2026-11-25T17:")
                    .append(10 + random.nextInt(50)).append(":00Z</timestamp>\r\n  </tuple>\r\n");
        }
        s.append("  <dm:person id=\"").append(word(4, 12)).append("\">\r\n    <rpid:activities from=\"2026-11-25T16:00:00Z\"><rpid:")
                .append(pick(ACTIVITIES)).append("/></rpid:activities>\r\n");
        if (random.nextBoolean()) {
            s.append("    <rpid:mood><rpid:").append(pick(MOODS)).append("/></rpid:mood>\r\n");
        }
        if (random.nextBoolean()) {
            s.append("    <rpid:place-type><lt:").append(pick(PLACES)).append("/></rpid:place-type>\r\n");
        }
        s.append("    <rpid:user-input idle-threshold=\"600\" last-input=\"2026-11-25T15:00:00Z\">").append(random.nextBoolean() ? "idle" : "active")
                .append("</rpid:user-input>\r\n    <dm:note>").append(word(4, 30)).append(random.nextBoolean() ? " &amp; " : " ").append(word(4, 30))
                .append("</dm:note>\r\n  </dm:person>\r\n");
        if (random.nextBoolean()) {
            s.append("  <x:more xmlns:x=\"urn:example:more\"><x:thing>").append(word(5, 40)).append("</x:thing></x:more>\r\n");
        }
        return s.append("</presence>\r\n").toString();
    }
}
