package org.sidetone.hal.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.sidetone.hal.DnsAnswer;
import org.sidetone.hal.DnsResolver;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;

/** Names by dnsjava and, for addresses, the machine's hosts file before it; two threads of its own ask. */
public final class DnsJavaResolver implements DnsResolver {
    private static final int THREADS = 2;
    private static final long HOSTS_FILE_TTL_SEC = 60;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread t = new Thread(task, "names");
        t.setDaemon(true);
        return t;
    });
    private final Runnable wakeUp;
    private final Resolver server;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Queue<Answer> answers = new ArrayBlockingQueue<>(QUESTIONS);

    private record Answer(int question, int state, List<Record> records, List<InetAddress> fromHosts) {
    }

    /** @param wakeUp called from a thread of the resolver when an answer is there */
    public DnsJavaResolver(Runnable wakeUp) {
        this(wakeUp, null);
    }

    /** @param server asked instead of the machine's own; null: those */
    public DnsJavaResolver(Runnable wakeUp, Resolver server) {
        this.wakeUp = wakeUp;
        this.server = server;
    }

    @Override
    public boolean ask(int question, int type, byte[] name, int offset, int length) {
        if (underWay.incrementAndGet() > QUESTIONS) {
            underWay.decrementAndGet();
            return false;
        }
        String text = new String(name, offset, length, StandardCharsets.US_ASCII);
        threads.execute(() -> {
            answers.add(look(question, type, text));
            wakeUp.run();
        });
        return true;
    }

    private Answer look(int question, int type, String name) {
        List<InetAddress> local = type == A || type == AAAA ? hosts(type, name) : List.of();
        if (!local.isEmpty()) {
            return new Answer(question, DnsAnswer.FOUND, List.of(), local);
        }
        try {
            Lookup lookup = new Lookup(name + ".", type);
            if (server != null) {
                lookup.setResolver(server);
                lookup.setCache(null);
            }
            Record[] found = lookup.run();
            if (found != null && found.length > 0) {
                return new Answer(question, DnsAnswer.FOUND, List.of(found), List.of());
            }
            boolean absent = lookup.getResult() == Lookup.HOST_NOT_FOUND || lookup.getResult() == Lookup.TYPE_NOT_FOUND;
            return new Answer(question, absent ? DnsAnswer.NOT_FOUND : DnsAnswer.UNAVAILABLE, List.of(), List.of());
        } catch (TextParseException notAName) {
            return new Answer(question, DnsAnswer.NOT_FOUND, List.of(), List.of());
        }
    }

    /** What the hosts file says; without a server of ours Java's own look-up reads it, and answers for {@code localhost} too. */
    private List<InetAddress> hosts(int type, String name) {
        List<InetAddress> found = new ArrayList<>();
        if (server == null && (name.equalsIgnoreCase("localhost") || !name.contains("."))) {
            try {
                for (InetAddress address : InetAddress.getAllByName(name)) {
                    if (address.getAddress().length == 4 == (type == A)) {
                        found.add(address);
                    }
                }
            } catch (UnknownHostException unknown) {
                // the DNS is asked
            }
            return found;
        }
        try {
            new org.xbill.DNS.hosts.HostsFileParser().getAddressForHost(org.xbill.DNS.Name.fromString(name + "."), type).ifPresent(found::add);
        } catch (java.io.IOException | IllegalArgumentException unreadable) {
            // the DNS is asked
        }
        return found;
    }

    @Override
    public boolean next(DnsAnswer out) {
        Answer a = answers.poll();
        if (a == null) {
            return false;
        }
        underWay.decrementAndGet();
        out.question = a.question();
        out.state = a.state();
        out.count = 0;
        for (InetAddress address : a.fromHosts()) {
            if (out.count < DnsAnswer.MAXIMUM) {
                DnsAnswer.Record to = out.get(out.count++);
                to.ttlSec = HOSTS_FILE_TTL_SEC;
                InetAddresses.toHost(address, 0, to.address);
            }
        }
        for (Record from : a.records()) {
            if (out.count < DnsAnswer.MAXIMUM) {
                fill(out.get(out.count++), from);
            }
        }
        return true;
    }

    private static void fill(DnsAnswer.Record to, Record from) {
        to.ttlSec = from.getTTL();
        to.nameLength = 0;
        to.serviceLength = 0;
        to.flagsLength = 0;
        if (from instanceof ARecord a) {
            InetAddresses.toHost(a.getAddress(), 0, to.address);
        } else if (from instanceof AAAARecord a) {
            InetAddresses.toHost(a.getAddress(), 0, to.address);
        } else if (from instanceof SRVRecord srv) {
            to.priority = srv.getPriority();
            to.weight = srv.getWeight();
            to.port = srv.getPort();
            to.nameLength = put(srv.getTarget().toString(true), to.name);
        } else if (from instanceof NAPTRRecord naptr) {
            to.priority = naptr.getOrder();
            to.weight = naptr.getPreference();
            to.nameLength = put(naptr.getReplacement().toString(true), to.name);
            to.serviceLength = put(naptr.getService(), to.service);
            to.flagsLength = put(naptr.getFlags(), to.flags);
        }
    }

    private static int put(String text, byte[] out) {
        byte[] b = (text.equals(".") || text.equals("@") ? "" : text).getBytes(StandardCharsets.US_ASCII);
        int n = Math.min(b.length, out.length);
        System.arraycopy(b, 0, out, 0, n);
        return n;
    }
}
