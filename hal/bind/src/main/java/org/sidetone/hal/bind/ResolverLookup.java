package org.sidetone.hal.bind;

import org.sidetone.hal.DnsAnswer;
import org.sidetone.hal.DnsResolver;
import org.sidetone.port.NameLookup;
import org.sidetone.port.NameRecords;

/** The stack's name look-up from the body's resolver. */
public final class ResolverLookup implements NameLookup {
    private final DnsResolver resolver;
    private final DnsAnswer answer = new DnsAnswer();

    public ResolverLookup(DnsResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public boolean ask(int question, int type, byte[] name, int offset, int length) {
        return resolver.ask(question, type, name, offset, length);             // the types are the DNS's own numbers on both sides
    }

    @Override
    public boolean next(NameRecords out) {
        if (!resolver.next(answer)) {
            return false;
        }
        out.begin(answer.question, answer.state == DnsAnswer.FOUND ? NameRecords.FOUND
                : answer.state == DnsAnswer.NOT_FOUND ? NameRecords.NOT_FOUND : NameRecords.UNAVAILABLE);
        for (int i = 0; i < answer.count; i++) {
            DnsAnswer.Record from = answer.get(i);
            NameRecords.Record to = out.add();
            if (to == null) {
                break;
            }
            to.ttlSec = from.ttlSec;
            to.high = from.address.high();
            to.low = from.address.low();
            to.priority = from.priority;
            to.weight = from.weight;
            to.port = from.port;
            to.name.set(from.name, 0, from.nameLength);
            to.service.set(from.service, 0, from.serviceLength);
            to.flags.set(from.flags, 0, from.flagsLength);
        }
        return true;
    }
}
