package org.sidetone.firmware.settings;

import org.sidetone.port.Capacity;

/** Everything the phone is told at boot; the arrays may be shorter than the capacity, never longer. */
public final class Settings {
    public AccountSettings[] accounts = new AccountSettings[0];
    public ContactSettings[] contacts = new ContactSettings[0];
    public Capacity capacity = Capacity.desk();
    /** SIP port of the phone; 0: any. */
    public int localPort;
    /** Port for chats (MSRP); 0: any. */
    public int chatPort;
    /** What registration, publication and subscriptions ask for, in seconds. */
    public int expiresSec = 3600;
    /** UUID of this device, kept over reboots (RFC 5626 section 4.1); empty: it does not say which it is, and keeps no flows. */
    public String instanceId = "";
    /** Whether others may see when a key was last pressed (RFC 4480 section 3.14). */
    public boolean tellsLastInput = true;
    /** Whether those who ask for it hear that their messages were read (RFC 5438). */
    public boolean tellsRead = true;
    /** Whether others see that one is writing to them (RFC 3994), in messages; in a chat they do. */
    public boolean tellsTyping = true;
    /** What its owner writes and likes best to read, a tag of BCP 47 such as {@code de}; empty: not said. */
    public String language = "";
    /** Whom messages and chats are taken from: a constant of {@link org.sidetone.firmware.contacts.Acceptance}. */
    public int acceptsFrom;
    /** Messages and offers of chats a minute, of all together who are no contacts. */
    public int strangersPerMinute = 10;
    /** The same of each contact. */
    public int contactPerMinute = 30;
    /** Whether the phone asks servers to leave out of presence what its display does not show. */
    public boolean asksForLess;
    /** Whether the phone asks the server where its contacts' phones are, to find them when the server is away. */
    public boolean learnsAddresses;
    /** Whom the phone's log can be sent to, for instance {@code sip:support@example.test}; empty: nobody. */
    public String supportAddress = "";
    /** Port of the rig; -1: off, 0: any. */
    public int rigPort = -1;
    /** What a rig must say first. */
    public String rigToken = "";
    /** Whether the rig's port takes connections from other machines. */
    public boolean rigOpen;
    /** Octets of the log that are kept. */
    public int logBytes = 16384;
}
