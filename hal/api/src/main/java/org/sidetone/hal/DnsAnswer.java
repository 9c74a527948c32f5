package org.sidetone.hal;

/** The answer to one question of a {@link DnsResolver}. Filled in again and again. */
public final class DnsAnswer {
    /** Records of one answer; more are left out. */
    public static final int MAXIMUM = 16;
    public static final int FOUND = 0;
    /** There is no such name, or no record of this type at it. */
    public static final int NOT_FOUND = 1;
    /** Nobody answered. */
    public static final int UNAVAILABLE = 2;

    /** Octets of a record's texts, more are not a name. */
    public static final int NAME_BYTES = 255;

    /** One record; which fields mean something depends on the type. */
    public static final class Record {
        public long ttlSec;
        /** A and AAAA; port 0. */
        public final HostAddress address = new HostAddress();
        /** SRV: priority; NAPTR: order. */
        public int priority;
        /** SRV: weight; NAPTR: preference. */
        public int weight;
        /** SRV. */
        public int port;
        /** SRV: target; NAPTR: replacement; without a dot at the end, empty for the root. */
        public final byte[] name = new byte[NAME_BYTES];
        public int nameLength;
        /** NAPTR. */
        public final byte[] service = new byte[NAME_BYTES];
        public int serviceLength;
        /** NAPTR. */
        public final byte[] flags = new byte[NAME_BYTES];
        public int flagsLength;
    }

    private final Record[] records = new Record[MAXIMUM];
    public int question;
    /** {@link #FOUND} and so on. */
    public int state;
    /** Records that mean something, 0 to {@link #MAXIMUM}. */
    public int count;

    public DnsAnswer() {
        for (int i = 0; i < MAXIMUM; i++) {
            records[i] = new Record();
        }
    }

    public Record get(int index) {
        return records[index];
    }
}
