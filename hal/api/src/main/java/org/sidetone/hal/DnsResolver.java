package org.sidetone.hal;

/** Looks names up without blocking. One question at a time. */
public interface DnsResolver {
    int PENDING = 0;
    int FOUND = 1;
    /** There is no such name, or no address of it. */
    int NOT_FOUND = -1;
    /** Nobody answered. */
    int UNAVAILABLE = -2;

    /** Asks for the addresses of a host. A question before is dropped. */
    void ask(String host);

    /** Asks for the servers of a service, such as {@code _sip._udp.example.test} (RFC 2782), then for the addresses of the one to
     *  be tried first. A question before is dropped. */
    void askService(String service);

    /** @param out receives address and, of a service, port, when FOUND. @return the state of the question */
    int answer(HostAddress out);
}
