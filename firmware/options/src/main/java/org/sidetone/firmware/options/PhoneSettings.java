package org.sidetone.firmware.options;

import java.util.Arrays;
import java.util.List;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.Settings;

/** Settings of a phone with an account, or more. */
public final class PhoneSettings {
    private PhoneSettings() {
    }

    /** How a phone can reach its server. */
    public static final List<String> TRANSPORTS = List.of("udp", "tcp", "tls");

    /** @param server {@code host:port}, {@code host}, or null for the domain of the address; IllegalArgumentException when it is neither.
     *  @param transport {@code udp}, {@code tcp}, {@code tls}; empty: found by the name */
    public static Settings of(String address, String displayName, String password, String server, String transport) {
        Settings settings = new Settings();
        settings.capacity.accounts = 0;
        settings.capacity.contacts = 64;
        settings.capacity.subscriptions = 64;
        add(settings, address, displayName, password, server, transport);
        return settings;
    }

    /** Adds an account. @param server as with {@link #of} */
    static void add(Settings settings, String address, String displayName, String password, String server, String transport) {
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
        settings.accounts = Arrays.copyOf(settings.accounts, settings.accounts.length + 1);
        settings.accounts[settings.accounts.length - 1] = account;
        settings.capacity.accounts++;
    }
}
