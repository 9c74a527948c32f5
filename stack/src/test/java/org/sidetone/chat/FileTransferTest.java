package org.sidetone.chat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;

/** Files between two phones (RFC 5547). */
class FileTransferTest extends TwoPhones {
    private static final int LARGE = 16_000;
    private final byte[] card = bytes(300);
    private final byte[] picture = bytes(LARGE);

    FileTransferTest() {
        net.bufferBytes = 5_000;
    }

    private static byte[] bytes(int n) {
        byte[] b = new byte[n];
        new Random(n).nextBytes(b);
        return b;
    }

    private FileTransfer send(Desk from, String to, byte[] content, String name, String type) {
        FileTransfer t = from.chats.newTransfer();
        assertNotNull(t);
        System.arraycopy(content, 0, t.room(), 0, content.length);
        assertTrue(t.send(from.account, text(to), text(name), text(type), content.length, net.nowMs));
        return t;
    }

    private FileTransfer sendCard() {
        FileTransfer t = send(alice, "sip:bob@192.0.2.2", card, "alice.vcf", "text/vcard");
        run();
        return t;
    }

    private static byte[] content(FileTransfer t) {
        Slice s = t.content(new Slice());
        return Arrays.copyOfRange(s.buffer(), s.offset(), s.limit());
    }

    private static String hash(String algorithm, byte[] of) throws Exception {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(MessageDigest.getInstance(algorithm).digest(of));
    }

    private void nothingIsLeft() {
        runTo(net.nowMs + 40_000);
        for (Desk d : List.of(alice, bob)) {
            for (int i = 0; i < d.chats.transfers(); i++) {
                d.chats.transfer(i).release();
                assertTrue(d.chats.transfer(i).isFree(), "a place is lost");
            }
            assertEquals(0, d.chats.sessions().inUse());
            assertEquals(0, d.host.connections());
        }
    }

    @Test
    void aFileIsOfferedAcceptedAndArrives() throws Exception {
        FileTransfer sent = sendCard();
        assertEquals("offered the file alice.vcf, text/vcard, 300, file 200", bob.take());
        assertEquals("file 200", alice.take());
        assertArrayEquals(card, content(bob.transfer));
        assertEquals("alice.vcf", bob.transfer.file.name.toString());
        String sdp = offer();
        assertTrue(sdp.contains("\r\na=sendonly\r\n") && sdp.contains("\r\na=file-disposition:attachment\r\n"), sdp);
        assertTrue(sdp.contains("a=file-selector:name:\"alice.vcf\" type:text/vcard size:300 hash:sha-1:" + hash("SHA-1", card) + " hash:sha-256:" + hash("SHA-256", card) + "\r\n"), sdp);
        String id = sdp.replaceFirst("(?s).*a=file-transfer-id:([0-9a-f]{32})\r\n.*", "$1");
        assertTrue(answer().contains("\r\na=recvonly\r\n") && answer().contains("a=file-selector:name:\"alice.vcf\" type:text/vcard size:300\r\na=file-transfer-id:" + id + "\r\n"), answer());
        assertFalse(answer().contains("file-disposition"));
        assertEquals(300, sent.passed());
        nothingIsLeft();
    }

    @Test
    void anEmptyFileIsAFile() {
        send(alice, "sip:bob@192.0.2.2", new byte[0], "empty", "text/plain");
        run();
        assertEquals("offered the file empty, text/plain, 0, file 200", bob.take());
        assertEquals("file 200", alice.take());
    }

    @Test
    void progressIsSeenAndAChatGoesOnBeside() {
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), net.nowMs);
        run();
        send(alice, "sip:bob@192.0.2.2", picture, "p.jpg", "image/jpeg");
        run();
        assertArrayEquals(picture, content(bob.transfer));
        assertEquals(List.of(4096L, 8192L, 12_288L), alice.progress);
        alice.chat.send(text("got it?"), net.nowMs);
        run();
        assertTrue(bob.told.contains("text got it?"));
        assertEquals(1, bob.host.connections(), "over one connection (section 8.2.3)");
    }

    @Test
    void whatIsNotWantedIsDeclined() {
        bob.takes = false;
        FileTransfer sent = sendCard();
        bob.transfer.refuse(603, net.nowMs);
        run();
        assertEquals("file 603", alice.take());
        assertFalse(sent.isFree(), "its content may be wanted still");
        nothingIsLeft();
    }

    @Test
    void whoeverTakesItWrappedAloneGetsItWrapped() {
        rewriteBob = m -> withSdp(m, s -> s.replace("a=accept-types:message/cpim *", "a=accept-types:message/cpim"));
        sendCard();
        assertEquals("offered the file alice.vcf, text/vcard, 300, file 200", bob.take());
        assertArrayEquals(card, content(bob.transfer));
        assertEquals("file 200", alice.take());
    }

    @Test
    void whatIsTooLargeForTheOtherSideIsNotSent() {
        rewriteBob = m -> withSdp(m, s -> s.replaceFirst("a=max-size:\\d+", "a=max-size:200"));
        sendCard();
        assertEquals("file 413", alice.take());
        assertTrue(bob.take().endsWith("file 487"));
        nothingIsLeft();
    }

    @Test
    void aFileThatCannotBeKeptIsRefused() {
        rewrite = m -> withSdp(m, s -> s.replaceFirst("size:300", "size:16385"));
        sendCard();
        assertEquals("file 488", alice.take());
        assertEquals("missed sip:alice@example.test", bob.take());
    }

    @Test
    void whatArrivesIsComparedWithWhatWasSaid() throws Exception {
        String sha1 = hash("SHA-1", card);
        rewrite = m -> withSdp(m, s -> s.replace(sha1, sha1.replace('A', 'B').replace('1', '2')));
        sendCard();
        assertEquals("offered the file alice.vcf, text/vcard, 300, file 422", bob.take(), "another hash");
        alice.chats.transfer(0).release();
        rewrite = m -> withSdp(m, s -> s.replaceFirst("size:300", "size:299"));
        sendCard();
        assertTrue(bob.take().endsWith("file 422"), "another size");
        alice.chats.transfer(0).release();
        rewrite = m -> withSdp(m, s -> s.replaceFirst(" hash:sha-256:[0-9A-F:]+", " hash:sha-256:" + "00:".repeat(31) + "00"));
        sendCard();
        assertTrue(bob.take().endsWith("file 422"), "another hash of the other kind");
        nothingIsLeft();
    }

    /** Cuts every connection once so many octets were carried. */
    private void breakAfter(long octets) {
        stepUntil(octets);
        alice.host.breakAll();
        run();
    }

    private void stepUntil(long octets) {
        long from = net.carried;
        while (net.carried - from < octets) {
            if (!datagrams.isEmpty()) {
                datagrams.poll().run();
            } else {
                assertTrue(net.step(), "nothing passes any more");
            }
        }
    }

    @Test
    void whereTheConnectionBreaksTheRestIsOfferedAndTheBeginningIsStillThere() {
        send(alice, "sip:bob@192.0.2.2", picture, "p.jpg", "image/jpeg");
        breakAfter(11_000);
        assertEquals("offered the file p.jpg, image/jpeg, 16000, file 503", bob.take());
        assertEquals("", alice.take(), "it is tried again");
        long before = net.carried;
        runTo(net.nowMs + 3_000);
        assertEquals("file 200", alice.take());
        assertEquals("offered the file p.jpg, image/jpeg, 16000, file 200", bob.take());
        assertArrayEquals(picture, content(bob.transfer));
        List<String> offers = carried.stream().filter(m -> m.startsWith("INVITE")).toList();
        assertEquals(2, offers.size());
        assertFalse(offers.get(0).contains("file-range"));
        long first = Long.parseLong(offers.get(1).replaceFirst("(?s).*a=file-range:(\\d+)-16000\r\n.*", "$1"));
        assertTrue(first > 4096 && first <= 11_000 && net.carried - before < 16_000, "from " + first);
        assertTrue(carried.stream().anyMatch(m -> m.startsWith("SIP/2.0 200") && m.contains("a=file-range:" + first + "-16000\r\n")), "the answer says it again");
        assertFalse(id(offers.get(0)).equals(id(offers.get(1))), "what goes on is another transfer (section 8.1)");
        nothingIsLeft();
    }

    private static String id(String sdp) {
        return sdp.replaceFirst("(?s).*a=file-transfer-id:([0-9a-f]+)\r\n.*", "$1");
    }

    @Test
    void whoLostTheBeginningGetsTheWhole() {
        send(alice, "sip:bob@192.0.2.2", picture, "p.jpg", "image/jpeg");
        breakAfter(11_000);
        for (int i = 0; i < bob.chats.transfers(); i++) {
            bob.chats.transfer(i).forgetFile();
        }
        runTo(net.nowMs + 3_000);
        assertEquals("file 200", alice.take());
        assertArrayEquals(picture, content(bob.transfer));
        assertEquals(3, carried.stream().filter(m -> m.startsWith("INVITE")).count());
    }

    @Test
    void afterThreeTriesItIsGivenUp() {
        send(alice, "sip:bob@192.0.2.2", picture, "p.jpg", "image/jpeg");
        for (int i = 0; i < 4; i++) {
            breakAfter(1_500);
            net.nowMs += 2_000;
            timers.poll(net.nowMs, 100);
        }
        assertTrue(alice.told.contains("file 503"), alice.told + " " + bob.told);
        assertEquals(4, carried.stream().filter(m -> m.startsWith("INVITE")).count());
        nothingIsLeft();
    }

    @Test
    void eitherSideMayBreakItOff() {
        FileTransfer sent = send(alice, "sip:bob@192.0.2.2", picture, "p.jpg", "image/jpeg");
        stepUntil(9_000);
        sent.end(net.nowMs);
        run();
        assertEquals("offered the file p.jpg, image/jpeg, 16000, file 487", bob.take());
        assertEquals("", alice.take());
        send(alice, "sip:bob@192.0.2.2", picture, "p.jpg", "image/jpeg");
        stepUntil(9_000);
        bob.transfer.end(net.nowMs);
        run();
        assertEquals("file 487", alice.take());
        nothingIsLeft();
    }

    /** Section 8.4: with port 0 the sender takes the offer back within the session; the answer mirrors what names the file. */
    @Test
    void anOfferThatIsTakenBackIsAnsweredSo() {
        rewrite = m -> m.startsWith("BYE") ? "" : m;
        FileTransfer sent = send(alice, "sip:bob@192.0.2.2", picture, "p.jpg", "image/jpeg");
        stepUntil(9_000);
        String first = offer();
        String ack = carried.stream().filter(m -> m.startsWith("ACK")).findFirst().orElseThrow();
        String sdp = first.substring(first.indexOf("\r\n\r\n") + 4).replaceFirst("m=message \\d+", "m=message 0").replaceFirst("(o=- \\d+) 0 ", "$1 1 ");
        String again = ack.substring(0, ack.indexOf("\r\n\r\n")).replaceFirst("ACK", "INVITE").replaceFirst("CSeq: (\\d+) ACK", "CSeq: 999999999 INVITE")
                .replaceFirst("branch=z9hG4bK[0-9a-zA-Z]+", "branch=z9hG4bKtakenback").replaceFirst("Content-Length: +\\d+", "Contact: <sip:alice@192.0.2.1>\r\nContent-Type: application/sdp\r\nContent-Length: " + sdp.length());
        byte[] b = (again + "\r\n\r\n" + sdp).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        bob.transport.onDatagram(new Flow().setIpv4(Flow.UDP, ALICE, 5060), b, 0, b.length, net.nowMs);
        run();
        String said = carried.stream().filter(m -> m.startsWith("SIP/2.0 200") && m.contains("CSeq: 999999999 INVITE")).findFirst().orElseThrow(() -> new AssertionError(carried.toString()));
        assertTrue(said.contains("m=message 0 TCP/MSRP *\r\na=file-selector:name:\"p.jpg\"") && said.contains("a=file-transfer-id:" + id(first) + "\r\n"), said);
        sent.end(net.nowMs);
        runTo(net.nowMs + 60_000);
        assertEquals("offered the file p.jpg, image/jpeg, 16000, file 487", bob.take());
    }

    @Test
    void aFileIsFetchedByWhatIsKnownOfIt() throws Exception {
        bob.gives = t -> {
            System.arraycopy(picture, 0, t.room(), 0, picture.length);
            return t.give(text("bob.jpg"), text("image/jpeg"), picture.length);
        };
        FileTransfer asked = alice.chats.newTransfer();
        asked.file.name.set("bob.jpg");
        assertTrue(asked.fetch(alice.account, text("sip:bob@192.0.2.2"), net.nowMs));
        run();
        assertEquals("asked for the file bob.jpg, file 200", bob.take());
        assertEquals("file 200", alice.take());
        assertArrayEquals(picture, content(asked));
        assertEquals("image/jpeg", asked.file.type.toString());
        assertTrue(offer().contains("\r\na=recvonly\r\n") && offer().contains("\r\na=file-selector:name:\"bob.jpg\"\r\n"), offer());
        assertTrue(answer().contains("\r\na=sendonly\r\n") && answer().contains(" hash:sha-1:" + hash("SHA-1", picture)), answer());
        asked.release();
        FileTransfer other = alice.chats.newTransfer();
        other.file.name.set("another.jpg");
        assertTrue(other.fetch(alice.account, text("sip:bob@192.0.2.2"), net.nowMs));
        run();
        assertEquals("file 404", alice.take());
        nothingIsLeft();
    }

    @Test
    void withoutAPlaceTheCallerHearsThatWeAreBusy() {
        bob.takes = false;
        sendCard();
        sendCard();
        assertNull(alice.chats.newTransfer());
        bob.take();
        Desk third = alice;
        third.chats.transfer(0).end(net.nowMs);
        third.chats.transfer(1).end(net.nowMs);
        run();
        alice.take();
        assertEquals("file 487, file 487", bob.take());
        nothingIsLeft();
    }

    /** A chat beside a file in one offer: the chat is taken, the file's medium refused with what names it (section 8.3). */
    @Test
    void aFileBesideAChatIsRefusedByName() {
        String file = "m=message 2855 TCP/MSRP *\r\na=sendonly\r\na=accept-types:*\r\na=path:msrp://192.0.2.1:2855/other;tcp\r\na=file-selector:size:5\r\na=file-transfer-id:abc\r\n";
        rewrite = m -> m.startsWith("INVITE") ? withSdp(m, s -> s + file) : m;
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), net.nowMs);
        run();
        assertTrue(answer().contains("m=message 0 TCP/MSRP *\r\na=file-selector:size:5\r\na=file-transfer-id:abc\r\n"), answer());
        assertTrue(bob.take().contains("open"));
    }
}
