package org.sidetone.hal;

/**
 * S/MIME (RFC 8551) for messages: signs and seals what is sent, opens what comes. Keys and certificates are the body's: they were provisioned, or learnt.
 * What is worked on and what comes out are whole MIME entities, header fields included. Requests are worked off in order, by somebody else's thread;
 * each ends in one {@link Completion}.
 */
public interface Smime {
    /** Too many requests are waiting, or the entity is too large; nothing was taken over. */
    int BUSY = -1;
    /** Completion: there is no key or certificate for it, or it failed otherwise. */
    int FAILED = -2;
    /** Completion: sealed for somebody else. */
    int UNDECIPHERABLE = -3;
    /** Completion: no S/MIME as it should be. */
    int MALFORMED = -4;
    /** Octets of an entity, at most, before and after. */
    int MAX_BYTES = 8192;

    /** Nobody else could read it. */
    int SEALED = 1;
    /** It was signed, and not changed since. */
    int SIGNED = 2;
    /** It was signed, and changed since: not to be believed. */
    int BROKEN = 4;
    /** The signer's certificate is a known one, or comes from an authority that is believed, and is valid now. */
    int TRUSTED = 8;
    /** The signer's certificate names the sender. */
    int SENDERS = 16;

    /** The end of one request. */
    final class Completion {
        /** What the request's call returned. */
        public int ticket;
        /** Octets of {@link #entity}, or a code. */
        public int result;
        /** What was found when opening: {@link #SEALED} and so on, added up. */
        public int marks;
        public final byte[] entity = new byte[MAX_BYTES];
    }

    /** Whether one's own key is there to sign with and somebody's certificate to seal for. @param address such as {@code sip:bob@example.test} */
    boolean canProtect(byte[] address, int offset, int length);

    /** Signs an entity with one's own key, then seals it for somebody; the array is the caller's again on return. @return a ticket of at least 0, or {@link #BUSY} */
    int protect(byte[] address, int addressOffset, int addressLength, byte[] entity, int offset, int length);

    /** Opens an entity, as deep as it is sealed and signed. @param address of who sent it. @return a ticket of at least 0, or {@link #BUSY} */
    int open(byte[] address, int addressOffset, int addressLength, byte[] entity, int offset, int length);

    /** Takes the next completion, in the order of the requests. @return false when there is none yet */
    boolean next(Completion out);
}
