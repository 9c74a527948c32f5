package org.sidetone.sip.locate;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.NameRecords;
import org.sidetone.port.Random;

/** Servers that SRV records named, in the order to try them: by priority, and within one by chance as the weights say (RFC 2782). */
final class Services {
    static final int MAXIMUM = 8;

    final FixedText[] names = new FixedText[MAXIMUM];
    final int[] ports = new int[MAXIMUM];
    private int count;
    private final boolean[] taken = new boolean[NameRecords.MAXIMUM];

    Services() {
        for (int i = 0; i < MAXIMUM; i++) {
            names[i] = new FixedText(128);
        }
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    void addOne(Slice name, int port) {
        if (count < MAXIMUM && names[count].set(name)) {
            ports[count++] = port;
        }
    }

    /** Takes an answer over. A target of "." says that the service is not there (RFC 2782). */
    void take(NameRecords answer, Random random) {
        count = 0;
        for (int i = 0; i < answer.count(); i++) {
            taken[i] = answer.get(i).name.isEmpty();
        }
        for (int priority = lowest(answer); priority >= 0 && count < MAXIMUM; priority = lowest(answer)) {
            int chosen = choose(answer, priority, random);
            taken[chosen] = true;
            names[count].set(answer.get(chosen).name);
            ports[count++] = answer.get(chosen).port;
        }
    }

    private int lowest(NameRecords answer) {
        int priority = -1;
        for (int i = 0; i < answer.count(); i++) {
            if (!taken[i] && (priority < 0 || answer.get(i).priority < priority)) {
                priority = answer.get(i).priority;
            }
        }
        return priority;
    }

    private int choose(NameRecords answer, int priority, Random random) {
        long sum = 0;
        for (int i = 0; i < answer.count(); i++) {
            sum += isCandidate(answer, i, priority) ? answer.get(i).weight : 0;
        }
        long mark = (random.nextLong() >>> 1) % (sum + 1);
        int last = -1;
        for (int weightless = 0; weightless < 2; weightless++) {             // those of weight 0 come first (RFC 2782)
            for (int i = 0; i < answer.count(); i++) {
                if (isCandidate(answer, i, priority) && answer.get(i).weight == 0 == (weightless == 0)) {
                    last = i;
                    mark -= answer.get(i).weight;
                    if (mark <= 0) {
                        return i;
                    }
                }
            }
        }
        return last;
    }

    private boolean isCandidate(NameRecords answer, int i, int priority) {
        return !taken[i] && answer.get(i).priority == priority;
    }
}
