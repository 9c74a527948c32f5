package org.sidetone.firmware.account;

import org.sidetone.bytes.Utf8;
import org.sidetone.hal.DnsResolver;
import org.sidetone.hal.HostAddress;
import org.sidetone.port.Flow;
import org.sidetone.uri.IpText;

/** Finds the address of one account's server: as it is written, else by SRV, else by name (RFC 3263 section 4, the part of it that a
 *  configured transport leaves). */
public final class ServerLocator {
    public static final int WORKING = 0;
    public static final int FOUND = 1;
    public static final int FAILED = -1;

    private static final int DEFAULT_PORT = 5060;

    private final DnsResolver names;
    private final HostAddress address = new HostAddress();
    private String host;
    private int port;
    private boolean tcp;
    private boolean askingService;

    public ServerLocator(DnsResolver names) {
        this.names = names;
    }

    /** Starts. @param newPort 0: by SRV, else 5060. @return {@link #FOUND} at once when the host is an address */
    public int start(String newHost, int newPort, boolean overTcp, Flow out) {
        host = newHost;
        port = newPort;
        tcp = overTcp;
        byte[] text = Utf8.bytes(host);
        int transport = tcp ? Flow.TCP : Flow.UDP;
        if (IpText.parse(text, 0, text.length, out, transport, port == 0 ? DEFAULT_PORT : port)) {
            return FOUND;
        }
        askingService = port == 0;
        if (askingService) {
            names.askService((tcp ? "_sip._tcp." : "_sip._udp.").concat(host));
        } else {
            names.ask(host);
        }
        return WORKING;
    }

    /** Looks whether the answer came. */
    public int poll(Flow out) {
        int state = names.answer(address);
        if (state == DnsResolver.PENDING) {
            return WORKING;
        }
        if (state == DnsResolver.FOUND) {
            int found = askingService ? address.port() : port == 0 ? DEFAULT_PORT : port;
            out.set(tcp ? Flow.TCP : Flow.UDP, address.high(), address.low(), found, 0);
            return FOUND;
        }
        if (askingService) {
            askingService = false;
            names.ask(host);
            return WORKING;
        }
        return FAILED;
    }
}
