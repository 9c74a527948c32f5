package org.sidetone.world.virtual;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.NetworkListener;

/** Somebody else's server over UDP, written for tests: it says 200 to everything, remembers who subscribed to what, and notifies what the test says. */
final class ScriptedServer implements NetworkListener {
    private final VirtualNetwork network;
    private final int socket;
    private final HostAddress phone = new HostAddress();
    private final Map<String, String> subscriptions = new HashMap<>();
    /** Requests as they came, the newest last. */
    final List<String> requests = new ArrayList<>();
    /** Start lines of the responses to what was sent from here. */
    final List<String> responses = new ArrayList<>();
    /** Event types that are refused with 489. */
    final List<String> unknownEvents = new ArrayList<>();
    private int sequence;

    ScriptedServer(World world, int address) {
        network = world.host(address);
        socket = network.openDatagrams(new HostAddress().setIpv4(0, 5060), this);
    }

    /** Settings of a phone of alice's that has such a server at 192.0.2.1, and bob in its book. */
    static Settings aliceWithBob() {
        Settings s = new Settings();
        AccountSettings account = new AccountSettings();
        account.address = "sip:alice@example.test";
        account.serverHost = "192.0.2.1";
        account.serverPort = 5060;
        s.accounts = new AccountSettings[] {account};
        s.contacts = new ContactSettings[] {new ContactSettings("sip:bob@example.test", "Bob", 0)};
        s.capacity.accounts = 1;
        s.rigPort = 0;
        return s;
    }

    /** Takes its cable out. */
    void unplug() {
        network.plug(false);
    }

    private static String header(String message, String name) {
        for (String line : message.substring(0, message.indexOf("\r\n\r\n")).split("\r\n")) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return "";
    }

    private void send(String message) {
        byte[] b = message.getBytes(StandardCharsets.UTF_8);
        network.send(socket, phone, b, 0, b.length);
    }

    @Override
    public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
        phone.set(from);
        String message = new String(buffer, offset, length, StandardCharsets.UTF_8);
        if (message.startsWith("SIP/2.0 ")) {
            responses.add(message.substring(0, message.indexOf("\r\n")));
            return;
        }
        if (!message.contains("\r\n\r\n")) {
            return;                                          // a keep-alive
        }
        requests.add(message);
        String event = header(message, "Event");
        boolean refused = unknownEvents.contains(event);
        String to = header(message, "To");
        send("SIP/2.0 " + (refused ? "489 Bad Event" : "200 OK") + "\r\nVia: " + header(message, "Via") + "\r\nFrom: " + header(message, "From")
                + "\r\nTo: " + to + (to.contains("tag=") ? "" : ";tag=first") + "\r\nCall-ID: " + header(message, "Call-ID") + "\r\nCSeq: "
                + header(message, "CSeq") + "\r\nContact: " + (message.startsWith("REGISTER") ? header(message, "Contact") : "<sip:192.0.2.1>")
                + "\r\nExpires: " + header(message, "Expires") + "\r\nSIP-ETag: e" + sequence + "\r\nContent-Length: 0\r\n\r\n");
        if (message.startsWith("SUBSCRIBE") && !refused) {
            subscriptions.put(event, message);
        }
    }

    boolean hasSubscription(String event) {
        return subscriptions.containsKey(event);
    }

    /** Tells the phone of an event it subscribed to. @param tag of the notifier: {@code first} or another of the fork */
    void notify(String event, String tag, String state, String type, String body) {
        String subscribe = subscriptions.get(event);
        String contact = header(subscribe, "Contact");
        sequence++;
        send("NOTIFY " + contact.substring(contact.indexOf('<') + 1, contact.indexOf('>')) + " SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKs"
                + sequence + "\r\nMax-Forwards: 70\r\nFrom: " + header(subscribe, "To").replaceAll(";tag=.*", "") + ";tag=" + tag + "\r\nTo: "
                + header(subscribe, "From") + "\r\nCall-ID: " + header(subscribe, "Call-ID") + "\r\nCSeq: " + sequence + " NOTIFY\r\nContact: <sip:192.0.2.1>\r\nEvent: "
                + event + "\r\nSubscription-State: " + state + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    @Override
    public void onAccepted(int listeningHandle, int connection, HostAddress from) {
        network.close(connection);
    }

    @Override
    public void onConnected(int connection) {
        // it connects to nobody
    }

    @Override
    public void onData(int connection, byte[] buffer, int offset, int length) {
        // no streams
    }

    @Override
    public void onClosed(int connection) {
        // no streams
    }
}
