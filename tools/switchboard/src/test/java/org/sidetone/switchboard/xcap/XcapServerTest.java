package org.sidetone.switchboard.xcap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sidetone.conformance.Shows;
import org.sidetone.switchboard.store.MemoryStore;
import org.sidetone.switchboard.store.Store;

class XcapServerTest {
    private static final Path VECTORS = Path.of("src/test/resources/vectors/xcap");
    private static final String LISTS = "/resource-lists/users/sip:alice@e.test/index";
    private static final String ONE_LIST = "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list name=\"a\"><entry uri=\"sip:b@e.test\"/></list></resource-lists>";

    private final Store store = new MemoryStore();
    private final Documents documents = new Documents(store, new java.util.Random(4825)::nextLong);
    private final List<String> heard = new ArrayList<>();
    private final XcapServer server = new XcapServer(documents, "e.test", "alice"::equals,
            (auid, owner, name, content) -> heard.add(auid + " " + owner + " " + name + (content == null ? " gone" : "")));

    /** A usage whose documents may be anything. */
    private static ApplicationUsage anything(String auid, String contentType, String namespace) {
        return new ApplicationUsage(auid, contentType, namespace) {
            @Override
            List<String> namespaces() {
                return List.of();
            }

            @Override
            void check(XcapPath path, byte[] document) {
                // anything
            }
        };
    }

    static Stream<Map<String, String>> steps() throws IOException {
        List<String> lines = Files.readAllLines(VECTORS.resolve("steps.tsv"));
        String[] head = lines.get(0).split("\t", -1);
        return lines.stream().skip(1).map(line -> {
            String[] cells = line.split("\t", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < head.length; i++) {
                row.put(head[i], i < cells.length ? cells[i] : "");
            }
            return row;
        });
    }

    private static byte[] file(Map<String, String> row, String column) throws IOException {
        return row.get(column).isEmpty() ? new byte[0] : Files.readAllBytes(VECTORS.resolve(row.get("sequence")).resolve(row.get(column)));
    }

    private static String canonical(byte[] document) throws Exception {
        var factory = javax.xml.parsers.DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var transformer = javax.xml.transform.TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty("omit-xml-declaration", "yes");
        var out = new java.io.StringWriter();
        var read = factory.newDocumentBuilder().parse(new ByteArrayInputStream(document));
        transformer.transform(new javax.xml.transform.dom.DOMSource(read.getDocumentElement()), new javax.xml.transform.stream.StreamResult(out));
        return out.toString().strip();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    @Shows({"4825-5.8-1", "4825-6.2-1", "4825-6.2-2", "4825-6.2-5", "4825-6.3-3", "4825-8-1", "4825-8-2", "4825-8-8", "4825-8.2-1", "4825-8.2.1-2", "4825-8.2.1-3",
        "4825-8.2.2-1", "4825-8.2.2-3", "4825-8.2.2-5", "4825-8.2.2-6", "4825-8.2.2-10", "4825-8.2.2-11", "4825-8.2.2-15", "4825-8.2.3-1", "4825-8.2.3-2", "4825-8.2.3-3",
        "4825-8.2.3-4", "4825-8.2.3-5", "4825-8.2.3-6", "4825-8.2.3-7", "4825-8.2.3-9", "4825-8.2.4-1", "4825-8.2.4-3", "4825-8.2.5-1", "4825-8.2.5-2", "4825-8.2.5-7",
        "4825-8.2.5-8", "4825-8.3-1", "4825-8.3-2", "4825-8.3-3", "4825-8.3-4", "4825-8.4-1", "4825-8.4-2", "4825-8.4-3", "4825-8.4-5", "4825-8.4-6", "4825-11.1-2"})
    void everyStepOfTheVectorsEndsAsItsTableSays(Map<String, String> row) throws Exception {
        String where = row.get("sequence") + " " + row.get("step");
        String uri = row.get("uri");
        String user = uri.replaceFirst(".*/users/sip:(\\w+)@.*", "$1");
        String domain = uri.contains("/users/") ? uri.replaceFirst(".*/users/sip:\\w+@([\\w.]+).*", "$1") : "example.com";
        Documents at = new Documents(new MemoryStore(), () -> 0xABCL);
        XcapServer of = new XcapServer(at, domain, name -> name.equals(user), (auid, owner, name, content) -> { });
        of.add(anything("watchers", "application/watcherinfo+xml", "urn:ietf:params:xml:ns:watcherinfo"));
        of.add(anything("tests", "application/xml", ""));
        of.add(anything("test", "application/xml", row.get("sequence").equals("rfc4825-6") ? "urn:test:default-namespace" : ""));
        if (!row.get("before").isEmpty()) {
            at.put(uri.substring(1).replaceFirst("/~~.*", ""), file(row, "before"));
        }
        String tag = at.get(uri.substring(1).replaceFirst("/~~.*", "")) == null ? null : "\"abc\"";
        String condition = row.get("headers").replace("\"current\"", "\"abc\"").replace("\"xyz\"", row.get("status").equals("412") ? "\"xyz\"" : "\"abc\"");
        if (uri.contains("/global/")) {
            return;                                      // everybody's lists are nobody's to read: aServicesIndexIsTheUnionOfAll
        }
        XcapAnswer answer = of.handle(new XcapRequest(row.get("method"), uri, row.get("request_content_type").isEmpty() ? null : row.get("request_content_type"),
                condition.startsWith("If-Match: ") ? condition.substring(10) : null, condition.startsWith("If-None-Match: ") ? condition.substring(15) : null,
                file(row, "request_body"), user));
        assertEquals(Integer.parseInt(row.get("status")), answer.status(), where + " " + new String(answer.body(), StandardCharsets.UTF_8));
        if (!row.get("response_content_type").isEmpty()) {
            assertEquals(row.get("response_content_type"), answer.contentType(), where);
        }
        if (answer.status() == 409) {
            assertEquals(reported(file(row, "response_body")), reported(answer.body()), where);
            assertNotNull(validError(answer.body()));
        } else if (answer.status() == 200 && !row.get("response_body").isEmpty()) {
            assertEquals(new String(file(row, "response_body"), StandardCharsets.UTF_8).strip(), new String(answer.body(), StandardCharsets.UTF_8).strip(), where);
            assertEquals(tag, answer.etag(), where);
        } else if (answer.status() == 405) {
            assertTrue(answer.allow().contains("GET"), where);
        }
        if (!row.get("after").isEmpty()) {
            assertEquals(canonical(file(row, "after")), canonical(at.get(uri.substring(1).replaceFirst("/~~.*", "")).content()), where);
            assertNotNull(answer.etag(), where);
        } else if (!row.get("before").isEmpty() && answer.status() >= 300) {
            assertArrayEquals(file(row, "before"), at.get(uri.substring(1).replaceFirst("/~~.*", "")).content(), where + ": nothing changed");
        }
    }

    /** The element of a report, and its field or ancestor without the root of the server. */
    private static String reported(byte[] error) {
        String text = new String(error, StandardCharsets.UTF_8).replaceAll(" phrase=\"[^\"]*\"", "").replaceAll("<\\?.*\\?>", "").replaceAll("\\s+", " ").strip();
        return text.replaceAll("http://xcap.example.com", "").replaceAll("field=\"/[^\"]*/~~/", "field=\"");
    }

    private static byte[] validError(byte[] error) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(Path.of("src/test/resources/xcap-error.xsd").toFile()).newValidator()
                .validate(new StreamSource(new ByteArrayInputStream(error)));
        return error;
    }

    private XcapAnswer ask(String method, String target, String type, String body) {
        return server.handle(new XcapRequest(method, target, type, null, null, body.getBytes(StandardCharsets.UTF_8), "alice"));
    }

    private XcapAnswer put(String target, String type, String body) {
        return ask("PUT", target, type, body);
    }

    private String content(String target) {
        return new String(ask("GET", target, null, "").body(), StandardCharsets.UTF_8);
    }

    private static String conflict(XcapAnswer answer) throws Exception {
        assertEquals(409, answer.status());
        validError(answer.body());
        return new String(answer.body(), StandardCharsets.UTF_8).replaceFirst("(?s).*?<xcap-error[^>]*><([\\w-]+).*", "$1");
    }

    @Test
    @Shows("4825-8-3")
    void everybodysDocumentsAreTheirOwn() {
        assertEquals(201, put(LISTS, "application/resource-lists+xml", ONE_LIST).status());
        for (String method : new String[] {"GET", "PUT", "DELETE"}) {
            assertEquals(403, server.handle(new XcapRequest(method, LISTS, "application/resource-lists+xml", null, null, ONE_LIST.getBytes(), "bob")).status());
            assertEquals(403, server.handle(new XcapRequest(method, LISTS, "application/resource-lists+xml", null, null, ONE_LIST.getBytes(), null)).status());
        }
        assertEquals(404, ask("GET", "/resource-lists/users/sip:alice@other.test/index", null, "").status());
        assertEquals(404, ask("GET", "/resource-lists/users/sip:nobody@e.test/index", null, "").status());
        assertEquals(ONE_LIST, content(LISTS));
    }

    @ParameterizedTest
    @CsvSource({"alice", "alice@e.test", "sip:alice@e.test", "sip%3Aalice%40e.test", "sip:alice@E.TEST", "sips:alice@e.test"})
    void anOwnerIsTheSameHoweverHeIsWritten(String user) {
        put(LISTS, "application/resource-lists+xml", ONE_LIST);
        assertEquals(ONE_LIST, content("/resource-lists/users/" + user + "/index"));
    }

    @ParameterizedTest
    @CsvSource({"/", "/resource-lists", "/resource-lists/users", "/resource-lists/users/alice", "/resource-lists/users/alice/", "/resource-lists/friends/alice/index",
        "/nothing/users/alice/index", "/resource-lists/users/alice/%zz", "/resource-lists/users/alice/index/~~", "/resource-lists/users/alice/index/~~/",
        "/resource-lists/users/alice/../bob/index", "/resource-lists/users/alice/index/~~/resource-lists?nonsense", "/resource-lists/users/alice/other"})
    void whatIsNoNameOfADocumentIsNotFound(String target) {
        put(LISTS, "application/resource-lists+xml", ONE_LIST);
        assertEquals(404, ask("GET", target, null, "").status(), target);
    }

    @Test
    @Shows({"4825-8.5-1", "4825-8.5-2", "4825-8.5-3", "4825-8.2.7-3", "4825-8.2.7-4", "4825-8.3-5", "4825-8.4-8"})
    void allOfADocumentHasOneTagThatChangesWithIt() {
        String first = put(LISTS, "application/resource-lists+xml", ONE_LIST).etag();
        assertEquals(first, ask("GET", LISTS + "/~~/resource-lists/list", null, "").etag());
        String second = put(LISTS + "/~~/resource-lists/list/@name", "application/xcap-att+xml", "\"b\"").etag();
        assertNotEquals(first, second);
        assertEquals(second, ask("GET", LISTS, null, "").etag());
        assertEquals(200, put(LISTS + "/~~/resource-lists/list/@name", "application/xcap-att+xml", "\"b\"").status(), "it was there");
        String third = ask("DELETE", LISTS + "/~~/resource-lists/list/entry", null, "").etag();
        assertNotEquals(second, third);
        assertNull(ask("DELETE", LISTS, null, "").etag());
        assertEquals(404, ask("DELETE", LISTS, null, "").status());
        assertEquals("resource-lists sip:alice@e.test index gone", heard.get(heard.size() - 1));
    }

    @Test
    void conditionsAreThoseOfHttp() {
        String tag = put(LISTS, "application/resource-lists+xml", ONE_LIST).etag();
        byte[] body = ONE_LIST.getBytes();
        String type = "application/resource-lists+xml";
        assertEquals(200, server.handle(new XcapRequest("PUT", LISTS, type, "\"x\", " + tag, null, body, "alice")).status());
        assertEquals(412, server.handle(new XcapRequest("PUT", LISTS, type, tag, null, body, "alice")).status(), "the tag of before");
        assertEquals(200, server.handle(new XcapRequest("PUT", LISTS, type, "*", null, body, "alice")).status());
        assertEquals(412, server.handle(new XcapRequest("PUT", LISTS + "2", type, "*", null, body, "alice")).status(), "there is none");
        assertEquals(201, server.handle(new XcapRequest("PUT", LISTS + "2", type, null, "*", body, "alice")).status());
        assertEquals(412, server.handle(new XcapRequest("PUT", LISTS + "2", type, null, "*", body, "alice")).status());
        String now = documents.get("resource-lists/users/sip:alice@e.test/index").tag();
        assertEquals(304, server.handle(new XcapRequest("GET", LISTS, null, null, now, new byte[0], "alice")).status());
        assertEquals(200, server.handle(new XcapRequest("GET", LISTS, null, now, tag, new byte[0], "alice")).status());
        assertEquals(412, server.handle(new XcapRequest("DELETE", LISTS, null, tag, null, new byte[0], "alice")).status());
    }

    @Test
    @Shows({"4825-8.2.7-1", "4825-8.4-7"})
    void puttingTwiceIsPuttingOnce() {
        put(LISTS, "application/resource-lists+xml", ONE_LIST);
        String entry = LISTS + "/~~/resource-lists/list%5b@name=%22a%22%5d/entry%5b@uri=%22sip:c@e.test%22%5d";
        assertEquals(201, put(entry, "application/xcap-el+xml", "<entry uri=\"sip:c@e.test\"/>").status());
        String once = content(LISTS);
        assertEquals(200, put(entry, "application/xcap-el+xml", "<entry uri=\"sip:c@e.test\"/>").status());
        assertEquals(once, content(LISTS));
        assertEquals(200, ask("DELETE", entry, null, "").status());
        assertEquals(404, ask("DELETE", entry, null, "").status());
        assertEquals(ONE_LIST, content(LISTS));
    }

    @Test
    @Shows({"4825-6.3-4", "4825-8-4", "4825-8.2.2-8", "4825-8.2.2-13", "4825-8.2.3-8", "4825-11.1-4", "4825-6.2-6", "4825-6.3-2"})
    void selectorsAndBodiesThatAreNoneOfThisSpecification() throws Exception {
        put(LISTS, "application/resource-lists+xml", ONE_LIST.replace("</list>", "</list><list name=\"\u00e9\"/>"));
        assertEquals(404, ask("GET", LISTS + "/~~/resource-lists/list/entry", null, "").status(), "two lists, though one entry");
        assertEquals(404, ask("GET", LISTS + "/~~/resource-lists/ext::thing", null, "").status());
        assertEquals(404, ask("GET", LISTS + "/~~/resource-lists/list%5b", null, "").status());
        assertEquals(200, ask("GET", LISTS + "/~~/resource-lists/list%5b@name=%22%c3%a9%22%5d", null, "").status());
        String first = LISTS + "/~~/resource-lists/list%5b@name=%22a%22%5d/*%5b1%5d%5b@name=%22x%22%5d";
        assertEquals(201, put(first, "application/xcap-el+xml", "<list name=\"x\"/>").status());
        assertTrue(content(LISTS).contains("<list name=\"a\"><list name=\"x\"/><entry"), content(LISTS));
        for (String type : new String[] {"application/xcap-el+xml", "application/xcap-att+xml"}) {
            String target = LISTS + "/~~/resource-lists/list%5b@name=%22a%22%5d" + (type.contains("att") ? "/@name" : "");
            assertEquals("not-utf-8", conflict(server.handle(new XcapRequest("PUT", target, type, null, null, new byte[] {'"', (byte) 0xE9, '"'}, "alice"))));
        }
        XcapAnswer twice = put(LISTS + "/~~/resource-lists/list%5b@name=%22a%22%5d/@name", "application/xcap-att+xml", "\"b\"");
        assertEquals("cannot-insert", conflict(twice));
        assertEquals("uniqueness-failure", conflict(put(LISTS + "/~~/resource-lists/list%5b2%5d/@name", "application/xcap-att+xml", "\"a\"")));
    }

    @Test
    void anElementWithoutContentIsOpenedForAChild() {
        put(LISTS, "application/resource-lists+xml", "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"/>");
        assertEquals(201, put(LISTS + "/~~/resource-lists/list", "application/xcap-el+xml", "<list name=\"x\" />").status());
        assertEquals(201, put(LISTS + "/~~/resource-lists/list/entry", "application/xcap-el+xml", "<entry uri=\"sip:a@b\"/>").status());
        assertEquals("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list name=\"x\" ><entry uri=\"sip:a@b\"/></list></resource-lists>", content(LISTS));
    }

    @Test
    @Shows({"4825-6.4-2", "4825-8-9", "4825-8-10", "4825-8.2.3-11", "4825-8.2.5-4", "4825-8.2.7-2"})
    void prefixesOfTheQueryReachElementsOfOtherNamespaces() {
        String rules = "/pres-rules/users/alice/index";
        String document = "<cp:ruleset xmlns=\"urn:ietf:params:xml:ns:pres-rules\" xmlns:cp=\"urn:ietf:params:xml:ns:common-policy\"><cp:rule id=\"r\"><cp:actions>"
                + "<sub-handling>block</sub-handling></cp:actions></cp:rule></cp:ruleset>";
        assertEquals(201, put(rules, "application/auth-policy+xml", document).status());
        String query = "?xmlns(c=urn:ietf:params:xml:ns:common-policy)";
        String handling = rules + "/~~/c:ruleset/c:rule%5b@id='r'%5d/c:actions/sub-handling" + query;
        assertEquals(200, put(handling, "application/xcap-el+xml", "<sub-handling>allow</sub-handling>").status());
        assertTrue(content(rules).contains("<sub-handling>allow</sub-handling>"));
        assertEquals(404, ask("GET", rules + "/~~/ruleset", null, "").status(), "the default namespace is that of pres-rules");
        for (String method : new String[] {"GET", "PUT", "DELETE"}) {
            assertEquals(400, ask(method, rules + "/~~/d:ruleset" + query, "application/xcap-el+xml", "<x/>").status(), "a prefix that is not bound");
        }
        assertEquals(200, ask("GET", rules + "/~~/c:ruleset?element(/1)xmlns(c=urn:ietf:params:xml:ns:common-policy)other()", null, "").status());
        XcapAnswer bindings = ask("GET", rules + "/~~/c:ruleset/c:rule/namespace::*" + query, null, "");
        assertEquals("application/xcap-ns+xml", bindings.contentType());
        assertEquals("<cp:rule xmlns=\"urn:ietf:params:xml:ns:pres-rules\" xmlns:cp=\"urn:ietf:params:xml:ns:common-policy\"/>", new String(bindings.body()));
        assertEquals(List.of("pres-rules sip:alice@e.test index", "pres-rules sip:alice@e.test index"), heard);
    }

    @Test
    @Shows({"4825-5.8-2", "4825-8.2.1-1", "4825-8.2.5-11", "4825-8.2.5-12"})
    void whatTheSchemaOrTheUsageForbidsIsReported() throws Exception {
        assertEquals("schema-validation-error", conflict(put(LISTS, "application/resource-lists+xml", "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><x/></resource-lists>")));
        assertEquals("uniqueness-failure", conflict(put(LISTS, "application/resource-lists+xml", ONE_LIST.replace("<entry uri=\"sip:b@e.test\"/>",
                "<entry uri=\"sip:b@e.test\"/><entry uri=\"sip:b@e.test\"/>"))));
        assertEquals("constraint-failure", conflict(put(LISTS, "application/resource-lists+xml", ONE_LIST.replace("<entry uri=\"sip:b@e.test\"/>", "<entry-ref ref=\"/abs\"/>"))));
        assertEquals("constraint-failure", conflict(put(LISTS, "application/resource-lists+xml", ONE_LIST.replace("<entry uri=\"sip:b@e.test\"/>", "<external anchor=\"list\"/>"))));
        String presence = "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:bob@e.test\"/>";
        assertEquals("constraint-failure", conflict(put("/pidf-manipulation/users/alice/index", "application/pidf+xml", presence)));
        assertEquals(201, put("/pidf-manipulation/users/alice/index", "application/pidf+xml", presence.replace("bob", "alice")).status());
        assertEquals("no-parent", conflict(put("/pidf-manipulation/users/alice/second", "application/pidf+xml", presence.replace("bob", "alice"))));
        assertEquals("not-well-formed", conflict(put(LISTS, "application/resource-lists+xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + ONE_LIST)));
        assertEquals("schema-validation-error", conflict(put("/pres-rules/users/alice/index", "application/auth-policy+xml",
                "<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\"><rule id=\"a\"/><rule id=\"a\"/></ruleset>")));
        assertNull(documents.get("resource-lists/users/sip:alice@e.test/index"));
    }

    private static String services(String uri, String list) {
        return "<rls-services xmlns=\"urn:ietf:params:xml:ns:rls-services\" xmlns:rl=\"urn:ietf:params:xml:ns:resource-lists\"><service uri=\"" + uri + "\">" + list
                + "<packages><package>presence</package></packages></service></rls-services>";
    }

    @Test
    void aServicesIndexIsTheUnionOfAll() throws Exception {
        RlsServices usage = new RlsServices(documents, uri -> false);
        String list = "<list name=\"x\"><rl:entry uri=\"sip:b@e.test\"/></list>";
        assertEquals(201, put("/rls-services/users/alice/index", "application/rls-services+xml", services("sip:friends@e.test", list)).status());
        documents.put("rls-services/users/sip:joe@e.test/index", services("sip:work@e.test", list).getBytes());
        documents.put("rls-services/users/sip:joe@e.test/other", services("sip:hidden@e.test", list).getBytes());
        String index = new String(usage.global("index"), StandardCharsets.UTF_8);
        assertTrue(index.contains("sip:friends@e.test") && index.contains("sip:work@e.test") && !index.contains("hidden"), index);
        new Schemas("lists-bundle.xsd").read(usage.global("index"));
        assertEquals(403, ask("GET", "/rls-services/global/index", null, "").status());
        assertEquals("uniqueness-failure", conflict(put("/rls-services/users/alice/index", "application/rls-services+xml", services("sip:work@e.test", list))));
        assertEquals("uniqueness-failure", conflict(put("/rls-services/users/alice/index", "application/rls-services+xml", services("sip:alice@e.test", list))), "alice is no list");
        assertEquals("constraint-failure", conflict(put("/rls-services/users/alice/index", "application/rls-services+xml",
                services("sip:f@e.test", "<resource-list>http://x.test/resource-lists/users/sip:joe@e.test/index/~~/resource-lists</resource-list>"))));
        assertEquals(200, put("/rls-services/users/alice/index", "application/rls-services+xml",
                services("sip:f@e.test", "<resource-list>http://x.test/resource-lists/users/sip:alice@e.test/index/~~/resource-lists/list%5b@name=%22a%22%5d</resource-list>")).status());
    }

    @Test
    @Shows({"4825-12-1", "4825-12-2", "4825-12.7-1", "4825-12.7-2"})
    void whatTheServerCanDoIsReadByEverybody() throws Exception {
        XcapAnswer answer = ask("GET", "/xcap-caps/global/index", null, "");
        assertEquals(200, answer.status());
        assertEquals("application/xcap-caps+xml", answer.contentType());
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        new Schemas("xcap-caps.xsd").read(answer.body());
        for (String word : new String[] {"<auid>xcap-caps</auid>", "<auid>pres-rules</auid>", "<namespace>urn:ietf:params:xml:ns:xcap-caps</namespace>"}) {
            assertTrue(text.contains(word), text);
        }
        assertEquals("GET, HEAD", put("/xcap-caps/global/index", "application/xcap-caps+xml", text).allow());
        assertEquals(200, ask("GET", "/xcap-caps/global/index/~~/xcap-caps/auids", null, "").status());
    }

    @Test
    @Shows("4825-8.2.5-5")
    void ofKnownNamespacesOnlyWhatIsDeclaredIsTakenOfOthersAnything() throws Exception {
        String entry = "<entry uri=\"sip:b@e.test\"/>";
        assertEquals(201, put(LISTS, "application/resource-lists+xml", ONE_LIST.replace(entry, "<entry uri=\"sip:b@e.test\"><x:y xmlns:x=\"urn:of-nobody\" x:z=\"1\"/></entry>")).status());
        for (String inside : new String[] {"<r:nonsense xmlns:r=\"urn:ietf:params:xml:ns:pres-rules\"/>", "<x:y xmlns:x=\"urn:of-nobody\" xmlns:r=\"urn:ietf:params:xml:ns:pres-rules\" r:z=\"1\"/>",
            "<x:y xmlns:x=\"urn:of-nobody\"><r:serviceless xmlns:r=\"urn:ietf:params:xml:ns:rls-services\"/></x:y>"}) {
            assertEquals("schema-validation-error", conflict(put(LISTS, "application/resource-lists+xml", ONE_LIST.replace(entry, "<entry uri=\"sip:b@e.test\">" + inside + "</entry>"))), inside);
        }
        assertEquals(200, put(LISTS, "application/resource-lists+xml", ONE_LIST.replace(entry, "<entry uri=\"sip:b@e.test\"><r:sub-handling xmlns:r=\"urn:ietf:params:xml:ns:pres-rules\">allow</r:sub-handling></entry>")).status());
    }

    @Test
    void nobodyFillsTheDisk() {
        assertEquals(413, put(LISTS, "application/resource-lists+xml", ONE_LIST + " ".repeat(300_000)).status());
        for (int i = 0; i < 64; i++) {
            assertEquals(201, put("/resource-lists/users/alice/d" + i, "application/resource-lists+xml", ONE_LIST).status());
        }
        assertEquals(413, put("/resource-lists/users/alice/one-more", "application/resource-lists+xml", ONE_LIST).status());
        assertEquals(200, put("/resource-lists/users/alice/d0", "application/resource-lists+xml", ONE_LIST).status());
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 11_000; i++) {
            many.append("<entry uri=\"s:").append(i).append("\"/>");
        }
        assertEquals(413, put("/resource-lists/users/alice/d0", "application/resource-lists+xml", ONE_LIST.replace("<entry uri=\"sip:b@e.test\"/>", many)).status());
    }

    @Test
    void documentsSurviveARestart() {
        String tag = put(LISTS, "application/resource-lists+xml", ONE_LIST).etag();
        assertNotEquals(Store.NONE, server.ticket());
        ask("GET", LISTS, null, "");
        assertEquals(Store.NONE, server.ticket());
        Documents again = new Documents(store, () -> 1);
        assertEquals(tag, again.get("resource-lists/users/sip:alice@e.test/index").tag());
        assertEquals(ONE_LIST, new String(again.get("resource-lists/users/sip:alice@e.test/index").content(), StandardCharsets.UTF_8));
    }
}
