package org.sidetone.hal.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sidetone.hal.DnsResolver;
import org.sidetone.hal.HostAddress;
import org.xbill.DNS.Address;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Names by dnsjava, with the machine's hosts file and resolvers; a thread of its own asks. */
public final class DnsJavaResolver implements DnsResolver {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread t = new Thread(task, "names");
        t.setDaemon(true);
        return t;
    });
    private final Runnable wakeUp;
    private int question;
    private volatile Answer answer;

    private record Answer(int question, int state, InetAddress address, int port) {
    }

    /** @param wakeUp called from the resolver's thread when an answer is there */
    public DnsJavaResolver(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    @Override
    public void ask(String host) {
        int q = ++question;
        thread.execute(() -> finish(address(q, host, 0)));
    }

    @Override
    public void askService(String service) {
        int q = ++question;
        thread.execute(() -> finish(service(q, service)));
    }

    private void finish(Answer found) {
        answer = found;
        wakeUp.run();
    }

    private static Answer address(int q, String host, int port) {
        try {
            return new Answer(q, FOUND, Address.getByName(host), port);
        } catch (UnknownHostException e) {
            return new Answer(q, NOT_FOUND, null, 0);
        }
    }

    private static Answer service(int q, String service) {
        try {
            Lookup lookup = new Lookup(service, Type.SRV);
            Record[] records = lookup.run();
            if (records == null || records.length == 0) {
                return new Answer(q, lookup.getResult() == Lookup.TRY_AGAIN ? UNAVAILABLE : NOT_FOUND, null, 0);
            }
            SRVRecord first = Arrays.stream(records).map(SRVRecord.class::cast)
                    .min(Comparator.comparingInt(SRVRecord::getPriority).thenComparingInt(r -> -r.getWeight())).orElseThrow();
            return address(q, first.getTarget().toString(true), first.getPort());
        } catch (TextParseException e) {
            return new Answer(q, NOT_FOUND, null, 0);
        }
    }

    @Override
    public int answer(HostAddress out) {
        Answer a = answer;
        if (a == null || a.question() != question) {
            return PENDING;
        }
        if (a.state() == FOUND) {
            InetAddresses.toHost(a.address(), a.port(), out);
        }
        return a.state();
    }
}
