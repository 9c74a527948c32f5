package org.sidetone.switchboard.xcap;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Which document a URI means, and which node in it (RFC 4825 section 6).
 *
 * @param user whose; null: of all. @param name below the user, {@code index}. @param node decoded; null: the whole document
 * @param prefixes that the query binds
 */
record XcapPath(String auid, String user, String name, String node, Map<String, String> prefixes) {
    private static final String SEPARATOR = "/~~";

    /** @return null when it cannot be one */
    static XcapPath parse(String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Map<String, String> prefixes = question < 0 ? Map.of() : prefixes(decode(target.substring(question + 1)));
        int separator = path.indexOf(SEPARATOR);
        String node = separator < 0 ? null : decode(path.substring(separator + SEPARATOR.length()));
        String document = separator < 0 ? path : path.substring(0, separator);
        String[] segments = document.split("/", -1);
        if (prefixes == null || segments.length < 4 || !segments[0].isEmpty() || node != null && (node.length() < 2 || node.charAt(0) != '/')) {
            return null;
        }
        boolean global = segments[2].equals("global");
        int first = global ? 3 : 4;
        if (!global && !segments[2].equals("users") || segments.length <= first) {
            return null;
        }
        StringBuilder name = new StringBuilder();
        for (int i = first; i < segments.length; i++) {
            String segment = decode(segments[i]);
            if (segment == null || segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return null;
            }
            name.append(i == first ? "" : "/").append(segment);
        }
        String user = global ? null : decode(segments[3]);
        String auid = decode(segments[1]);
        if (!global && (user == null || user.isEmpty()) || auid == null || separator >= 0 && node == null) {
            return null;
        }
        return new XcapPath(auid, user, name.toString(), node, prefixes);
    }

    /** {@code xmlns(a=urn:a)xmlns(b=urn:b)}; parts of other schemes are passed over (section 6.4). Null when it is none. */
    private static Map<String, String> prefixes(String query) {
        Map<String, String> out = new HashMap<>();
        String rest = query == null ? "?" : query.strip();
        while (!rest.isEmpty()) {
            int open = rest.indexOf('(');
            int close = rest.indexOf(')');
            if (open < 1 || close < open) {
                return null;
            }
            String data = rest.substring(open + 1, close);
            int equal = data.indexOf('=');
            if (rest.startsWith("xmlns(") && equal > 0) {
                out.put(data.substring(0, equal), data.substring(equal + 1));
            }
            rest = rest.substring(close + 1).strip();
        }
        return out;
    }

    /** Null when the escapes are none. */
    private static String decode(String text) {
        byte[] out = new byte[text.length() * 3];
        int n = 0;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out[n++] = b;
        }
        int length = 0;
        for (int i = 0; i < n; i++) {
            if (out[i] != '%') {
                out[length++] = out[i];
                continue;
            }
            int high = i + 2 < n ? Character.digit(out[i + 1], 16) : -1;
            int low = i + 2 < n ? Character.digit(out[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            out[length++] = (byte) (high << 4 | low);
            i += 2;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /** The document without the node: a name that is the same for all ways to write it. */
    String document() {
        return auid + "/" + (user == null ? "global" : "users/" + user) + "/" + name;
    }
}
