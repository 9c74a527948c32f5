package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.hal.board.Boards;

/** A phone whose plug was pulled leaves no ghosts: it goes on with the publication and the dialogs it had. */
class RebootTest {
    private final List<String> said = new ArrayList<>();
    private VirtualOffice office;

    @BeforeEach
    void start() throws Exception {
        office = new VirtualOffice(11, Faults.NONE, Boards.load("pi-text-20x4"), false);
        office.world.setTap((from, bytes, length, datagram) -> said.add(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        office.powerOn();
        expect("lamp @bob green");
        office.world.runTo(office.world.nowMs() + 3_000);
        assertTrue(office.exchange.figures().contains("watchers 4, publications 2,"), office.exchange.figures());
    }

    private void expect(String condition) {
        JsonNode answer = office.alice.ask("wait 60000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(), condition + ": " + answer);
    }

    private void reboot() {
        office.alice.ask("power off");
        said.clear();
        office.alice.ask("power on");
        expect("lamp @bob green");
        office.world.runTo(office.world.nowMs() + 2_000);
    }

    private List<String> requests(String method) {
        return said.stream().filter(m -> m.startsWith(method + " ") && m.contains("Via: SIP/2.0/UDP 192.0.2.10")).toList();
    }

    @Test
    void theServerHasEverythingOnceAndThePublicationComesFirst() {
        reboot();
        assertTrue(office.exchange.figures().contains("watchers 4, publications 2,"), office.exchange.figures());
        String publish = requests("PUBLISH").get(0);
        assertTrue(publish.contains("\r\nSIP-If-Match: "), publish);
        assertEquals(2, requests("SUBSCRIBE").size());
        for (String s : requests("SUBSCRIBE")) {
            assertTrue(s.contains(";tag=") && s.startsWith("SUBSCRIBE sip:192.0.2.1"), "in its old dialog: " + s);
            assertTrue(said.indexOf(s) > said.indexOf(publish));
        }
        assertFalse(said.stream().anyMatch(m -> m.startsWith("SIP/2.0 481") || m.startsWith("SIP/2.0 412") || m.startsWith("SIP/2.0 500")), said.toString());
        office.bob.ask("press soft3 down down ok");
        expect("lamp @bob red");
    }

    @Test
    void alsoAfterSeveralReboots() {
        for (int i = 0; i < 5; i++) {
            reboot();
            assertTrue(office.exchange.figures().contains("watchers 4, publications 2,"), office.exchange.figures());
        }
        assertFalse(said.stream().anyMatch(m -> m.startsWith("SIP/2.0 500")), "sequence numbers never go back");
    }

    @Test
    void whatTheServerForgotMeanwhileIsMadeAnew() {
        office.alice.ask("power off");
        office.world.runTo(office.world.nowMs() + 120_000);
        assertTrue(office.exchange.figures().contains("watchers 2, publications 1,"), office.exchange.figures());
        said.clear();
        office.alice.ask("power on");
        expect("lamp @bob green");
        office.world.runTo(office.world.nowMs() + 2_000);
        assertTrue(office.exchange.figures().contains("watchers 4, publications 2,"), office.exchange.figures());
        assertTrue(said.stream().anyMatch(m -> m.startsWith("SIP/2.0 412")), "it asked");
        assertEquals(2, said.stream().filter(m -> m.startsWith("SIP/2.0 481")).count());
    }

    @Test
    void whatOthersChangeMeanwhileIsShownAtOnce() {
        office.alice.ask("power off");
        office.bob.ask("press soft3 down down ok");
        office.world.runTo(office.world.nowMs() + 1_000);
        office.alice.ask("power on");
        expect("lamp @bob red");
    }
}
