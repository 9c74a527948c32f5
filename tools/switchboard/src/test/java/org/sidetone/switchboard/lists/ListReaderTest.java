package org.sidetone.switchboard.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.switchboard.store.MemoryStore;
import org.sidetone.switchboard.store.Store;
import org.sidetone.switchboard.xcap.Documents;

/** What is in the lists of documents that were put before the exchange came up. */
class ListReaderTest {
    private static final String ALICE = "sip:alice@e.test";
    private static final String ROOT = "http://xcap.e.test/xcap-root/";
    private final Store store = new MemoryStore();

    private void put(String name, String content) {
        byte[] tag = "\"1\"".getBytes(StandardCharsets.US_ASCII);
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        store.put("xcap/" + name, ByteBuffer.allocate(4 + tag.length + body.length).putInt(tag.length).put(tag).put(body).array());
    }

    private void lists(String user, String content) {
        put("resource-lists/users/" + user + "/index", "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\">" + content + "</resource-lists>");
    }

    private static String anchor(String user, String list) {
        return ROOT + "resource-lists/users/" + user + "/index/~~/resource-lists/list%5b@name=%22" + list + "%22%5d";
    }

    private static String external(String list) {
        return "<external anchor=\"" + anchor(ALICE, list) + "\"/>";
    }

    private List<String> served(String list) {
        put("rls-services/users/" + ALICE + "/index", "<rls-services xmlns=\"urn:ietf:params:xml:ns:rls-services\" xmlns:rl=\"urn:ietf:params:xml:ns:resource-lists\">"
                + "<service uri=\"sip:book@e.test\">" + list + "<packages><package>presence</package></packages></service></rls-services>");
        ServedList served = new ListReader(new Documents(store, () -> 1)).all().get("sip:book@e.test");
        assertEquals(ALICE, served.owner());
        assertTrue(ListReader.serves(served, "presence") && !ListReader.serves(served, "dialog"));
        return served.entries().stream().map(e -> new String(e.uri(), StandardCharsets.UTF_8) + " " + new String(e.name(), StandardCharsets.UTF_8)).toList();
    }

    private List<String> named(String list) {
        return served("<resource-list>" + anchor(ALICE, list) + "</resource-list>");
    }

    @Test
    void listsWithinListsAndReferencesCountWithWhatIsInThem() {
        lists(ALICE, "<list name=\"a\"><entry uri=\"sip:b@e.test\"><display-name>Bob</display-name></entry><list name=\"c\"><entry uri=\"sip:c@e.test\"/></list>"
                + "<entry-ref ref=\"resource-lists/users/" + ALICE + "/index/~~/resource-lists/list%5b@name=%22z%22%5d/entry\"/>" + external("z") + "</list>"
                + "<list name=\"z\"><entry uri=\"sip:z@e.test\"><display-name>Zoe</display-name></entry></list>");
        assertEquals(List.of("sip:b@e.test Bob", "sip:c@e.test ", "sip:z@e.test "), named("a"));
        assertEquals(List.of("sip:z@e.test Zoe"), named("z"));
        assertEquals(List.of("sip:d@e.test ", "sip:z@e.test Zoe"), served("<list><rl:entry uri=\"sip:d@e.test\"/>" + external("z").replace("<", "<rl:") + "</list>"));
    }

    @Test
    void whatLeadsNowhereOrToOthersIsLeftOut() {
        lists("sip:eve@e.test", "<list name=\"x\"><entry uri=\"sip:eve@e.test\"/></list>");
        lists(ALICE, "<list name=\"a\"><external anchor=\"" + anchor("sip:eve@e.test", "x") + "\"/>" + external("none") + external("a").replace("%5d", "%5d/entry") + "<external anchor=\"http://e.test/\"/>"
                + "<entry-ref ref=\"resource-lists/users/sip:eve@e.test/index/~~/resource-lists/list/entry\"/><entry-ref ref=\"x\"/><entry uri=\"sip:b@e.test\"/></list>");
        assertEquals(List.of("sip:b@e.test "), named("a"));
        assertEquals(List.of(), named("none"));
    }

    /** Thirty lists, each with all of them in it: followed one by one in every order they would not end. */
    @Test
    void listsThatContainEachOtherEnd() {
        StringBuilder all = new StringBuilder();
        StringBuilder references = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            references.append(external("l" + i));
        }
        for (int i = 0; i < 30; i++) {
            all.append("<list name=\"l").append(i).append("\"><entry uri=\"sip:").append(i).append("@e.test\"/>").append(references).append("</list>");
        }
        lists(ALICE, all.toString());
        assertEquals(30, named("l7").size());
    }

    @Test
    void aListThatIsBroughtIsRead() {
        ListReader reader = new ListReader(new Documents(store, () -> 1));
        String list = "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list><entry uri=\"sip:b@e.test\"/></list><list><entry uri=\"sip:b@e.test\"/><entry uri=\"sip:c@e.test\"/></list></resource-lists>";
        assertEquals(2, reader.contained("sip:x@e.test", ALICE, list.getBytes(StandardCharsets.UTF_8)).entries().size());
        assertNull(reader.contained("sip:x@e.test", ALICE, "<x".getBytes(StandardCharsets.UTF_8)));
        assertNull(reader.contained("sip:x@e.test", ALICE, "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>".getBytes(StandardCharsets.UTF_8)));
    }
}
