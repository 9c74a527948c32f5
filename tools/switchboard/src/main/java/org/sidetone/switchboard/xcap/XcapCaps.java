package org.sidetone.switchboard.xcap;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;

/** {@code xcap-caps}: what the server can do (RFC 4825 section 12). */
final class XcapCaps extends ApplicationUsage {
    private final List<ApplicationUsage> others;

    XcapCaps(List<ApplicationUsage> others) {
        super("xcap-caps", "application/xcap-caps+xml", "urn:ietf:params:xml:ns:xcap-caps");
        this.others = others;
    }

    @Override
    List<String> namespaces() {
        return List.of(namespace);
    }

    @Override
    boolean allowsName(String name) {
        return false;
    }

    @Override
    void check(XcapPath path, byte[] document) throws XcapConflict {
        throw XcapConflict.of("constraint-failure", "Nobody says what the server can do but itself");
    }

    @Override
    byte[] global(String name) {
        if (!name.equals("index")) {
            return null;
        }
        TreeSet<String> namespaces = new TreeSet<>(namespaces());
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xcap-caps xmlns=\"" + namespace + "\"><auids><auid>" + auid + "</auid>");
        for (ApplicationUsage usage : others) {
            out.append("<auid>").append(usage.auid).append("</auid>");
            namespaces.addAll(usage.namespaces());
        }
        out.append("</auids><namespaces>");
        namespaces.forEach(uri -> out.append("<namespace>").append(uri).append("</namespace>"));
        return out.append("</namespaces></xcap-caps>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
