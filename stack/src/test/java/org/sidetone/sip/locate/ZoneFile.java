package org.sidetone.sip.locate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.port.NameLookup;
import org.sidetone.port.NameRecords;
import org.sidetone.uri.IpText;

/** A DNS of a test's own: records as lines {@code NAME TTL TYPE DATA}, answers when the test says so. */
final class ZoneFile implements NameLookup {
    final List<String> asked = new ArrayList<>();
    boolean silent;
    private final Map<String, List<String[]>> records = new HashMap<>();
    private final Deque<Object[]> questions = new ArrayDeque<>();

    ZoneFile(String... lines) {
        for (String line : lines) {
            String[] words = line.split(" +");
            records.computeIfAbsent(words[0] + " " + words[2], k -> new ArrayList<>()).add(words);
        }
    }

    private static String name(int type) {
        return type == A ? "A" : type == AAAA ? "AAAA" : type == SRV ? "SRV" : "NAPTR";
    }

    @Override
    public boolean ask(int question, int type, byte[] b, int offset, int length) {
        String what = new String(b, offset, length, StandardCharsets.US_ASCII).toLowerCase() + " " + name(type);
        asked.add(what);
        questions.add(new Object[] {question, what});
        return true;
    }

    @Override
    public boolean next(NameRecords out) {
        if (questions.isEmpty()) {
            return false;
        }
        Object[] q = questions.remove();
        List<String[]> found = silent ? null : records.get((String) q[1]);
        out.begin((int) q[0], silent ? NameRecords.UNAVAILABLE : found == null ? NameRecords.NOT_FOUND : NameRecords.FOUND);
        for (String[] words : found == null ? List.<String[]>of() : found) {
            NameRecords.Record r = out.add();
            r.ttlSec = Long.parseLong(words[1]);
            switch (words[2]) {
                case "SRV" -> {
                    r.priority = Integer.parseInt(words[3]);
                    r.weight = Integer.parseInt(words[4]);
                    r.port = Integer.parseInt(words[5]);
                    r.name.set(words[6].equals(".") ? "" : words[6]);
                }
                case "NAPTR" -> {
                    r.priority = Integer.parseInt(words[3]);
                    r.weight = Integer.parseInt(words[4]);
                    r.flags.set(words[5]);
                    r.service.set(words[6]);
                    r.name.set(words[7]);
                }
                default -> {
                    Flow flow = new Flow();
                    Slice text = new Slice().wrap(words[3].getBytes(StandardCharsets.US_ASCII));
                    IpText.parse(text.buffer(), text.offset(), text.length(), flow, Flow.UDP, 0);
                    r.high = flow.addressHigh();
                    r.low = flow.addressLow();
                }
            }
        }
        return true;
    }
}
