package org.sidetone.hal;

/** Looks names up in the DNS without blocking: a question goes out, its answer is fetched later. Answers may come in any order. */
public interface DnsResolver {
    int A = 1;
    int AAAA = 28;
    int SRV = 33;
    int NAPTR = 35;

    /** Questions under way at the same time, at least. */
    int QUESTIONS = 16;

    /**
     * Asks. When the answer is there, {@link Network#wakeUp} is called, so that a poll ends.
     * @param question number that the answer will carry. @param type of the records wanted
     * @param name octets of the name, without a dot at the end; the array is the caller's again on return
     * @return false when there is no room just now; the question was not taken
     */
    boolean ask(int question, int type, byte[] name, int offset, int length);

    /** Fetches one answer. @return false when there is none; the answer is then as it was */
    boolean next(DnsAnswer out);
}
