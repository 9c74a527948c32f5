package org.sidetone.world.virtual;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.Panel;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.switchboard.Exchange;
import org.sidetone.switchboard.ExchangeSettings;
import org.sidetone.switchboard.Users;
import org.sidetone.switchboard.store.MemoryStore;

/** The exchange and the two phones of the story, in one simulated world. */
public final class VirtualOffice {
    private static final int EXCHANGE = 0xC0000201;         // 192.0.2.1
    private static final int ALICE = 0xC000020A;
    private static final int BOB = 0xC000020B;
    private static final int ANOTHER = 0xC000020C;
    private static final String DOMAIN = "example.test";
    private static final int EXPIRES_SEC = 30;

    public final World world;
    public final VirtualDesk alice;
    public final VirtualDesk bob;
    /** Another one after {@link #restartExchange}. */
    public Exchange exchange;
    /** Where the exchange's cable ends; another one then, too. */
    public VirtualNetwork exchangeNetwork;
    private final ExchangeSettings settings = new ExchangeSettings();
    private final MemoryStore store = new MemoryStore();
    private Node exchangeNode;

    public VirtualOffice(long seed, Faults faults, Panel panel, boolean tcp) {
        this(seed, faults, panel, tcp, 16, 16);
    }

    /** @param clients client transactions of a phone. @param servers server transactions of a phone */
    public VirtualOffice(long seed, Faults faults, Panel panel, boolean tcp, int clients, int servers) {
        this(seed, faults, panel, tcp, clients, servers, false, settings -> { });
    }

    /** An office whose phones learn from the exchange where the others are, instead of having been told. */
    public static VirtualOffice learning(long seed, Faults faults, Panel panel) {
        return new VirtualOffice(seed, faults, panel, false, 16, 16, true, settings -> settings.showRegistrations = true);
    }

    /** An office whose exchange keeps messages for so long. */
    public static VirtualOffice keeping(long seed, Faults faults, Panel panel, long seconds) {
        return new VirtualOffice(seed, faults, panel, false, 16, 16, false, settings -> settings.keptSec = seconds);
    }

    /** An office whose exchange has rooms, which are in both books. */
    public static VirtualOffice withRooms(long seed, Faults faults, Panel panel, List<String> rooms) {
        VirtualOffice office = new VirtualOffice(seed, faults, panel, false, 16, 16, false, settings -> settings.rooms = rooms);
        for (VirtualDesk desk : List.of(office.alice, office.bob)) {
            List<ContactSettings> book = new ArrayList<>(List.of(desk.settings().contacts));
            rooms.forEach(r -> book.add(new ContactSettings("sip:" + r + "@" + DOMAIN, r, 0)));
            desk.settings().contacts = book.toArray(ContactSettings[]::new);
        }
        return office;
    }

    private VirtualOffice(long seed, Faults faults, Panel panel, boolean tcp, int clients, int servers, boolean learning,
            Consumer<ExchangeSettings> more) {
        world = new World(seed, faults);
        settings.domain = DOMAIN;
        settings.users = new Users().add("alice", "secret-alice").add("bob", "secret-bob");
        settings.capacity.clientTransactions = 64;
        settings.capacity.serverTransactions = 64;
        settings.capacity.watchers = 16;
        settings.capacity.publications = 16;
        settings.capacity.bindings = 16;
        settings.capacity.proxied = 16;
        settings.capacity.streams = 16;
        settings.capacity.bodyBuffers = 4;
        more.accept(settings);
        startExchange();
        alice = new VirtualDesk(world, "alice", panel, ALICE, phone("alice", "Alice", "bob", "Bob", tcp, clients, servers, learning));
        bob = new VirtualDesk(world, "bob", panel, BOB, phone("bob", "Bob", "alice", "Alice", tcp, clients, servers, learning));
    }

    private void startExchange() {
        exchangeNetwork = world.host(EXCHANGE);
        Exchange started = new Exchange(settings, exchangeNetwork, null, VirtualHardware.clock(world), world.random::nextLong, new BouncyDigests(), store);
        if (started.open() < 0) {
            throw new IllegalStateException("the exchange's port is taken");
        }
        exchangeNode = new Node() {
            @Override
            public int doWork(long nowMs) {
                return started.doWork(nowMs);
            }

            @Override
            public long nextDeadlineMs() {
                return started.nextDeadlineMs();
            }
        };
        world.add(exchangeNode);
        exchange = started;
    }

    /** Pulls the exchange's plug and puts it in again a moment later: what is on its medium is all that is left of it. */
    public void restartExchange() {
        world.remove(exchangeNode);
        exchangeNetwork.powerOff();
        world.runTo(world.nowMs() + 2_000);
        startExchange();
    }

    private static Settings phone(String user, String displayName, String other, String otherName, boolean tcp, int clients,
            int servers, boolean learning) {
        Settings s = new Settings();
        AccountSettings account = new AccountSettings();
        account.address = "sip:" + user + "@" + DOMAIN;
        account.displayName = displayName;
        account.password = "secret-" + user;
        account.serverHost = "192.0.2.1";
        account.serverPort = 5060;
        account.transport = tcp ? "tcp" : "udp";
        s.accounts = new AccountSettings[] {account};
        s.contacts = new ContactSettings[] {new ContactSettings("sip:" + other + "@" + DOMAIN, otherName, 0)};
        s.contacts[0].direct = learning ? "" : "sip:" + other + "@192.0.2." + (other.equals("bob") ? BOB & 0xFF : ALICE & 0xFF);
        s.learnsAddresses = learning;
        s.contacts[0].secret = "between alice and bob";
        s.localPort = 5060;
        s.capacity.clientTransactions = clients;
        s.capacity.serverTransactions = servers;
        s.capacity.accounts = 1;
        s.capacity.contacts = 16;
        s.capacity.subscriptions = 16;
        s.expiresSec = EXPIRES_SEC;
        s.rigPort = 0;
        s.instanceId = UUID.nameUUIDFromBytes(user.getBytes(StandardCharsets.UTF_8)).toString();
        return s;
    }

    /** Another phone of alice's, whose settings name nobody. */
    public VirtualDesk anotherOfAlice(Panel panel) {
        Settings s = phone("alice", "Alice", "bob", "Bob", false, 16, 16, false);
        s.contacts = new ContactSettings[0];
        s.instanceId = UUID.nameUUIDFromBytes("another of alice's".getBytes(StandardCharsets.UTF_8)).toString();
        return new VirtualDesk(world, "another", panel, ANOTHER, s);
    }

    public void powerOn() {
        alice.powerOn();
        bob.powerOn();
    }
}
