package org.sidetone.bench.allocation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.sidetone.firmware.phone.Phone;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.Key;
import org.sidetone.hal.board.BoardException;
import org.sidetone.hal.board.Boards;

/**
 * What is allocated on the way of a datagram: a phone on real sockets with a still clock, peers on real sockets beside it. Bytes are
 * summed over all live threads but that of the peers.
 */
final class AllocationBench {
    /** One line. */
    record Figure(String path, double bytesEach, String remark) {
    }

    private static final int CONTACTS = 6;
    private static final int WARM_UP = 300;
    /** Contacts, Edit, Add a contact: a. */
    private static final int[] COME = {Key.BACK, Key.BACK, Key.BACK, Key.SOFT_1, Key.SOFT_1 + 1, Key.OK, 2, Key.SOFT_1 + 3};
    /** Down to the last, Edit, Remove, Really remove. */
    private static final int[] GO = {Key.DOWN, Key.DOWN, Key.DOWN, Key.DOWN, Key.DOWN, Key.DOWN, Key.SOFT_1 + 1, Key.DOWN, Key.DOWN, Key.OK, Key.OK, Key.BACK};
    /** Handed over at once: one for each dialog, whose next comes after the answer. */
    private static final int BATCH = CONTACTS;
    private static final long AFTER_BATCH_MS = 40_000;
    private static final long EXPIRES_SEC = 10_000_000;
    private static final int SPINS = 20_000;
    private static final int SPINS_BEFORE_SENDING_AGAIN = 500;

    private final int messages;
    private final BenchHardware hardware;
    private final FakeExchange exchange;
    private final Phone phone;
    private byte[] sink = new byte[0];
    private ChatPeer chatPeer;

    AllocationBench(int messages) throws IOException, BoardException {
        this.messages = messages;
        hardware = new BenchHardware(Boards.load("desk-text-36x8"));
        exchange = new FakeExchange(3, EXPIRES_SEC);
        Settings settings = new Settings();
        AccountSettings account = new AccountSettings();
        account.address = "sip:alice@example.test";
        account.displayName = "Alice";
        account.password = "secret";
        account.serverHost = "127.0.0.1";
        account.serverPort = exchange.port();
        account.mailbox = false;
        settings.accounts = new AccountSettings[] {account};
        settings.contacts = new ContactSettings[CONTACTS];
        for (int i = 0; i < CONTACTS; i++) {
            settings.contacts[i] = new ContactSettings("sip:contact" + i + "@example.test", "Contact " + i, 0);
        }
        settings.expiresSec = (int) EXPIRES_SEC;
        settings.rigPort = 0;
        phone = new Phone(hardware, settings);
    }

    List<Figure> run() throws IOException {
        List<Figure> figures = new ArrayList<>();
        try {
            phone.boot();
            exchange.setPhone(phone.sipPort());
            turnUntil(() -> phone.isRegistered() && exchange.subscriptions() == CONTACTS && !exchange.hasUnanswered());
            figures.add(measure("NOTIFY with a PIDF document, socket to lamp and display", i -> exchange.notify(i), BATCH, false));
            figures.add(measure("NOTIFY with what changed of a document, the same way", i -> exchange.notifyChange(i), BATCH, false));
            figures.add(measure("MESSAGE, socket to inbox entry, 200 and display, then read by keys", i -> exchange.message(i), 1, false));
            figures.add(measure("the same with 16 bytes thrown away each: the control", i -> exchange.message(i), 1, true));
            figures.add(chat());
            figures.add(refreshes());
            figures.add(book());
            figures.add(stranger());
        } finally {
            exchange.close();
            hardware.close();
        }
        return figures;
    }

    /** CPU nanoseconds of the phone's thread for a NOTIFY with a rich document, from the socket to lamp, display and the 200 on the wire: one for each round. */
    double[] nsPerNotify(int warmUpRounds, int rounds) throws IOException {
        double[] all = new double[rounds];
        try {
            phone.boot();
            exchange.setPhone(phone.sipPort());
            turnUntil(() -> phone.isRegistered() && exchange.subscriptions() == CONTACTS && !exchange.hasUnanswered());
            for (int round = -warmUpRounds; round < rounds; round++) {
                byte[][] datagrams = new byte[messages][];
                for (int i = 0; i < messages; i++) {
                    datagrams[i] = exchange.notify(i);
                }
                long answered = exchange.good();
                long before = threads().getCurrentThreadCpuTime();
                carry(datagrams, 0, messages, BATCH, false);
                double each = (threads().getCurrentThreadCpuTime() - before) / (double) messages;
                if (exchange.good() - answered != messages) {
                    throw new IOException(exchange.good() - answered + " of " + messages + " were answered 200");
                }
                if (round >= 0) {
                    all[round] = each;
                }
            }
        } finally {
            exchange.close();
            hardware.close();
        }
        return all;
    }

    private interface Condition {
        boolean holds();
    }

    private void turnUntil(Condition condition) throws IOException {
        for (int i = 0; i < SPINS && !condition.holds(); i++) {
            turn(1);
        }
        if (!condition.holds()) {
            throw new IOException("the phone and the bench's exchange did not come together");
        }
    }

    private void turn(long waitMs) {
        while (phone.doWork(hardware.nowMs()) > 0) {
            continue;
        }
        hardware.network().poll(waitMs);
        while (phone.doWork(hardware.nowMs()) > 0) {
            continue;
        }
    }

    private static com.sun.management.ThreadMXBean threads() {
        return (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    }

    /** Bytes allocated so far by every live thread but the peers'. */
    private long allocated() {
        com.sun.management.ThreadMXBean bean = threads();
        long sum = 0;
        for (long id : bean.getAllThreadIds()) {
            if (id != exchange.threadId() && (chatPeer == null || id != chatPeer.threadId())) {
                sum += Math.max(0, bean.getThreadAllocatedBytes(id));
            }
        }
        return sum;
    }

    /** What {@link #allocated} itself allocates, which every measurement takes off. */
    private long overhead() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = allocated();
            least = Math.min(least, allocated() - before);
        }
        return least;
    }

    private Figure measure(String path, IntFunction<byte[]> maker, int batch, boolean control) throws IOException {
        byte[][] datagrams = new byte[messages + WARM_UP][];
        for (int i = 0; i < datagrams.length; i++) {
            datagrams[i] = maker.apply(i);
        }
        carry(datagrams, 0, WARM_UP, batch, false);
        long overhead = overhead();
        long before = allocated();
        long answered = exchange.good();
        carry(datagrams, WARM_UP, datagrams.length, batch, control);
        long bytes = allocated() - before - overhead;
        long good = exchange.good() - answered;
        return new Figure(path, bytes / (double) messages, good + " of " + messages + " answered 200, from " + exchange.peers()
                + " peers interleaved");
    }

    /** Hands datagrams to the peers a batch at a time and turns the phone until it answered them. */
    private void carry(byte[][] datagrams, int from, int to, int batch, boolean control) {
        for (int start = from; start < to; start += batch) {
            int end = Math.min(to, start + batch);
            long wanted = exchange.answers() + end - start;
            exchange.send(datagrams, start, end);
            for (int spins = 1; exchange.answers() < wanted && spins < SPINS; spins++) {
                turn(1);
                if (spins % SPINS_BEFORE_SENDING_AGAIN == 0) {
                    exchange.sendAgain();
                }
            }
            for (int i = start; control && i < end; i++) {
                sink = new byte[0];
            }
            if (batch == 1) {                                // opens the message over its pop-up, and goes back
                hardware.press(Key.OK);
                hardware.press(Key.BACK);
                hardware.press(Key.BACK);
                turn(0);
            }
            hardware.pass(AFTER_BATCH_MS);                   // transactions end by their timers
            turn(0);
        }
    }

    /** Each message is answered by a letter typed with keys. */
    private Figure chat() throws IOException {
        int count = Math.min(1000, messages);
        try (ChatPeer peer = new ChatPeer(phone.sipPort())) {
            chatPeer = peer;
            chatUntil(peer::isRinging);
            hardware.press(Key.OK);
            chatUntil(peer::isOpen);
            byte[][] texts = new byte[WARM_UP + count][];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = peer.message(i);
            }
            talk(texts, 0, WARM_UP);
            long overhead = overhead();
            long before = allocated();
            long peers = talk(texts, WARM_UP, texts.length);
            long bytes = allocated() - before - overhead - peers;
            int confirmed = peer.confirmed();
            hardware.press(Key.SOFT_1 + 1);
            turn(1);
            chatPeer = null;
            return new Figure("a line of a chat, stream to transcript and display, then one typed and sent", bytes / (double) count,
                    confirmed - WARM_UP + " of " + count + " confirmed");
        }
    }

    private void chatUntil(Condition condition) throws IOException {
        turnUntil(condition);
        chatPeer.check();
    }

    /** @return bytes that the peer allocated on this thread */
    private long talk(byte[][] texts, int from, int to) throws IOException {
        com.sun.management.ThreadMXBean bean = threads();
        long peers = 0;
        for (int i = from; i < to; i++) {
            int confirmed = chatPeer.confirmed();
            int heard = chatPeer.heard();
            long before = bean.getCurrentThreadAllocatedBytes();
            chatPeer.say(texts[i]);
            peers += bean.getCurrentThreadAllocatedBytes() - before;
            for (int spins = 0; chatPeer.confirmed() == confirmed && spins < SPINS; spins++) {
                turn(1);
            }
            hardware.press(2);
            hardware.press(Key.OK);
            for (int spins = 0; chatPeer.heard() == heard && spins < SPINS; spins++) {
                turn(1);
            }
            hardware.pass(2000);
            turn(0);
        }
        chatPeer.check();
        return peers;
    }

    private Figure refreshes() throws IOException {
        int count = Math.min(200, messages);
        for (int i = 0; i < 20; i++) {
            refresh();
        }
        long overhead = overhead();
        long before = allocated();
        for (int i = 0; i < count; i++) {
            refresh();
        }
        long bytes = allocated() - before - overhead;
        return new Figure("registration, publication, subscription refreshed", bytes / (double) count,
                count + " rounds of " + (CONTACTS + 2) + " requests with digest");
    }

    private void refresh() throws IOException {
        long wanted = exchange.registrations() + 1;
        hardware.pass(EXPIRES_SEC * 1000 / 2 + 1000);
        for (int spins = 0; exchange.registrations() < wanted && spins < SPINS; spins++) {
            turn(1);
        }
        turnAWhile();
        hardware.pass(AFTER_BATCH_MS);
        turn(0);
        if (exchange.registrations() < wanted) {
            throw new IOException("the registration was not refreshed");
        }
    }

    /** Somebody comes into the book by keys, is watched, and leaves it again. */
    private Figure book() throws IOException {
        int count = Math.min(100, messages);
        for (int i = 0; i < 20; i++) {
            comeAndGo();
        }
        long subscribed = exchange.subscriptions();
        long overhead = overhead();
        long before = allocated();
        for (int i = 0; i < count; i++) {
            comeAndGo();
        }
        long bytes = allocated() - before - overhead;
        return new Figure("a contact typed in, watched, and removed by keys", bytes / (double) count, exchange.subscriptions() - subscribed + " of " + count + " watched");
    }

    private void comeAndGo() {
        press(COME);
        turnAWhile();
        press(GO);
        turnAWhile();
        hardware.pass(AFTER_BATCH_MS);
        turn(0);
    }

    private void press(int[] keys) {
        for (int key : keys) {
            hardware.press(key);
            turn(0);
        }
    }

    /** Peers that the phone never wrote to: Java makes an address for each of their datagrams until they have a socket of their own. */
    private Figure stranger() throws IOException {
        int strangers = 8;
        long overhead = overhead();
        long before = allocated();
        for (int i = 0; i < strangers; i++) {
            exchange.sendAsStranger(new byte[][] {exchange.message(1_000_000 + 3 * i), exchange.message(1_000_001 + 3 * i), exchange.message(1_000_002 + 3 * i)},
                    this::turnAWhile);
        }
        long bytes = allocated() - before - overhead;
        return new Figure("a stranger's first three datagrams", bytes / (double) strangers,
                "the open socket's receive and send, and the connected socket made with the second answer");
    }

    private void turnAWhile() {
        for (int spins = 0; spins < 50; spins++) {
            turn(1);
        }
    }
}
