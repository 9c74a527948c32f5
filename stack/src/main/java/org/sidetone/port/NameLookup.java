package org.sidetone.port;

/** Looks names up in the DNS without waiting: a question goes out, its answer is fetched later. Answers may come in any order. */
public interface NameLookup {
    int A = 1;
    int AAAA = 28;
    int SRV = 33;
    int NAPTR = 35;

    /**
     * Asks.
     * @param question number that the answer will carry. @param type of the records wanted
     * @return false when there is no room for the question just now
     */
    boolean ask(int question, int type, byte[] name, int offset, int length);

    /** Fetches one answer. @return false when there is none */
    boolean next(NameRecords out);
}
