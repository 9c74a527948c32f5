package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestClient;
import org.sidetone.digest.DigestFunction;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.NetworkListener;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.board.BoardException;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.switchboard.xcap.XcapAnswer;
import org.sidetone.switchboard.xcap.XcapDoor;
import org.sidetone.switchboard.xcap.XcapRequest;

/** What the exchange tells of documents that change (RFC 5875); the test plays a device of alice's over UDP. */
class DocumentChangesTest implements NetworkListener {
    private static final String LISTS = "resource-lists/users/sip:alice@example.test/index";
    private static final String ONE = "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list name=\"a\"><entry uri=\"sip:b@e.test\"/></list></resource-lists>";

    private final VirtualOffice office = office();
    private final VirtualNetwork network = office.world.host(0xC0000232);
    private final HostAddress exchange = new HostAddress().setIpv4(0xC0000201, 5060);
    private final DigestClient digest = new DigestClient(new DigestFunction(new DigestsHash(new BouncyDigests())), () -> 7);
    private final DigestClient httpDigest = new DigestClient(new DigestFunction(new DigestsHash(new BouncyDigests())), () -> 8);
    private final Credentials alice = new Credentials();
    private final List<String> notified = new ArrayList<>();
    private final List<String> responses = new ArrayList<>();
    private int socket;
    private int sequence;
    private boolean answering = true;
    private String toTag = "";

    private static VirtualOffice office() {
        try {
            return new VirtualOffice(31, Faults.NONE, Boards.load("desk-text-36x8"), false);
        } catch (BoardException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        alice.username.set("alice");
        alice.password.set("secret-alice");
        socket = network.openDatagrams(new HostAddress().setIpv4(0, 5060), this);
        office.exchange.setXcapRoot("http://example.test/xcap-root/");
    }

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String credentials(DigestClient by, Credentials who, String challenge, String method, String uri) {
        by.challenge(slice(challenge));
        ByteSink sink = new ByteSink().wrap(new byte[1000]);
        by.putCredentials(who, method.getBytes(), slice(uri), slice(""), sink);
        return sink.slice(new Slice()).toString();
    }

    private static String header(String message, String name) {
        for (String line : message.substring(0, message.indexOf("\r\n\r\n")).split("\r\n")) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return "";
    }

    private String subscribe(String event, String type, String body) {
        String authorization = "";
        for (int i = 0; i < 2; i++) {
            sequence++;
            String message = "SUBSCRIBE sip:alice@example.test SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.50:5060;branch=z9hG4bKd" + sequence + "\r\nMax-Forwards: 70\r\nFrom: <sip:alice@example.test>;tag=f\r\n"
                    + "To: <sip:alice@example.test>" + toTag + "\r\nCall-ID: docs\r\nCSeq: " + sequence + " SUBSCRIBE\r\nContact: <sip:alice@192.0.2.50>\r\nEvent: " + event + "\r\n"
                    + authorization + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body;
            byte[] b = message.getBytes(StandardCharsets.UTF_8);
            network.send(socket, exchange, b, 0, b.length);
            office.world.runTo(office.world.nowMs() + 1_000);
            String response = responses.get(responses.size() - 1);
            if (!response.startsWith("SIP/2.0 401")) {
                toTag = response.startsWith("SIP/2.0 200") ? ";tag=" + header(response, "To").replaceFirst(".*tag=", "") : toTag;
                return response;
            }
            authorization = "Authorization: " + credentials(digest, alice, header(response, "WWW-Authenticate"), "SUBSCRIBE", "sip:alice@example.test") + "\r\n";
        }
        throw new AssertionError("not let in");
    }

    private static String watching(String... uris) {
        StringBuilder out = new StringBuilder("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>");
        for (String uri : uris) {
            out.append("<entry uri=\"").append(uri).append("\"/>");
        }
        return out.append("</list></resource-lists>").toString();
    }

    private XcapAnswer ask(String method, String target, String type, String body) {
        String authorization = null;
        for (int i = 0; i < 2; i++) {
            CompletableFuture<XcapDoor.Answer> future = new CompletableFuture<>();
            office.exchange.xcap().offer(new XcapDoor.Call("/x", authorization, new XcapRequest(method, target, type, null, null, body.getBytes(StandardCharsets.UTF_8), null), future));
            office.exchange.doWork(office.world.nowMs());
            office.exchange.doWork(office.world.nowMs());
            XcapDoor.Answer answer = future.getNow(null);
            if (answer.challenges().isEmpty()) {
                office.world.runTo(office.world.nowMs() + 1_000);
                return answer.xcap();
            }
            authorization = credentials(httpDigest, alice, answer.challenges().get(0), method, "/x");
        }
        throw new AssertionError("not let in");
    }

    @Override
    public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
        String message = new String(buffer, offset, length, StandardCharsets.UTF_8);
        if (message.startsWith("SIP/2.0")) {
            responses.add(message);
            return;
        }
        notified.add(message);
        if (!answering) {
            return;
        }
        byte[] b = ("SIP/2.0 200 OK\r\nVia: " + header(message, "Via") + "\r\nFrom: " + header(message, "From") + "\r\nTo: " + header(message, "To") + "\r\nCall-ID: "
                + header(message, "Call-ID") + "\r\nCSeq: " + header(message, "CSeq") + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        network.send(socket, from, b, 0, b.length);
    }

    /** The one document that was told since last time, without its frame. */
    private String told() throws Exception {
        assertEquals(1, notified.size(), notified.toString());
        String message = notified.remove(0);
        assertEquals("application/xcap-diff+xml", header(message, "Content-Type"));
        String body = message.substring(message.indexOf("\r\n\r\n") + 4);
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(Path.of("../../stack/src/test/resources/schemas/xcap-diff.xsd").toFile()).newValidator()
                .validate(new StreamSource(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
        assertTrue(body.contains("xcap-root=\"http://example.test/xcap-root/\""), body);
        return body.replaceFirst("(?s).*?xcap-root=\"[^\"]*\">", "").replace("</xcap-diff>", "");
    }

    /** What was told while nobody answered; from now on somebody does. */
    private String toldLate() throws Exception {
        String first = notified.get(0);
        notified.clear();
        answering = true;
        office.world.runTo(office.world.nowMs() + 5_000);
        notified.removeIf(m -> header(m, "CSeq").equals(header(first, "CSeq")));
        notified.add(0, first);
        String next = notified.size() > 1 ? notified.remove(1) : null;
        String out = told();
        if (next != null) {
            notified.add(next);
        }
        return out;
    }

    private static String bare(XcapAnswer answer) {
        return answer.etag().replace("\"", "");
    }

    @Test
    void documentsPartsAndCollectionsAreWatched() throws Exception {
        String first = bare(ask("PUT", "/" + LISTS, "application/resource-lists+xml", ONE));
        String part = LISTS + "/~~/resource-lists/list%5b@name=%22a%22%5d/entry";
        String attribute = part + "/@uri";
        String ok = subscribe("xcap-diff;diff-processing=no-patching", "application/resource-lists+xml", watching(LISTS, part, attribute, "pres-rules/", "pres-rules/users/sip:bob@example.test/index",
                "rls-services/users/sip:alice@example.test/index"));
        assertTrue(ok.startsWith("SIP/2.0 200"), ok);
        String entry = "<element sel=\"" + part + "\"><entry xmlns=\"urn:ietf:params:xml:ns:resource-lists\" uri=\"sip:b@e.test\"/></element>";
        assertEquals("<document sel=\"" + LISTS + "\" new-etag=\"" + first + "\"/>" + entry + "<attribute sel=\"" + attribute + "\">sip:b@e.test</attribute>", told());
        String second = bare(ask("PUT", "/" + LISTS + "/~~/resource-lists/list/entry/@uri", "application/xcap-att+xml", "\"sip:c@e.test\""));
        assertEquals("<document sel=\"" + LISTS + "\" previous-etag=\"" + first + "\" new-etag=\"" + second + "\"/>" + entry.replace("sip:b", "sip:c") + "<attribute sel=\"" + attribute
                + "\">sip:c@e.test</attribute>", told());
        String rules = "<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\"/>";
        String third = bare(ask("PUT", "/pres-rules/users/sip:alice@example.test/index", "application/auth-policy+xml", rules));
        assertEquals("<document sel=\"pres-rules/users/sip:alice@example.test/index\" new-etag=\"" + third + "\"/>", told(), "a new one in a collection");
        ask("DELETE", "/" + LISTS + "/~~/resource-lists/list/entry", null, "");
        String gone = told();
        assertTrue(gone.contains("<element sel=\"" + part + "\" exists=\"false\"/>") && gone.contains("<attribute sel=\"" + attribute + "\" exists=\"false\"/>"), gone);
        ask("DELETE", "/" + LISTS, null, "");
        assertTrue(told().matches("<document sel=\"" + LISTS + "\" previous-etag=\"\\w+\"/>"));
        subscribe("xcap-diff", "", "");
        assertEquals("<document sel=\"pres-rules/users/sip:alice@example.test/index\" new-etag=\"" + third + "\"/>", told(), "a refresh gets everything that is there");
        subscribe("xcap-diff", "application/resource-lists+xml", watching(LISTS));
        assertEquals("", told(), "another list of what is watched");
    }

    private String change(String uri) {
        return bare(ask("PUT", "/" + LISTS + "/~~/resource-lists/list/entry/@uri", "application/xcap-att+xml", "\"" + uri + "\""));
    }

    private static String patched(String from, String to, String operations) {
        return "<d:document xmlns:d=\"urn:ietf:params:xml:ns:xcap-diff\" xmlns=\"urn:ietf:params:xml:ns:resource-lists\" sel=\"" + LISTS + "\" previous-etag=\"" + from + "\" new-etag=\"" + to
                + "\">" + operations + "</d:document>";
    }

    private static final String ENTRY = "<d:replace sel=\"*/*[1]/*[1]\"><entry uri=\"%s\"/></d:replace>";

    /** RFC 5875 section 4.3: a chain of changes, what they come to, or that there were some. */
    @Test
    void changesAreToldAsTheyWereAskedFor() throws Exception {
        String first = bare(ask("PUT", "/" + LISTS, "application/resource-lists+xml", ONE));
        subscribe("xcap-diff;diff-processing=xcap-patching", "application/resource-lists+xml", watching(LISTS));
        told();
        String second = change("sip:c@e.test");
        assertEquals(patched(first, second, ENTRY.formatted("sip:c@e.test")), told());
        answering = false;
        String third = change("sip:d@e.test");
        String fourth = change("sip:e@e.test");
        String fifth = bare(ask("PUT", "/" + LISTS, "application/resource-lists+xml", ONE.replace("sip:b", "sip:e").replace("<list", " <list")));
        assertEquals(patched(second, third, ENTRY.formatted("sip:d@e.test")), toldLate());
        assertEquals(patched(third, fourth, ENTRY.formatted("sip:e@e.test")) + patched(fourth, fifth, "<d:body-not-changed/>"), told(), "one after the other");
        subscribe("xcap-diff;diff-processing=aggregate", "", "");
        told();
        answering = false;
        String between = change("sip:f@e.test");
        change("sip:g@e.test");
        String sixth = change("sip:h@e.test");
        assertEquals(patched(fifth, between, ENTRY.formatted("sip:f@e.test")), toldLate());
        assertEquals(patched(between, sixth, ENTRY.formatted("sip:h@e.test")), told(), "all in one");
        subscribe("xcap-diff;diff-processing=teleport", "", "");
        told();
        String seventh = change("sip:i@e.test");
        String bare = "<document sel=\"" + LISTS + "\" previous-etag=\"" + sixth + "\" new-etag=\"" + seventh + "\"/>";
        assertEquals(bare, told(), "a mode that is not known");
        subscribe("xcap-diff;diff-processing=aggregate", "", "");
        told();
        String other = "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\" xmlns:x=\"urn:x\"/>";
        String eighth = bare(ask("PUT", "/" + LISTS, "application/resource-lists+xml", other));
        assertEquals(bare.replace(seventh, eighth).replace(sixth, seventh), told(), "the root is another");
    }

    @Test
    void whatIsNoListOfUrisIsRefused() {
        assertTrue(subscribe("xcap-diff", "text/plain", "x").startsWith("SIP/2.0 415 "));
        assertTrue(responses.get(responses.size() - 1).contains("\r\nAccept: application/resource-lists+xml\r\n"));
        assertTrue(subscribe("xcap-diff", "application/resource-lists+xml", "<x").startsWith("SIP/2.0 400 "));
        String[] many = new String[65];
        java.util.Arrays.fill(many, "pres-rules/");
        assertTrue(subscribe("xcap-diff", "application/resource-lists+xml", watching(many)).startsWith("SIP/2.0 4"), "too many");
        assertEquals(List.of(), notified);
    }

    @Override
    public void onAccepted(int listeningHandle, int connection, HostAddress from) {
        network.close(connection);
    }

    @Override
    public void onConnected(int connection) {
        // it connects to nobody
    }

    @Override
    public void onData(int connection, byte[] buffer, int offset, int length) {
        // no streams
    }

    @Override
    public void onClosed(int connection) {
        // no streams
    }
}
