package org.sidetone.firmware.settings;

/** One person in the phone's book. */
public final class ContactSettings {
    public final String address;
    /** Empty: the user part of the address. */
    public final String name;
    /** Which account watches it. */
    public final int account;
    /** Where the person's phone is reached without a server, {@code sip:bob@192.0.2.7}; empty: nowhere known. */
    public String direct = "";
    /** What the two phones prove themselves to each other by; empty: the owner is asked. */
    public String secret = "";
    /** Whether the lamp shows the person's calls too: ringing, on hold. */
    public boolean calls;

    public ContactSettings(String address, String name, int account) {
        this.address = address;
        this.name = name;
        this.account = account;
    }
}
