package org.sidetone.doc.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sidetone.doc.policy.RuleSetTest.ruleset;
import static org.sidetone.doc.policy.RuleSetTest.slice;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.SchemaValidation;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;

class PrivacyFilterTest {
    private static final String DOCUMENT = "<?xml version='1.0'?>\n<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:d='urn:ietf:params:xml:ns:pidf:data-model'"
            + " xmlns:r='urn:ietf:params:xml:ns:pidf:rpid' xmlns:x='urn:x' entity='sip:p@e.test'>\n"
            + "<tuple id='t1'><status><basic>open</basic><x:tone>high</x:tone></status><r:class>biz</r:class><r:privacy><r:audio/></r:privacy>"
            + "<r:relationship><r:self/></r:relationship><r:service-class><r:electronic/></r:service-class><r:status-icon>http://e.test/i</r:status-icon>"
            + "<r:user-input idle-threshold='600' last-input='2004-10-21T13:20:00Z' id='u1'>idle</r:user-input><x:foo>1</x:foo><d:deviceID>urn:uuid:AA</d:deviceID>"
            + "<contact priority='0.8'>sip:p@e.test;user=ip</contact><note>here</note><timestamp>2005-10-27T16:49:29Z</timestamp></tuple>\n"
            + "<tuple id='t2'><status><basic>closed</basic></status><contact>mailto:p@e.test</contact></tuple>"
            + "<note>all</note>"
            + "<d:person id='p1'><r:activities><r:note>far</r:note><r:away/></r:activities><r:class>home</r:class><r:mood><r:happy/></r:mood><r:place-is><r:audio><r:noisy/>"
            + "</r:audio></r:place-is><r:place-type><r:other>den</r:other></r:place-type><r:privacy><r:text/></r:privacy><r:sphere><r:work/></r:sphere>"
            + "<r:status-icon>http://e.test/j</r:status-icon><r:time-offset>-240</r:time-offset><r:user-input idle-threshold='60'>active</r:user-input><x:foo>2</x:foo>"
            + "<d:note>me</d:note><d:timestamp>2005-10-27T16:49:29Z</d:timestamp></d:person>"
            + "<d:device id='d1'><r:class>biz</r:class><r:user-input>active</r:user-input><x:bar/><d:deviceID>urn:uuid:aa</d:deviceID><d:note>desk</d:note></d:device>"
            + "<x:secret/></presence>";

    private final RuleSet rules = new RuleSet();
    private final Permissions permissions = new Permissions();
    private final PrivacyFilter filter = new PrivacyFilter(200);

    private String apply(String ruleset, String document) {
        assertEquals(RuleSet.GOOD, rules.check(slice(ruleset)), ruleset);
        rules.decide(slice(ruleset), slice("sip:w@e.test"), slice(""), 0, permissions);
        return applyAgain(document);
    }

    private String applyAgain(String document) {
        ByteSink out = new ByteSink().wrap(new byte[8192]);
        boolean any = filter.apply(permissions, slice(document), out);
        assertFalse(out.overflowed());
        assertEquals(any, out.length() > 0);
        return out.slice(new Slice()).toString();
    }

    private static String transform(String permissions) {
        return ruleset("<rule id='a'><transformations>" + permissions + "</transformations></rule>");
    }

    @Test
    @Shows({"4745-6-1", "4745-9-1"})
    void theExampleOfTheRfcShowsWhatItsTextSays() throws Exception {
        String example = Files.readString(Vectors.folder("xml/pres-rules/valid").resolve("rfc5025-6-1.xml"));
        rules.decide(slice(example), slice("sip:user@example.com"), slice(""), 0, permissions);
        assertEquals(Permissions.ALLOW, permissions.handling());
        String shown = applyAgain(DOCUMENT.replace("urn:x", "urn:vendor-specific:foo-namespace"));
        SchemaValidation.presence(shown.getBytes());
        assertTrue(shown.contains("id='t1'") && shown.contains("id='t2'") && shown.contains("id='p1'"), shown);
        assertFalse(shown.contains("device id") || shown.contains("mood") || shown.contains("<note>"), shown);
        assertTrue(shown.contains("<r:user-input>active</r:user-input>") && shown.contains("<r:user-input id='u1'>idle</r:user-input>"), shown);
        assertTrue(shown.contains("<r:activities><r:note>far</r:note><r:away/></r:activities>") && shown.contains("<x:foo>2</x:foo>"), shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<p:provide-services><p:all-services/></p:provide-services>|t1 t2",
        "<p:provide-services><p:class>biz</p:class></p:provide-services>|t1",
        "<p:provide-services><p:class>Biz</p:class></p:provide-services>|",
        "<p:provide-services><p:occurrence-id>t2</p:occurrence-id></p:provide-services>|t2",
        "<p:provide-services><p:service-uri>sip:p@E.test;user=ip</p:service-uri></p:provide-services>|t1",
        "<p:provide-services><p:service-uri>sip:p@e.test</p:service-uri></p:provide-services>|",
        "<p:provide-services><p:service-uri-scheme>mailto</p:service-uri-scheme></p:provide-services>|t2",
        "<p:provide-services><p:service-uri-scheme>MAILTO</p:service-uri-scheme></p:provide-services>|",
        "<p:provide-persons><p:all-persons/></p:provide-persons>|p1",
        "<p:provide-persons><p:class>home</p:class></p:provide-persons>|p1",
        "<p:provide-persons><p:class>biz</p:class></p:provide-persons>|",
        "<p:provide-devices><p:all-devices/></p:provide-devices>|d1",
        "<p:provide-devices><p:deviceID>urn:uuid:Aa</p:deviceID></p:provide-devices>|d1",
        "<p:provide-devices><p:class>biz</p:class><p:occurrence-id>nope</p:occurrence-id></p:provide-devices>|d1",
        "<p:provide-devices><x:chip xmlns:x='urn:x'/></p:provide-devices>|",
        "<p:provide-note>true</p:provide-note>|note",
        "<p:provide-all-attributes/>|note",
    })
    @Shows("5025-5-1")
    void componentsAreChosenByWhatNamesThem(String permission, String expected) throws Exception {
        String shown = apply(transform(permission), DOCUMENT);
        String found = Stream.of("t1", "t2", "p1", "d1").filter(id -> shown.contains("id='" + id + "'")).collect(Collectors.joining(" "))
                + (shown.contains("<note>all") ? "note" : "");
        assertEquals(expected == null ? "" : expected, found, shown);
        assertFalse(shown.contains("secret"));
        if (!shown.isEmpty()) {
            SchemaValidation.presence(shown.getBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"activities", "class", "deviceID", "mood", "place-is", "place-type", "privacy", "relationship", "sphere", "status-icon", "time-offset", "note"})
    void eachAttributeHasAPermissionOfItsOwn(String name) throws Exception {
        String all = "<p:provide-services><p:all-services/></p:provide-services><p:provide-persons><p:all-persons/></p:provide-persons><p:provide-devices><p:all-devices/>"
                + "</p:provide-devices>";
        String bare = apply(transform(all), DOCUMENT);
        String more = apply(transform(all + "<p:provide-" + name + ">true</p:provide-" + name + ">"), DOCUMENT);
        String element = name.equals("note") ? "note>" : name.equals("deviceID") ? "d:deviceID>urn:uuid:AA" : "<r:" + name + ">";
        assertFalse(bare.contains(element), bare);
        assertTrue(more.contains(element), more);
        assertTrue(bare.contains("<basic>open") && bare.contains("<contact priority") && bare.contains("service-class") && bare.contains("<timestamp>")
                && bare.contains("<d:timestamp>") && bare.contains("<d:deviceID>urn:uuid:aa"), bare);
        assertFalse(bare.contains("tone") || bare.contains("foo") || bare.contains("user-input"), bare);
        SchemaValidation.presence(more.getBytes());
    }

    @ParameterizedTest
    @CsvSource({"false, ''", "bare, <r:user-input id='u1'>idle<", "thresholds, <r:user-input idle-threshold='600'>idle<",
        "full, <r:user-input idle-threshold='600' last-input='2004-10-21T13:20:00Z' id='u1'>idle<"})
    void keysPressedAreToldAsFarAsPermitted(String most, String expected) {
        String shown = apply(transform("<p:provide-services><p:all-services/></p:provide-services><p:provide-user-input>" + most + "</p:provide-user-input>"), DOCUMENT);
        assertTrue(expected.isEmpty() ? !shown.contains("user-input") : shown.contains(expected), shown);
    }

    @Test
    @Shows("5025-3.3.2.14-1")
    void whatIsUnknownHasToBeNamedWithItsNamespace() {
        String all = "<p:provide-services><p:all-services/></p:provide-services>";
        assertTrue(apply(transform(all + "<p:provide-unknown-attribute ns='urn:x' name='foo'>true</p:provide-unknown-attribute>"), DOCUMENT).contains("<x:foo>1"));
        assertFalse(apply(transform(all + "<p:provide-unknown-attribute ns='urn:y' name='foo'>true</p:provide-unknown-attribute>"), DOCUMENT).contains("<x:foo>"));
        assertFalse(apply(transform(all + "<p:provide-unknown-attribute ns='urn:x' name='foo'>false</p:provide-unknown-attribute>"), DOCUMENT).contains("<x:foo>"));
        assertFalse(apply(transform(all + "<p:provide-unknown-attribute ns='urn:x' name='x:foo'>true</p:provide-unknown-attribute>"), DOCUMENT).contains("<x:foo>"));
        String rpid = "<p:provide-unknown-attribute ns='urn:ietf:params:xml:ns:pidf:rpid' name='privacy'>true</p:provide-unknown-attribute>";
        assertFalse(apply(transform(all + rpid), DOCUMENT).contains("<r:privacy>"), "what has a permission of its own is not unknown");
    }

    @Test
    void whatCannotBeReadShowsNothing() {
        apply(transform("<p:provide-all-attributes/><p:provide-services><p:all-services/></p:provide-services>"), DOCUMENT);
        for (int length = 0; length < DOCUMENT.length(); length++) {
            assertEquals("", applyAgain(DOCUMENT.substring(0, length)));
        }
    }

    private static String pick(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private static String some(Random random, int most, java.util.function.Supplier<String> one) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            out.append(one.get());
        }
        return out.toString();
    }

    private static String who(Random random) {
        return pick(random, "sip:w@e.test", "sip:v@e.test", "sip:w@f.test", "tel:+1", "mailto:w@e.test");
    }

    private static String condition(Random random) {
        switch (random.nextInt(6)) {
            case 0: case 1:
                String except = some(random, 2, () -> random.nextBoolean() ? "<except id='" + who(random) + "'/>" : "<except domain='" + pick(random, "e.test", "f.test") + "'/>");
                String many = "<many" + (random.nextBoolean() ? " domain='" + pick(random, "e.test", "f.test") + "'" : "") + ">" + except + "</many>";
                return "<identity>" + (random.nextBoolean() ? many : "<one id='" + who(random) + "'/>") + some(random, 1, () -> "<one id='" + who(random) + "'/>") + "</identity>";
            case 2:
                return "<sphere value='" + pick(random, "work", "home", "home work", "sea") + "'/>";
            case 3:
                String pair = "<from>1970-01-01T00:0" + random.nextInt(5) + ":00Z</from><until>1970-01-01T0" + random.nextInt(3) + ":0" + random.nextInt(10)
                        + ":00+0" + random.nextInt(2) + ":00</until>";
                return "<validity>" + pair + "</validity>";
            case 4:
                return random.nextInt(4) == 0 ? "<y:strange xmlns:y='urn:y'/>" : "";
            default:
                return "";
        }
    }

    private static String permission(Random random) {
        List<String> names = List.of("activities", "class", "deviceID", "mood", "place-is", "place-type", "privacy", "relationship", "sphere", "status-icon", "time-offset", "note");
        switch (random.nextInt(8)) {
            case 0:
                return "<p:provide-services>" + some(random, 3, () -> pick(random, "<p:all-services/>", "<p:class>biz</p:class>", "<p:occurrence-id>t2</p:occurrence-id>",
                        "<p:service-uri>mailto:p@e.test</p:service-uri>", "<p:service-uri-scheme>sip</p:service-uri-scheme>")) + "</p:provide-services>";
            case 1:
                return "<p:provide-persons>" + some(random, 2, () -> pick(random, "<p:all-persons/>", "<p:class>home</p:class>", "<p:occurrence-id>p1</p:occurrence-id>"))
                        + "</p:provide-persons>";
            case 2:
                return "<p:provide-devices>" + some(random, 2, () -> pick(random, "<p:all-devices/>", "<p:class>biz</p:class>", "<p:deviceID>urn:uuid:aa</p:deviceID>"))
                        + "</p:provide-devices>";
            case 3:
                return "<p:provide-user-input>" + pick(random, "false", "bare", "thresholds", "full") + "</p:provide-user-input>";
            case 4:
                return "<p:provide-unknown-attribute ns='urn:x' name='" + pick(random, "foo", "bar", "tone") + "'>" + pick(random, "true", "false") + "</p:provide-unknown-attribute>";
            case 5:
                return random.nextInt(6) == 0 ? "<p:provide-all-attributes/>" : "";
            default:
                String name = names.get(random.nextInt(names.size()));
                return "<p:provide-" + name + ">" + pick(random, "true", "true", "false") + "</p:provide-" + name + ">";
        }
    }

    private static String rule(Random random, int number) {
        String actions = random.nextInt(4) == 0 ? "" : "<actions><p:sub-handling>" + pick(random, "block", "confirm", "polite-block", "allow") + "</p:sub-handling></actions>";
        return "<rule id='r" + number + "'>" + (random.nextInt(5) == 0 ? "" : "<conditions>" + some(random, 3, () -> condition(random)) + "</conditions>") + actions
                + "<transformations>" + some(random, 6, () -> permission(random)) + "</transformations></rule>";
    }

    /** Thousands of rule sets and watchers: this engine and the naive one say the same. */
    @Test
    @Shows({"5025-4-1", "5025-5-1"})
    void twoReadingsOfTheRfcsAgree() throws Exception {
        Random random = new Random(5025);
        int shown = 0;
        int[] handled = new int[4];
        for (int round = 0; round < 3000; round++) {
            List<String> all = new ArrayList<>();
            for (int i = random.nextInt(7); i > 0; i--) {
                all.add(rule(random, i));
            }
            String document = ruleset(String.join("", all));
            String watcher = random.nextInt(8) == 0 ? "" : who(random);
            String sphere = pick(random, "", "work", "home");
            long now = random.nextInt(8000);
            assertEquals(RuleSet.GOOD, rules.check(slice(document)), document);
            rules.decide(slice(document), slice(watcher), slice(sphere), now, permissions);
            NaivePolicy naive = new NaivePolicy(document, watcher, sphere, now);
            String where = round + " " + watcher + " " + sphere + " " + now + " " + document;
            assertEquals(naive.handling, permissions.handling(), where);
            handled[permissions.handling() / 10]++;
            String result = applyAgain(DOCUMENT);
            assertEquals(naive.shown(DOCUMENT), result.isEmpty() ? "" : NaivePolicy.everything(result), where);
            if (!result.isEmpty()) {
                shown++;
                SchemaValidation.presence(result.getBytes());
                if (permissions.shows(1) || !document.contains("<p:class>")) {
                    assertEquals(result, applyAgain(result), "once more changes nothing");
                }
            }
        }
        assertTrue(shown > 500 && handled[0] > 100 && handled[1] > 100 && handled[2] > 100 && handled[3] > 100, shown + " shown");
    }
}
