package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.conformance.Shows;
import org.sidetone.hal.board.Boards;

/** What the sender of a message sees of its way: delivered, read, failed (RFC 5438), from key to display. */
class ReceiptsTest {
    private final List<String> said = new ArrayList<>();
    private VirtualOffice office;
    private VirtualDesk alice;
    private VirtualDesk bob;

    private void start(long seed, Faults faults) throws Exception {
        office = new VirtualOffice(seed, faults, Boards.load("pi-text-20x4"), false);
        CarriedMessages carried = new CarriedMessages();
        office.world.setTap((from, bytes, length, datagram) -> {
            carried.onSent(from, bytes, length, datagram);
            said.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        });
        alice = office.alice;
        bob = office.bob;
        office.powerOn();
        expect(alice, "lamp @bob green");
        expect(bob, "lamp @alice green");
    }

    private static void expect(VirtualDesk desk, String condition) {
        JsonNode answer = desk.ask("wait 120000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(), desk.name() + ": " + condition + ": " + answer);
    }

    private static void press(VirtualDesk desk, String keys) {
        assertTrue(desk.ask("press " + keys).path("ok").asBoolean(), keys);
    }

    private void write(VirtualDesk desk, String text) {
        press(desk, "back back back back L1 soft4");
        desk.ask("type \"" + text + "\"");
        press(desk, "ok");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @Shows({"5438-6.3-2", "5438-7.2.1-9", "5438-12.2-1", "5438-12.2-2", "5438-6.2-1", "5438-6.3-1", "5438-7.1.1.1-1", "5438-7.1.1.2-1", "5438-7.1.1.3-1", "5438-7.2.1-7", "5438-7.2.1-11",
        "5438-7.2.1-12", "5438-11.1.8-1", "5438-12.1.1-1", "5438-7.2.1-4", "5438-10-1", "3428-4-2"})
    void theSenderSeesThatHisMessageWasRead(long seed) throws Exception {
        start(seed, Faults.ROUGH);
        write(alice, "first");
        expect(bob, "lcd contains \"first\"");
        office.world.runTo(office.world.nowMs() + 40_000);
        write(alice, "second");
        expect(bob, "lcd contains \"second\"");
        press(bob, "soft3");
        press(alice, "back back back messages soft2 ok");
        expect(alice, "lcd contains \"read\"");
        String sent = said.stream().filter(m -> m.startsWith("MESSAGE") && m.endsWith("second")).findFirst().orElseThrow();
        assertTrue(sent.contains("Content-Type: message/cpim") && sent.contains("imdn.Message-ID: ") && sent.contains("imdn.Disposition-Notification: positive-delivery"), sent);
        assertTrue(said.stream().anyMatch(m -> m.startsWith("MESSAGE") && m.contains("Content-Type: message/imdn+xml\r\nContent-Disposition: notification") && m.contains("<displayed/>")));
        List<String> ids = said.stream().filter(m -> m.startsWith("MESSAGE") && m.contains("imdn.Message-ID: ")).map(m -> m.split("imdn.Message-ID: ")[1].split("\r")[0]).distinct().toList();
        assertTrue(ids.size() >= 3 && ids.stream().allMatch(i -> i.matches("[0-9a-f]{16,}")), "64 bits of chance each: " + ids);
        List<String> receipts = said.stream().filter(m -> m.startsWith("MESSAGE") && m.contains("message/imdn+xml")).toList();
        assertTrue(receipts.stream().noneMatch(m -> m.contains("IMDN-Record-Route")));
        assertTrue(receipts.stream().allMatch(m -> m.contains("\r\nFrom: \"Bob\" <sip:bob@example.test>") && m.contains("\r\nTo: <sip:alice@example.test>")), "the proxy passes them on and makes none");
        assertEquals(2, receipts.stream().map(m -> m.split("Call-ID: ")[1].split("\r")[0]).distinct().count(), "delivered, and read");
        assertTrue(said.stream().filter(m -> m.startsWith("MESSAGE")).noneMatch(m -> m.contains("\r\nContact: ")));
        assertTrue(said.stream().filter(m -> m.contains("message/imdn+xml")).noneMatch(m -> m.contains("Disposition-Notification")), "nobody asks for a receipt of a receipt");
    }

    @Test
    @Shows({"5438-7.2.1-2", "5438-7.2.1-5", "5438-7.2.1-6", "5438-12.1.3.1-3", "5438-7.2.1-1", "5438-7.2.1-3"})
    void whatIsReadTwiceIsToldOnce() throws Exception {
        start(1, Faults.NONE);
        write(alice, "first");
        expect(bob, "lcd contains \"first\"");
        office.world.runTo(office.world.nowMs() + 5_000);
        write(alice, "second");
        expect(bob, "lcd contains \"second\"");
        press(bob, "soft3");
        expect(bob, "lcd contains \"second\"");
        press(bob, "back messages ok");
        office.world.runTo(office.world.nowMs() + 60_000);
        assertEquals(1, said.stream().filter(m -> m.startsWith("MESSAGE") && m.contains("<displayed/>")).map(m -> m.split("Call-ID: ")[1].split("\r")[0]).distinct().count());
        assertEquals(1, said.stream().filter(m -> m.startsWith("MESSAGE") && m.contains("<delivered/>")).map(m -> m.split("Call-ID: ")[1].split("\r")[0]).distinct().count());
    }
}
