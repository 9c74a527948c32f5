package org.sidetone.doc.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;

class RuleSetTest {
    private static final String ALLOW = "<actions><p:sub-handling>allow</p:sub-handling></actions>";

    private final RuleSet rules = new RuleSet();
    private final Permissions permissions = new Permissions();

    static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String ruleset(String rules) {
        return "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:p='urn:ietf:params:xml:ns:pres-rules'>" + rules + "</ruleset>";
    }

    private static String rule(String conditions) {
        return ruleset("<rule id='a'><conditions>" + conditions + "</conditions>" + ALLOW + "</rule>");
    }

    private int handling(String document, String watcher, String sphere, String at) {
        rules.decide(slice(document), slice(watcher), slice(sphere), at.isEmpty() ? -1 : OffsetDateTime.parse(at).toEpochSecond(), permissions);
        return permissions.handling();
    }

    private boolean allows(String conditions, String watcher) {
        String document = rule(conditions);
        assertEquals(RuleSet.GOOD, rules.check(slice(document)), document);
        return handling(document, watcher, "", "") == Permissions.ALLOW;
    }

    static Stream<Path> documents() throws IOException {
        return Stream.of("common-policy", "pres-rules").flatMap(type -> {
            try {
                return Stream.concat(Files.list(Vectors.folder("xml/" + type + "/valid")), Files.list(Vectors.folder("xml/" + type + "/invalid"))).sorted();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyDocumentGetsTheVerdictOfTheSchemas(Path file) throws IOException {
        int verdict = rules.check(new Slice().wrap(Files.readAllBytes(file)));
        assertEquals(file.getParent().endsWith("valid"), verdict == RuleSet.GOOD, file + " " + verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "<one id='sip:alice@example.com'/>, sip:alice@example.com, true",
        "<one id='sip:alice@EXAMPLE.com'/>, sip:alice@example.com, true",
        "<one id='sip:%61lice@example.com'/>, sip:alice@example.com, true",
        "<one id='sip:Alice@example.com'/>, sip:alice@example.com, false",
        "<one id='sip:alice@example.com'/>, sips:alice@example.com, false",
        "<one id='tel:+1-212-555-1234'/>, tel:+12125551234, true",
        "<one id='tel:+12125551234'/>, sip:+12125551234@example.com, false",
        "<one id='sip:+12125551234@example.com'/>, tel:+12125551234, false",
        "<one id='mailto:bob@Example.net'/>, mailto:bob@example.net, true",
        "<one id='mailto:Bob@example.net'/>, mailto:bob@example.net, false",
        "<one id='sip:a&amp;b@example.com'/>, sip:a&b@example.com, true",
        "<one id='sip:bob@example.com'/><one id='sip:alice@example.com'/>, sip:alice@example.com, true",
        "<many/>, sip:alice@example.com, true",
        "<many/>, '', false",
        "<many domain='example.com'/>, sip:alice@example.com, true",
        "<many domain='EXAMPLE.com'/>, sip:alice@example.com, true",
        "<many domain='ex%61mple.com'/>, sip:alice@example.com, true",
        "<many domain='example.com.'/>, sip:alice@example.com, true",
        "<many domain='example.com'/>, sip:alice@sub.example.com, false",
        "<many domain='sub.example.com'/>, sip:alice@example.com, false",
        "<many domain='example.org'/>, sip:alice@example.com, false",
        "<many domain='example.com'/>, sip:alice@example.com.evil.test, false",
        "<many domain='example.com'/>, tel:+1, false",
        "<many domain='b\u00fccher.example'/>, sip:alice@xn--bcher-kva.example, true",
        "<many domain='B\u00dcCHER.example'/>, sip:alice@xn--bcher-kva.example, true",
        "<many domain='xn--bcher-kva.example'/>, sip:alice@xn--bcher-kva.example, true",
        "<many domain='\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587.example'/>, sip:a@xn--ihqwcrb4cv8a8dqg056pqjye.example, true",
        "<many domain='example..com'/>, sip:alice@example.com, false",
        "<many><except id='sip:alice@example.com'/></many>, sip:alice@example.com, false",
        "<many><except id='sip:alice@example.com'/></many>, sip:bob@example.com, true",
        "<many><except domain='example.com'/></many>, sip:alice@example.com, false",
        "<many><except domain='example.com'/></many>, sip:alice@example.org, true",
        "<many><except domain='example.com'/><except id='sip:mallory@example.org'/></many>, sip:mallory@example.org, false",
        "<many domain='example.com'><except id='sip:alice@example.com'/></many>, sip:alice@example.com, false",
        "<many domain='example.com'><except id='sip:alice@example.com'/></many>, sip:carol@example.com, true",
        "<many domain='example.com'><except id='sip:alice@example.com'/></many>, sip:carol@example.org, false",
        "<many><except id='sip:alice@example.com'/></many><one id='sip:alice@example.com'/>, sip:alice@example.com, true",
        "<x:crowd xmlns:x='urn:x'/>, sip:alice@example.com, false",
        "<x:crowd xmlns:x='urn:x'/><one id='sip:alice@example.com'/>, sip:alice@example.com, true",
    })
    @Shows({"4745-7.1.3-1", "4745-7.2-2"})
    void identitiesMatchAsTheRfcSays(String identity, String watcher, boolean expected) {
        assertEquals(expected, allows("<identity>" + identity + "</identity>", watcher));
    }

    @Test
    void anIdentityLongerThanThereIsRoomForMatchesNobodyAndAnExceptionOfThatLengthEverybody() {
        String longName = "sip:" + "a".repeat(300) + "@example.com";
        assertFalse(allows("<identity><one id='" + longName + "'/></identity>", longName));
        assertFalse(allows("<identity><many><except id='" + longName + "'/></many></identity>", "sip:alice@example.com"));
    }

    @Test
    void withoutAnIdentityConditionARuleIsForEverybody() {
        assertEquals(Permissions.ALLOW, handling(ruleset("<rule id='a'>" + ALLOW + "</rule>"), "", "", ""));
        assertEquals(Permissions.ALLOW, handling(ruleset("<rule id='a'><conditions/>" + ALLOW + "</rule>"), "", "", ""));
    }

    @Test
    void aConditionThatIsNotUnderstoodDoesNotHold() {
        assertFalse(allows("<x:moon xmlns:x='urn:x'/>", "sip:alice@example.com"));
        assertFalse(allows("<identity><many/></identity><x:moon xmlns:x='urn:x'/>", "sip:alice@example.com"));
    }

    @Test
    void allConditionsOfARuleHaveToHold() {
        assertFalse(allows("<identity><many/></identity><identity><one id='sip:bob@example.com'/></identity>", "sip:alice@example.com"));
        assertTrue(allows("<identity><many/></identity><identity><one id='sip:alice@example.com'/></identity>", "sip:alice@example.com"));
    }

    @ParameterizedTest
    @CsvSource({"work, work, true", "WORK, work, true", "'home work', work, true", "'home work', homework, false", "home, work, false", "work, '', false",
        "'', work, false"})
    @Shows({"4745-7.3-2", "4745-7.3-3"})
    void aSphereIsOneOfTheWords(String value, String sphere, boolean expected) {
        assertEquals(expected, handling(rule("<sphere value='" + value + "'/>"), "sip:a@b.test", sphere, "") == Permissions.ALLOW);
    }

    @Test
    void theSphereIsTheAttributeNotTheText() {
        assertEquals(Permissions.BLOCK, handling(rule("<sphere value='home'>work</sphere>"), "sip:a@b.test", "work", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "2003-08-15T10:19:59-05:00, false", "2003-08-15T10:20:00-05:00, true", "2003-08-15T15:20:00Z, true", "2003-09-15T15:19:59Z, true",
        "2003-09-15T15:20:00Z, false", "2004-01-01T00:00:00Z, true", "2004-01-01T00:59:59Z, true", "2004-01-01T01:00:00Z, false", "'', false"
    })
    void aRuleIsValidFromItsBeginningUpToItsEnd(String now, boolean expected) {
        String document = rule("<validity><from>2003-08-15T10:20:00.000-05:00</from><until>2003-09-15T10:20:00.000-05:00</until>"
                + "<from>2004-01-01T00:00:00Z</from><until>2004-01-01T01:00:00Z</until></validity>");
        assertEquals(RuleSet.GOOD, rules.check(slice(document)));
        assertEquals(expected, handling(document, "sip:a@b.test", "", now) == Permissions.ALLOW);
    }

    @Test
    void theNextBeginningOrEndIsKnown() {
        String document = rule("<validity><from>2003-08-15T10:00:00Z</from><until>2003-09-15T10:00:00Z</until></validity>");
        handling(document, "sip:a@b.test", "", "2003-01-01T00:00:00Z");
        assertEquals(Instant.parse("2003-08-15T10:00:00Z").getEpochSecond(), rules.nextChangeSec());
        handling(document, "sip:a@b.test", "", "2003-08-15T10:00:00Z");
        assertEquals(Instant.parse("2003-09-15T10:00:00Z").getEpochSecond(), rules.nextChangeSec());
        handling(document, "sip:a@b.test", "", "2003-09-15T10:00:00Z");
        assertEquals(RuleSet.NEVER, rules.nextChangeSec());
    }

    @ParameterizedTest
    @CsvSource({"<from>2003-08-15T10:20:00Z</from>", "<until>2003-08-15T10:20:00Z</until>", "<until>2003-08-15T10:20:00Z</until><from>2003-08-15T10:20:00Z</from>",
        "<from>2003-08-15T10:20:00Z</from><from>2003-08-15T10:20:00Z</from><until>2003-08-15T10:20:00Z</until>"})
    @Shows("4745-7.4-1")
    void timesComeInPairs(String times) {
        assertNotEquals(RuleSet.GOOD, rules.check(slice(rule("<validity>" + times + "</validity>"))));
    }

    @Test
    @Shows("4745-6.1-1")
    void twoRulesOfOneNameAreRefused() {
        String document = ruleset("<rule id='a'/><rule id='a'/>");
        assertEquals(RuleSet.INVALID, rules.check(slice(document)));
        ByteSink why = new ByteSink().wrap(new byte[100]);
        rules.describe(why);
        assertTrue(why.slice(new Slice()).toString().contains("id"), why.slice(new Slice()).toString());
    }

    @Test
    @Shows({"4745-10.2-1", "4745-8-1"})
    void whatTheRulesThatHoldPermitAddsUp() {
        String document = ruleset("<rule id='c'><conditions><identity><one id='sip:a@b.test'/></identity></conditions><actions><p:sub-handling>confirm</p:sub-handling>"
                + "</actions><transformations><p:provide-mood>true</p:provide-mood><p:provide-note>false</p:provide-note><p:provide-user-input>bare</p:provide-user-input>"
                + "<p:provide-services><p:class>biz</p:class></p:provide-services></transformations></rule>"
                + "<rule id='d'><conditions><identity><many/></identity></conditions><actions><p:sub-handling> allow </p:sub-handling></actions><transformations>"
                + "<p:provide-mood>false</p:provide-mood><p:provide-note>1</p:provide-note><p:provide-user-input>thresholds</p:provide-user-input>"
                + "<p:provide-services><p:class>home</p:class></p:provide-services></transformations></rule>"
                + "<rule id='e'><conditions><identity><one id='sip:other@b.test'/></identity></conditions><transformations>"
                + "<p:provide-all-attributes/></transformations></rule>"
                + "<rule id='f'><actions><p:sub-handling>block</p:sub-handling></actions></rule>");
        assertEquals(RuleSet.GOOD, rules.check(slice(document)));
        assertEquals(Permissions.ALLOW, handling(document, "sip:a@b.test", "", ""));
        assertTrue(permissions.shows(3), "mood");
        assertTrue(permissions.shows(11), "note");
        assertFalse(permissions.shows(0), "activities");
        assertEquals(Permissions.INPUT_THRESHOLDS, permissions.userInput());
        assertTrue(permissions.has(Permissions.SERVICES, Permissions.CLASS, slice("biz")));
        assertTrue(permissions.has(Permissions.SERVICES, Permissions.CLASS, slice("home")));
        assertFalse(permissions.has(Permissions.PERSONS, Permissions.CLASS, slice("home")));
    }

    /** RFC 4745 section 10.3: rules 3 and 5 fire; of the numbers the highest counts. */
    @Test
    void theExampleOfCombining() {
        String table = "";
        String[][] rows = {{"bob", "home", "A1", "A2", "confirm"}, {"alice", "work", "A1", "A2", "polite-block"}, {"bob", "work", "A1", "A2", "confirm"},
            {"tom", "work", "A1", "A2", "allow"}, {"bob", "work", "A1", "A3", "polite-block"}, {"bob", "work", "B1", "B2", "allow"}};
        for (int i = 0; i < rows.length; i++) {
            String[] r = rows[i];
            table += "<rule id='r" + i + "'><conditions><identity><one id='sip:" + r[0] + "@e.test'/></identity><sphere value='" + r[1] + "'/><validity><from>" + r[2]
                    + "</from><until>" + r[3] + "</until></validity></conditions><actions><p:sub-handling>" + r[4] + "</p:sub-handling></actions></rule>";
        }
        String document = ruleset(table.replace("A1", "2003-12-24T17:00:00+01:00").replace("A2", "2003-12-24T21:00:00+01:00")
                .replace("A3", "2003-12-24T23:30:00+01:00").replace("B1", "2003-12-22T17:00:00+01:00").replace("B2", "2003-12-23T17:00:00+01:00"));
        assertEquals(RuleSet.GOOD, rules.check(slice(document)));
        assertEquals(Permissions.POLITE_BLOCK, handling(document, "sip:bob@e.test", "work", "2003-12-24T17:15:00+01:00"));
    }

    @Test
    void nothingIsPermittedByADocumentThatBreaksOff() {
        String document = rule("<identity><many/></identity>");
        for (int length = 0; length < document.length(); length++) {
            assertEquals(Permissions.BLOCK, handling(document.substring(0, length), "sip:a@b.test", "", ""), document.substring(0, length));
        }
    }

    @Test
    void aSetThatIsFullShowsLessAndSaysSo() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            many.append("<p:class>c").append(i).append("</p:class>");
        }
        handling(ruleset("<rule id='a'><transformations><p:provide-services>" + many + "</p:provide-services></transformations></rule>"), "", "", "");
        assertTrue(permissions.has(Permissions.SERVICES, Permissions.CLASS, slice("c0")));
        assertFalse(permissions.has(Permissions.SERVICES, Permissions.CLASS, slice("c99")));
        assertEquals(36, permissions.left());
    }
}
