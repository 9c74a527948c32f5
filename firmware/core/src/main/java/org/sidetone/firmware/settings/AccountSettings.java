package org.sidetone.firmware.settings;

/** One account as its owner writes it. */
public final class AccountSettings {
    /** {@code sip:alice@example.test}. */
    public String address = "";
    public String displayName = "";
    /** Empty: the user part of the address. */
    public String username = "";
    public String password = "";
    /** Name or address of the server; empty: the domain of the address. */
    public String serverHost = "";
    /** 0: found by the name (RFC 3263). */
    public int serverPort;
    /** A second proxy of the same registrar, kept registered through as well (RFC 5626); empty: none. */
    public String secondServerHost = "";
    /** 0: found by the name. */
    public int secondServerPort;
    /** There is no server: others are reached at their own addresses. */
    public boolean standalone;
    /** MSRP relays that chats go through, the nearest first, such as {@code msrps://relay.example.test:2855;tcp}; empty: none. */
    public String relays = "";
    /** Root of the XCAP server, {@code https://example.test:8443/xcap-root}, on which the owner's rules are kept; empty: none. Of the first account alone. */
    public String xcapRoot = "";
    /** Whether the contacts are watched by one subscription: to a list on the XCAP server, or one that the subscription brings along. */
    public boolean watchesList;
    /** Whether the message lamp shows what waits in the account's voice mail. */
    public boolean mailbox = true;
    /** {@code udp}, {@code tcp}, {@code tls}; empty: found by the name, else UDP. */
    public String transport = "";
}
