package org.sidetone.firmware.options;

import java.util.List;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.Settings;

/** Settings of a phone with one account. */
public final class PhoneSettings {
    private PhoneSettings() {
    }

    /** How a phone can reach its server. */
    public static final List<String> TRANSPORTS = List.of("udp", "tcp", "tls");

    /** @param server {@code host:port}, {@code host}, or null for the domain of the address; IllegalArgumentException when it is neither.
     *  @param transport {@code udp}, {@code tcp}, {@code tls}; empty: found by the name */
    public static Settings of(String address, String displayName, String password, String server, String transport) {
        AccountSettings account = new AccountSettings();
        account.address = address;
        account.displayName = displayName;
        account.password = password;
        account.transport = transport;
        if (server != null) {
            HostPort where = HostPort.parse(server);
            account.serverHost = where.host();
            account.serverPort = where.port();
        }
        Settings settings = new Settings();
        settings.accounts = new AccountSettings[] {account};
        settings.capacity.accounts = 1;
        settings.capacity.contacts = 64;
        settings.capacity.subscriptions = 64;
        return settings;
    }
}
