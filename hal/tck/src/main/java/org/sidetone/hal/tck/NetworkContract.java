package org.sidetone.hal.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;

/** {@link Network}, two ends of it on one machine's loopback. */
public abstract class NetworkContract {
    private static final int LOOPBACK = 0x7F000001;
    private static final int POLLS = 500;
    private static final int QUIET_POLLS = 10;

    protected Network one;
    protected Network two;

    /** Makes an independent network on loopback. */
    protected abstract Network open() throws Exception;

    protected abstract void shut(Network network) throws Exception;

    @BeforeEach
    void openBoth() throws Exception {
        one = open();
        two = open();
    }

    @AfterEach
    void shutBoth() throws Exception {
        shut(one);
        shut(two);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private HostAddress loopback(int port) {
        return new HostAddress().setIpv4(LOOPBACK, port);
    }

    private void until(BooleanSupplier condition) {
        for (int i = 0; i < POLLS && !condition.getAsBoolean(); i++) {
            one.poll(10);
            two.poll(10);
        }
        assertTrue(condition.getAsBoolean(), "it never happened");
    }

    @Test
    void aDatagramArrivesWithItsSource() {
        Listening there = new Listening();
        int from = one.openDatagrams(loopback(0), new Listening());
        int to = two.openDatagrams(loopback(0), there);
        byte[] text = bytes("xhellox");
        assertEquals(Network.SENT, one.send(from, loopback(two.localPort(to)), text, 1, 5));
        text[1] = 'J';                                       // the array is ours again
        until(() -> there.datagrams.size() == 1);
        assertEquals("hello", there.datagrams.get(0));
        assertEquals(one.localPort(from), there.sources.get(0).port());
        assertEquals(LOOPBACK, there.sources.get(0).ipv4());
    }

    /** Nothing is told within a send, what is told stays as it is meanwhile, and nobody's datagrams overtake each other. */
    @Test
    void manyWhoAreAnsweredWithinTheCallKeepTheirOrder() {
        int peers = 40;
        int each = 4;
        int waves = 3;
        List<List<String>> heard = new ArrayList<>();
        Map<Integer, Integer> peerOfPort = new HashMap<>();
        boolean[] telling = new boolean[1];
        List<String> faults = new ArrayList<>();
        Listening answering = new Listening() {
            @Override
            public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
                if (telling[0]) {
                    faults.add("told within a send");
                }
                telling[0] = true;
                String text = new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
                HostAddress back = new HostAddress().set(from);
                for (int answer = 0; answer < 2; answer++) {
                    one.send(handle, back, bytes("to " + text), 0, length + 3);
                }
                if (!text.equals(new String(buffer, offset, length, StandardCharsets.ISO_8859_1)) || !from.isSame(back)) {
                    faults.add(text + " became something else");
                }
                heard.get(peerOfPort.get(back.port())).add(text);
                telling[0] = false;
            }
        };
        int open = one.openDatagrams(loopback(0), answering);
        int[] handles = new int[peers];
        Listening[] listeners = new Listening[peers];
        for (int i = 0; i < peers; i++) {
            listeners[i] = new Listening();
            handles[i] = two.openDatagrams(loopback(0), listeners[i]);
            peerOfPort.put(two.localPort(handles[i]), i);
            heard.add(new ArrayList<>());
        }
        for (int wave = 1; wave <= waves; wave++) {
            for (int n = 0; n < each; n++) {
                for (int i = 0; i < peers; i++) {
                    byte[] text = bytes(wave + "." + n + " of " + i);
                    assertEquals(Network.SENT, two.send(handles[i], loopback(one.localPort(open)), text, 0, text.length));
                }
            }
            untilQuiet();
        }
        assertEquals(List.of(), faults);
        int arrived = 0;
        for (int i = 0; i < peers; i++) {
            arrived += heard.get(i).size();
            assertEquals(heard.get(i).stream().sorted().distinct().toList(), heard.get(i));
            assertEquals(listeners[i].datagrams.stream().sorted().toList(), listeners[i].datagrams);
            for (String answer : listeners[i].datagrams) {
                assertTrue(heard.get(i).contains(answer.substring(3)), answer);
            }
        }
        assertTrue(arrived > peers * each * waves / 2, "datagrams may get lost, but " + arrived + " are few");
    }

    private void untilQuiet() {
        for (int quiet = 0; quiet < QUIET_POLLS; quiet++) {
            if (one.poll(10) + two.poll(10) > 0) {
                quiet = 0;
            }
        }
    }

    @Test
    void aDatagramThatIsTooLargeIsRefused() {
        int from = one.openDatagrams(loopback(0), new Listening());
        assertEquals(Network.TOO_LARGE, one.send(from, loopback(9), new byte[70_000], 0, 70_000));
    }

    @Test
    void aTakenPortIsRefused() {
        int first = one.openDatagrams(loopback(0), new Listening());
        assertEquals(Network.IN_USE, two.openDatagrams(loopback(one.localPort(first)), new Listening()));
        int listening = one.listen(loopback(0), new Listening());
        assertEquals(Network.IN_USE, two.listen(loopback(one.localPort(listening)), new Listening()));
    }

    @Test
    void aClosedHandleIsGone() {
        int handle = one.openDatagrams(loopback(0), new Listening());
        one.close(handle);
        one.close(handle);
        assertEquals(Network.GONE, one.send(handle, loopback(9), bytes("x"), 0, 1));
        assertEquals(Network.GONE, one.localPort(handle));
        assertEquals(Network.GONE, one.write(12345, bytes("x"), 0, 1));
    }

    @Test
    void aStreamCarriesWhatWasWrittenBeforeItWasMade() {
        Listening caller = new Listening();
        Listening called = new Listening();
        int listening = two.listen(loopback(0), called);
        int connection = one.connect(loopback(two.localPort(listening)), caller);
        assertEquals(Network.SENT, one.write(connection, bytes("early "), 0, 6));
        assertEquals(Network.SENT, one.write(connection, bytes("bird"), 0, 4));
        until(() -> called.data.toString().equals("early bird"));
        assertEquals(List.of(connection), caller.connected);
        assertEquals(Network.SENT, two.write(called.accepted.get(0), bytes("worm"), 0, 4));
        until(() -> caller.data.toString().equals("worm"));
    }

    @Test
    void aLargeWriteArrivesWholeAndInOrder() {
        Listening called = new Listening();
        int listening = two.listen(loopback(0), called);
        int connection = one.connect(loopback(two.localPort(listening)), new Listening());
        until(() -> called.accepted.size() == 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append(i).append(' ');
        }
        assertEquals(Network.SENT, one.write(connection, bytes(text.toString()), 0, text.length()));
        until(() -> called.data.length() == text.length());
        assertEquals(text.toString(), called.data.toString());
    }

    @Test
    void whoWritesMoreThanIsReadIsRefusedAndToldWhenThereIsRoom() {
        Listening called = new Listening();
        Listening caller = new Listening();
        int listening = two.listen(loopback(0), called);
        int connection = one.connect(loopback(two.localPort(listening)), caller);
        until(() -> called.accepted.size() == 1 && caller.connected.size() == 1);
        two.pause(called.accepted.get(0));
        byte[] block = new byte[16_384];
        long written = 0;
        int result = Network.SENT;
        while (result == Network.SENT && written < 256L * 1024 * 1024) {
            result = one.write(connection, block, 0, block.length);
            written += result == Network.SENT ? block.length : 0;
            one.poll(0);
            two.poll(0);
        }
        assertEquals(Network.NO_ROOM, result, "nobody reads, and yet it takes everything");
        assertEquals(List.of(), caller.writable);
        assertEquals(0, called.data.length(), "paused before anything came");
        two.resume(called.accepted.get(0));
        long all = written;
        until(() -> caller.writable.size() == 1);
        until(() -> called.data.length() == all);
        assertEquals(Network.SENT, one.write(connection, block, 0, block.length));
        until(() -> called.data.length() == all + block.length);
    }

    @Test
    void theOtherSideHearsOfAClose() {
        Listening called = new Listening();
        Listening caller = new Listening();
        int listening = two.listen(loopback(0), called);
        int connection = one.connect(loopback(two.localPort(listening)), caller);
        until(() -> called.accepted.size() == 1);
        one.write(connection, bytes("bye"), 0, 3);
        one.close(connection);
        until(() -> called.closed.size() == 1);
        assertEquals("bye", called.data.toString());
        assertEquals(List.of(), caller.closed, "who closes hears no more of it");
        assertEquals(Network.GONE, two.write(called.accepted.get(0), bytes("x"), 0, 1));
    }

    @Test
    void aConnectionToNobodyIsClosed() {
        int listening = two.listen(loopback(0), new Listening());
        int port = two.localPort(listening);
        two.close(listening);
        Listening caller = new Listening();
        int connection = one.connect(loopback(port), caller);
        if (connection != Network.UNREACHABLE) {
            until(() -> caller.closed.size() == 1);
            assertEquals(List.of(), caller.connected);
        }
    }

    @Test
    void aConnectionMayBeClosedWithinTheCallThatTellsOfIt() {
        Listening caller = new Listening();
        Listening called = new Listening() {
            @Override
            public void onAccepted(int listeningHandle, int connection, HostAddress from) {
                super.onAccepted(listeningHandle, connection, from);
                two.close(connection);
            }
        };
        int listening = two.listen(loopback(0), called);
        one.connect(loopback(two.localPort(listening)), caller);
        until(() -> caller.closed.size() == 1);
    }

    @Test
    void ourAddressTowardsLoopbackIsLoopback() {
        HostAddress out = new HostAddress();
        one.localAddress(loopback(5060), out);
        assertEquals(LOOPBACK, out.ipv4());
        assertEquals(0, out.port());
    }

    /** A poll without end would hang the build; wake-ups before and during it end it. */
    @Test
    void aWakeUpEndsAPoll() throws Exception {
        one.wakeUp();
        one.poll(600_000);
        Thread other = new Thread(one::wakeUp);
        other.start();
        one.poll(600_000);
        other.join();
    }
}
