package org.sidetone.hal;

/**
 * One end of one TLS connection: octets of the wire go in and come out on one side, plain ones on the other. It opens nothing and waits
 * for nothing; whoever has the socket moves the octets. One thread at a time. Arrays are the caller's again on return.
 */
public interface TlsEngine {
    int HANDSHAKING = 0;
    int OPEN = 1;
    /** The other side, or {@link #close}, ended it. */
    int CLOSED = 2;
    /** It cannot go on; {@link #reason} says why. An alert for the other side may still be waiting in {@link #output}. */
    int FAILED = 3;

    /** {@link #HANDSHAKING} and so on. */
    int state();

    /** Why it failed, for a person; empty while it did not. */
    String reason();

    /** Takes octets that came from the wire. During the handshake this may compute for some milliseconds. */
    void receive(byte[] buffer, int offset, int length);

    /** Hands over plain octets that came. @return how many, 0 for none */
    int read(byte[] out, int offset, int length);

    /** Takes plain octets to be sent; before {@link #OPEN} none are taken. @return whether they were taken */
    boolean write(byte[] buffer, int offset, int length);

    /** Hands over octets for the wire. @return how many, 0 for none */
    int output(byte[] out, int offset, int length);

    /** Writes the SHA-256 of the certificate that the other side showed (RFC 8122 section 5). @return its 32 octets, or 0 when none was shown */
    int fingerprint(byte[] out, int offset);

    /** Whether the other side showed a certificate of an authority that is believed, good now, and for this name (RFC 5922). May compute for some milliseconds. */
    boolean speaksFor(String name);

    /** Says good-bye to the other side; what is left in {@link #output} should still be sent. */
    void close();
}
