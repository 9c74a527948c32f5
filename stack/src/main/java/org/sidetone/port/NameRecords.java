package org.sidetone.port;

import org.sidetone.bytes.FixedText;

/** The answer to one question of {@link NameLookup}: at most {@link #MAXIMUM} records, the rest are left out. Filled again and again. */
public final class NameRecords {
    public static final int MAXIMUM = 16;
    public static final int FOUND = 0;
    /** There is no such name, or no record of this type at it. */
    public static final int NOT_FOUND = 1;
    /** Nobody answered. */
    public static final int UNAVAILABLE = 2;

    /** One record; which fields mean something depends on the type. */
    public static final class Record {
        public long ttlSec;
        /** A and AAAA: the address, IPv4 mapped into IPv6. */
        public long high;
        public long low;
        /** SRV: priority; NAPTR: order. The lowest goes first. */
        public int priority;
        /** SRV: weight; NAPTR: preference. */
        public int weight;
        /** SRV. */
        public int port;
        /** SRV: target; NAPTR: replacement; without the dot at the end. */
        public final FixedText name = new FixedText(128);
        /** NAPTR: {@code SIP+D2U} and the like. */
        public final FixedText service = new FixedText(32);
        /** NAPTR: {@code s}, {@code a} ... */
        public final FixedText flags = new FixedText(8);
    }

    private final Record[] records = new Record[MAXIMUM];
    private int question;
    private int state;
    private int count;

    public NameRecords() {
        for (int i = 0; i < MAXIMUM; i++) {
            records[i] = new Record();
        }
    }

    /** Starts an answer. */
    public NameRecords begin(int ofQuestion, int newState) {
        question = ofQuestion;
        state = newState;
        count = 0;
        return this;
    }

    /** Room for one more record; null when there is none. */
    public Record add() {
        if (count == MAXIMUM) {
            return null;
        }
        Record r = records[count++];
        r.ttlSec = 0;
        r.high = 0;
        r.low = 0;
        r.priority = 0;
        r.weight = 0;
        r.port = 0;
        r.name.clear();
        r.service.clear();
        r.flags.clear();
        return r;
    }

    public int question() {
        return question;
    }

    public int state() {
        return state;
    }

    public int count() {
        return count;
    }

    public Record get(int index) {
        return records[index];
    }
}
