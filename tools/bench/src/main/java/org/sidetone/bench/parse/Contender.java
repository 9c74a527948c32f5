package org.sidetone.bench.parse;

/** A parser that reads a message and hands its fields on, in the order that {@link SidetoneContender} shows. */
public interface Contender {
    /** @throws Exception when it refuses the message, which ends the benchmark: the corpus is good */
    void read(byte[] message, Fields out) throws Exception;

    /** @return the contender of a name, in a JVM of its own */
    static Contender named(String name) {
        return switch (name) {
            case "sidetone" -> new SidetoneContender();
            case "JAIN-SIP" -> new JainContender();
            case "pkts-sip" -> new PktsContender();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
