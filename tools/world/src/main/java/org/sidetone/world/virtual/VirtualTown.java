package org.sidetone.world.virtual;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.Panel;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.switchboard.Exchange;
import org.sidetone.switchboard.ExchangeSettings;
import org.sidetone.switchboard.Users;
import org.sidetone.switchboard.store.MemoryStore;

/**
 * Many phones and an exchange while everything goes wrong: states change, plugs and cables are pulled, the exchange restarts, the network is
 * rough and falls apart. After a quiet time every phone must show of each of its contacts what that contact's phone says.
 */
public final class VirtualTown {
    private static final int EXCHANGE = 0xC6336401;         // 198.51.100.1
    private static final int FIRST_PHONE = 0xC6336402;
    private static final String DOMAIN = "example.test";
    private static final int EXPIRES_SEC = 60;
    private static final int STEP_MS = 2_000;
    private static final int QUIET_MS = 420_000;
    /** What a watcher's display calls the states that {@code OwnPresence} names. */
    private static final Map<String, String> SHOWN = Map.of("Available", "Available", "Busy", "Busy", "Do not disturb", "Busy",
            "Be right back", "Away", "Away", "Away", "Off work", "Away", "Appear offline", "Offline", "Idle", "Idle");

    public final World world;
    private final ExchangeSettings settings = new ExchangeSettings();
    private final MemoryStore store = new MemoryStore();
    private final List<VirtualDesk> phones = new ArrayList<>();
    private final boolean[] on;
    private final boolean[] plugged;
    private final int contacts;
    private VirtualNetwork exchangeNetwork;
    private Node exchangeNode;
    private int restarts;
    private long healsMs = Long.MAX_VALUE;

    /** @param size phones, at most 120. @param contacts that each phone watches, fewer than the phones */
    public VirtualTown(long seed, int size, int contacts, Panel panel) {
        this.contacts = contacts;
        world = new World(seed, Faults.ROUGH);
        on = new boolean[size];
        plugged = new boolean[size];
        settings.domain = DOMAIN;
        settings.users = new Users();
        settings.capacity.watchers = size * contacts * 4;
        settings.capacity.publications = size * 4;
        settings.capacity.bindings = size * 4;
        for (int i = 0; i < size; i++) {
            settings.users.add("u" + i, "secret" + i);
            phones.add(new VirtualDesk(world, "u" + i, panel, FIRST_PHONE + i, phone(i, size)));
        }
        startExchange();
        for (int i = 0; i < size; i++) {
            phones.get(i).powerOn();
            on[i] = true;
            plugged[i] = true;
        }
    }

    private Settings phone(int i, int size) {
        Settings s = new Settings();
        AccountSettings account = new AccountSettings();
        account.address = "sip:u" + i + "@" + DOMAIN;
        account.password = "secret" + i;
        account.serverHost = "198.51.100.1";
        account.serverPort = 5060;
        account.transport = i % 4 == 3 ? "tcp" : "udp";
        s.accounts = new AccountSettings[] {account};
        s.contacts = new ContactSettings[contacts];
        for (int k = 0; k < contacts; k++) {
            s.contacts[k] = new ContactSettings("sip:u" + (i + 1 + k) % size + "@" + DOMAIN, "", 0);
        }
        s.capacity.clientTransactions = 32;
        s.capacity.serverTransactions = 32;
        s.capacity.accounts = 1;
        s.capacity.contacts = contacts;
        s.capacity.subscriptions = 2 * contacts;
        s.expiresSec = EXPIRES_SEC;
        s.rigPort = 0;
        s.instanceId = UUID.nameUUIDFromBytes(account.address.getBytes(StandardCharsets.UTF_8)).toString();
        return s;
    }

    private void startExchange() {
        exchangeNetwork = world.host(EXCHANGE);
        Exchange exchange = new Exchange(settings, exchangeNetwork, null, VirtualHardware.clock(world), world.random::nextLong, new BouncyDigests(), store);
        if (exchange.open() < 0) {
            throw new IllegalStateException("the exchange's port is taken");
        }
        exchangeNode = new Node() {
            @Override
            public int doWork(long nowMs) {
                return exchange.doWork(nowMs);
            }

            @Override
            public long nextDeadlineMs() {
                return exchange.nextDeadlineMs();
            }
        };
        world.add(exchangeNode);
    }

    private void restartExchange() {
        world.remove(exchangeNode);
        exchangeNetwork.powerOff();
        world.runTo(world.nowMs() + world.random.nextInt(20_000));
        startExchange();
        restarts++;
    }

    /** Lets things go wrong, one after the other. */
    public void disturb(int steps) {
        for (int n = 0; n < steps; n++) {
            int i = world.random.nextInt(phones.size());
            int what = world.random.nextInt(20);
            if (what < 10) {
                chooseState(i);
            } else if (what < 13 && on[i]) {
                phones.get(i).powerOff();
                on[i] = false;
            } else if (what < 17 && !on[i]) {
                switchOn(i);
            } else if (what < 19 && on[i]) {
                plug(i, !plugged[i]);
            } else if (what == 19 && world.random.nextInt(3) == 0) {
                restartExchange();
            } else if (what == 19 && healsMs == Long.MAX_VALUE) {
                fallApart();
            }
            if (world.nowMs() >= healsMs) {
                heal();
            }
            world.runTo(world.nowMs() + world.random.nextInt(STEP_MS));
        }
    }

    /** Some phones, a quarter on average, lose the exchange and all others for up to two minutes. */
    private void fallApart() {
        List<Integer> side = new ArrayList<>();
        for (int i = 0; i < phones.size(); i++) {
            if (world.random.nextInt(4) == 0) {
                side.add(FIRST_PHONE + i);
                side.add(FIRST_PHONE + i | VirtualDesk.RIG);
            }
        }
        world.partition(side);
        healsMs = world.nowMs() + world.random.nextInt(120_000);
    }

    private void heal() {
        world.heal();
        healsMs = Long.MAX_VALUE;
    }

    private void switchOn(int i) {
        phones.get(i).powerOn();
        on[i] = true;
        plugged[i] = true;
    }

    private void plug(int i, boolean in) {
        plugged[i] = in;
        phones.get(i).plug(in);
    }

    private void chooseState(int i) {
        if (on[i] && plugged[i]) {
            phones.get(i).ask("press back back back soft3" + (world.random.nextBoolean() ? " down" : " up").repeat(1 + world.random.nextInt(4)) + " ok");
        }
    }

    /** Cables in, an easy network, and time; some phones stay off. */
    public void calm() {
        world.setFaults(Faults.NONE);
        heal();
        for (int i = 0; i < phones.size(); i++) {
            if (on[i] && !plugged[i]) {
                plug(i, true);
            }
        }
        world.runTo(world.nowMs() + QUIET_MS);
    }

    /** Who shows something else than the contact says, a line each. */
    public List<String> disagreements() {
        List<String> out = new ArrayList<>();
        List<String> truth = new ArrayList<>();
        for (int i = 0; i < phones.size(); i++) {
            truth.add(on[i] ? SHOWN.get(phones.get(i).ask("state").path("presence").asText()) : "Offline");
        }
        for (int i = 0; i < phones.size(); i++) {
            if (on[i]) {
                for (JsonNode c : phones.get(i).ask("state").path("contacts")) {
                    String address = c.path("address").asText();
                    String says = truth.get(Integer.parseInt(address.substring(5, address.indexOf('@'))));
                    if (!c.path("state").asText().equals(says)) {
                        out.add("u" + i + " shows " + address + " " + c.path("state").asText() + ", who says " + says);
                    }
                }
            }
        }
        return out;
    }

    /** How often the exchange was restarted. */
    public int restarts() {
        return restarts;
    }
}
