package org.sidetone.port;

/**
 * How much of everything there is; all memory is made from it at boot. A preset is changed field by field before it is used,
 * never after.
 */
public final class Capacity {
    /** Header lines of one message. */
    public int headers = 96;
    /** Octets of a head; a larger one gets 513. */
    public int headBytes;
    /** Octets of a body; a larger one gets 513. */
    public int bodyBytes;
    /** Bodies that can be gathered from streams at the same time. */
    public int bodyBuffers;
    /** Octets of a Request-URI; a longer one gets 414. */
    public int uriBytes = 256;
    /** Octets of a message of ours, kept for retransmission. */
    public int transactionBytes;
    public int clientTransactions;
    /** INVITE client transactions, beside the others. */
    public int inviteClients;
    /** Server transactions, INVITE included. One that is answered keeps its place for 32 s, and gives it up for another after half a second when there is no other. */
    public int serverTransactions;
    /** How many of them are for INVITE, a quarter at most; 0: a quarter. */
    public int inviteServers;
    /** Room of a server transaction other than INVITE, for the answer that it keeps; 0: {@link #transactionBytes}. */
    public int responseBytes;
    /** Stream connections with a SIP message in the making. */
    public int streams;
    public int accounts;
    /** Outbound proxies that an account can be registered through (RFC 5626 section 4.2.1). */
    public static final int WAYS = 2;
    public int contacts;
    /** Subscriptions we hold as subscriber. */
    public int subscriptions;
    /** Subscriptions we hold as notifier. */
    public int watchers;
    /** Pieces of published event state we hold as compositor. */
    public int publications;
    /** Octets of one such piece. */
    public int publicationBytes;
    /** Services, persons and devices of one presence document; more are left out. */
    public int presenceParts = 16;
    /** Octets of the texts of one presence document. */
    public int presenceTextBytes = 4096;
    /** Presence documents kept to tell, or to be told, changes of them alone; without a free place the whole is told. Each side has so many. */
    public int partialDocuments;
    /** Octets, and nodes, of one of them. */
    public int partialBytes = 4096;
    public int partialNodes = 320;
    /** Filters of watchers, and octets of a document with some. */
    public int filters;
    public int filterBytes = 1024;
    /** Contact bindings we hold as registrar. */
    public int bindings;
    /** Requests under way through our proxy, and branches of one. */
    public int proxied;
    public int branches = 8;
    /** MESSAGE requests of ours under way at the same time. */
    public int outgoingMessages;
    /** Octets of the text of one message. */
    public int textBytes = 1024;
    /** Message sessions, connections for them, and octets of a message that is gathered or sent in one. */
    public int messageSessions;
    public int msrpConnections;
    public int sessionBytes = 2048;
    /** Files that pass at a time, each by a session of its own, and octets of one. */
    public int transfers;
    public int fileBytes = 16_384;
    /** Those who take part in rooms of ours, each by a session of his own. */
    public int participants;
    /** Messages that one session gathers at the same time. */
    public int sessionIncoming = 3;
    /** Messages under way in all sessions, and chunks that wait for their response. */
    public int sessionOutgoing;
    public int msrpTransactions;
    /** Octets of a chunk, and of the pieces that a chunk is written in. */
    public int msrpChunkBytes = 65_536;
    public int msrpPieceBytes = 16_384;
    /** Server names remembered with their addresses. */
    public int locations = 4;
    /** Messages remembered to recognise a repetition. */
    public int rememberedMessages;

    private Capacity() {
    }

    /** Sessions of every kind. */
    public int sessions() {
        return messageSessions + transfers + participants;
    }

    /** Page mode and presence on a CLDC-class machine. */
    public static Capacity tiny() {
        Capacity c = new Capacity();
        c.headBytes = 4096;
        c.bodyBytes = 8192;
        c.bodyBuffers = 1;
        c.transactionBytes = 3072;
        c.clientTransactions = 8;
        c.serverTransactions = 8;
        c.streams = 2;
        c.accounts = 1;
        c.contacts = 16;
        c.watchers = 4;
        c.presenceParts = 6;
        c.presenceTextBytes = 2048;
        c.subscriptions = 20;
        c.outgoingMessages = 1;
        c.textBytes = 512;
        c.rememberedMessages = 16;
        return c;
    }

    /** The whole phone. */
    public static Capacity desk() {
        Capacity c = new Capacity();
        c.headBytes = 8192;
        c.bodyBytes = 65536;
        c.bodyBuffers = 2;
        c.transactionBytes = 4096;
        c.clientTransactions = 64;
        c.inviteClients = 8;
        c.serverTransactions = 64;
        c.streams = 6;
        c.accounts = 4;
        c.contacts = 200;
        c.subscriptions = 240;
        c.watchers = 32;
        c.partialDocuments = 24;
        c.filters = 8;
        c.outgoingMessages = 4;
        c.messageSessions = 8;
        c.transfers = 2;
        c.msrpConnections = 10;
        c.sessionOutgoing = 24;
        c.msrpTransactions = 32;
        c.locations = 16;
        c.rememberedMessages = 128;
        return c;
    }

    /** A small office's exchange; a large one raises the numbers. */
    public static Capacity exchange() {
        Capacity c = new Capacity();
        c.headBytes = 8192;
        c.bodyBytes = 65536;
        c.bodyBuffers = 8;
        c.transactionBytes = 8192;
        c.clientTransactions = 1024;
        c.inviteClients = 256;
        c.serverTransactions = 10_240;
        c.inviteServers = 1024;
        c.responseBytes = 4096;
        c.streams = 256;
        c.accounts = 0;
        c.contacts = 0;
        c.subscriptions = 0;
        c.watchers = 4096;
        c.publications = 1024;
        c.publicationBytes = 4096;
        c.partialDocuments = 512;
        c.filters = 256;
        c.bindings = 1024;
        c.proxied = 256;
        c.outgoingMessages = 64;
        c.locations = 64;
        c.rememberedMessages = 0;
        return c;
    }
}
