package org.sidetone.bench.policy;

import java.nio.charset.StandardCharsets;

/** The rules, the watchers and the document that everybody gets. */
final class Rules {
    static final int RULES = 100;
    static final int WATCHERS = 100;

    private Rules() {
    }

    static String watcher(int i) {
        return "sip:watcher" + i + "@example.test";
    }

    static byte[] ruleSet() {
        StringBuilder out = new StringBuilder("<cr:ruleset xmlns:cr=\"urn:ietf:params:xml:ns:common-policy\" xmlns:pr=\"urn:ietf:params:xml:ns:pres-rules\">");
        for (int i = 0; i < RULES; i++) {
            String identity = i % 10 == 9 ? "<cr:many domain=\"example.test\"><cr:except id=\"" + watcher(i) + "\"/></cr:many>" : "<cr:one id=\"" + watcher(i) + "\"/>";
            out.append("<cr:rule id=\"r").append(i).append("\"><cr:conditions><cr:identity>").append(identity).append("</cr:identity></cr:conditions><cr:actions><pr:sub-handling>")
                    .append(i % 10 == 9 ? "confirm" : i % 4 == 0 ? "polite-block" : "allow").append("</pr:sub-handling></cr:actions><cr:transformations>");
            if (i % 10 != 9) {
                out.append("<pr:provide-services><pr:all-services/></pr:provide-services><pr:provide-persons><pr:all-persons/></pr:provide-persons><pr:provide-activities>")
                        .append(i % 3 == 0).append("</pr:provide-activities><pr:provide-note>").append(i % 2 == 0).append("</pr:provide-note>");
            }
            out.append("</cr:transformations></cr:rule>");
        }
        return out.append("</cr:ruleset>").toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] document() {
        StringBuilder out = new StringBuilder("<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\""
                + " xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"sip:alice@example.test\">");
        for (int i = 0; i < 6; i++) {
            out.append("<tuple id=\"t").append(i).append("\"><status><basic>open</basic></status><rpid:class>biz</rpid:class><contact priority=\"0.").append(i)
                    .append("\">sip:alice@desk").append(i).append(".example.test</contact><note>desk ").append(i).append("</note><timestamp>2026-01-01T10:00:0").append(i)
                    .append("Z</timestamp></tuple>");
        }
        return out.append("<dm:person id=\"p\"><rpid:activities><rpid:meeting/></rpid:activities><rpid:mood><rpid:happy/></rpid:mood><rpid:place-type><rpid:other>den</rpid:other>"
                + "</rpid:place-type><rpid:sphere><rpid:work/></rpid:sphere><dm:note>back at four</dm:note><dm:timestamp>2026-01-01T10:00:00Z</dm:timestamp></dm:person>"
                + "<dm:device id=\"d\"><dm:deviceID>urn:uuid:1</dm:deviceID></dm:device></presence>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
