package org.sidetone.bench.memory;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import org.sidetone.bench.report.Report;
import org.sidetone.emulator.LiveHeap;
import org.sidetone.event.Notifier;
import org.sidetone.event.Subscriber;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.bind.NetworkWire;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.hal.host.NioNetwork;
import org.sidetone.hal.host.SystemClock;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.sip.transaction.TransactionLayer;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.switchboard.Exchange;
import org.sidetone.switchboard.ExchangeSettings;
import org.sidetone.switchboard.store.MemoryStore;
import org.sidetone.time.TimerQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone bench memory}. */
@Command(name = "memory", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Says what a subscription takes in memory, at the phone that watches, at the phone that is watched, and at the exchange with 10 to 10,000"
                + " contacts: each registered, publishing, and watched once. All of it is taken at boot.")
public final class MemoryCommand implements Callable<Integer> {
    private static final int FEW = 40;
    private static final int MANY = 1040;
    private static final int[] CONTACTS = {10, 100, 1_000, 10_000};
    private static final long EXPIRES_SEC = 3600;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the table for machines")
    private Path json;

    /** Makes what is weighed. */
    private interface Making {
        Object make() throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        Report report = new Report("memory", "");
        double held = (weigh(() -> subscriber(MANY)) - weigh(() -> subscriber(FEW))) / (double) (MANY - FEW);
        report.add(row("a subscription that a phone holds", held, "dialog, credentials, timers, what was told last"));
        double served = (weigh(() -> notifier(MANY)) - weigh(() -> notifier(FEW))) / (double) (MANY - FEW);
        report.add(row("a watcher that a phone serves", served, "dialog, the request under way, rate, filter"));
        long few = 0;
        for (int contacts : CONTACTS) {
            long bytes = weigh(() -> exchange(contacts));
            few = contacts == CONTACTS[0] ? bytes : few;
            double each = contacts == CONTACTS[0] ? Double.NaN : (bytes - few) / (double) (contacts - CONTACTS[0]);
            report.add(row(String.format("the exchange with %,d contacts", contacts), bytes,
                    Double.isNaN(each) ? "transactions, connections and buffers, whatever the contacts" : String.format("%,.0f for each beyond %d", each, CONTACTS[0])));
        }
        report.print();
        report.write(json);
        return 0;
    }

    private static Report.Row row(String name, double bytes, String remark) {
        return new Report.Row(name, bytes, "bytes", Double.NaN, Double.NaN, remark);
    }

    /** Octets of heap that something made keeps, the smaller of two tries. */
    private static long weigh(Making making) throws IOException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            long before = LiveHeap.octets();
            Object made = making.make();
            least = Math.min(least, LiveHeap.octets() - before);
            Reference.reachabilityFence(made);
        }
        return least;
    }

    private static UserAgent agent(Capacity capacity) throws IOException {
        TimerQueue timers = new TimerQueue();
        SystemClock clock = new SystemClock();
        NetworkWire wire = new NetworkWire(new NioNetwork(), clock, capacity.streams, new Domains(capacity.locations));
        TransactionLayer transactions = new TransactionLayer(new SipTransport(wire, capacity, 1), timers, () -> 7, capacity);
        return new UserAgent(transactions, timers, () -> 7, new DigestsHash(new BouncyDigests()), capacity, "bench");
    }

    private static Object subscriber(int subscriptions) throws IOException {
        Capacity capacity = Capacity.desk();
        capacity.subscriptions = subscriptions;
        return new Subscriber(agent(capacity), capacity);
    }

    private static Object notifier(int watchers) throws IOException {
        Capacity capacity = Capacity.desk();
        capacity.watchers = watchers;
        return new Notifier(agent(capacity), capacity, 1, EXPIRES_SEC);
    }

    private static Object exchange(int contacts) throws IOException {
        ExchangeSettings settings = new ExchangeSettings();
        settings.capacity.watchers = contacts;
        settings.capacity.publications = contacts;
        settings.capacity.bindings = contacts;
        Random dice = new Random(1);
        return new Exchange(settings, new NioNetwork(), null, new SystemClock(), dice::nextLong, new BouncyDigests(), new MemoryStore());
    }
}
