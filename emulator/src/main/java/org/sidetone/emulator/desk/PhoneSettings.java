package org.sidetone.emulator.desk;

import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.Settings;

/** Settings of a phone with one account. */
public final class PhoneSettings {
    private PhoneSettings() {
    }

    /** @param server {@code host:port}, {@code host}, or null for the domain of the address */
    public static Settings of(String address, String displayName, String password, String server, boolean tcp) {
        AccountSettings account = new AccountSettings();
        account.address = address;
        account.displayName = displayName;
        account.password = password;
        account.tcp = tcp;
        if (server != null) {
            int colon = server.lastIndexOf(':');
            boolean withPort = colon > 0 && colon > server.lastIndexOf(']') && server.indexOf(':') == colon || server.startsWith("[") && colon > server.indexOf(']');
            account.serverHost = withPort ? server.substring(0, colon) : server;
            account.serverPort = withPort ? Integer.parseInt(server.substring(colon + 1)) : 0;
        }
        Settings settings = new Settings();
        settings.accounts = new AccountSettings[] {account};
        settings.capacity.accounts = 1;
        settings.capacity.contacts = 64;
        settings.capacity.subscriptions = 64;
        return settings;
    }
}
