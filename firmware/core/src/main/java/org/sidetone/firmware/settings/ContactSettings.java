package org.sidetone.firmware.settings;

/** One person in the phone's book. */
public final class ContactSettings {
    public final String address;
    /** Empty: the user part of the address. */
    public final String name;
    /** Which account watches it. */
    public final int account;

    public ContactSettings(String address, String name, int account) {
        this.address = address;
        this.name = name;
        this.account = account;
    }
}
