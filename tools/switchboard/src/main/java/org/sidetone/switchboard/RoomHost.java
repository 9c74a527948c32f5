package org.sidetone.switchboard;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.chat.RoomUser;
import org.sidetone.chat.Rooms;
import org.sidetone.doc.conference.ConferenceWriter;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.conference.ConferenceEvents;
import org.sidetone.hal.Clock;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.bind.NetworkStreams;
import org.sidetone.msrp.Endpoint;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Random;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.TimerQueue;
import org.sidetone.uri.UriView;

/** The exchange's rooms (RFC 7701): who may join them, and who hears who is there. */
final class RoomHost implements RoomUser, ConferenceEvents.Rooms {
    private static final int PARTICIPANTS = 64;
    private static final int WAITING = 4;

    private final UserAgent agent;
    private final UserNames users;
    private final Network network;
    private final NetworkStreams streams;
    private final Rooms rooms;
    private final ConferenceEvents events;
    private final UriView uri = new UriView();
    private final Slice slice = new Slice();

    /** Makes room for rooms, before anything is made by the capacity. */
    static void plan(Capacity capacity, int rooms) {
        if (rooms > 0) {
            capacity.accounts = rooms;
            capacity.participants = PARTICIPANTS;
            capacity.msrpConnections = PARTICIPANTS + WAITING;
            capacity.sessionOutgoing = WAITING * PARTICIPANTS;
            capacity.msrpTransactions = WAITING * PARTICIPANTS;
        }
    }

    RoomHost(List<String> names, String domain, UserAgent agent, Notifier notifier, Network network, Clock clock, Domains domains, TimerQueue timers, Random random,
            Capacity capacity, UserNames users) {
        this.agent = agent;
        this.users = users;
        this.network = network;
        for (int i = 0; i < names.size(); i++) {
            Account room = agent.account(i);
            room.address.set(Utf8.bytes("sip:" + names.get(i) + "@" + domain));
            room.displayName.set(Utf8.bytes(names.get(i)));
            room.contactUser.set(Utf8.bytes(names.get(i)));
            room.features.set("isfocus");
        }
        streams = new NetworkStreams(network, clock, domains);
        Endpoint endpoint = new Endpoint(streams, timers, random, agent.digests(), capacity);
        streams.setUser(endpoint);
        rooms = new Rooms(agent, endpoint, network.hasTls(), capacity, this);
        events = new ConferenceEvents(notifier, this);
    }

    /** @return false when there is no port to be had */
    boolean open() {
        return streams.open(new HostAddress()) > 0 && (!network.hasTls() || streams.openSecure(new HostAddress()) > 0);
    }

    void shut() {
        streams.shut();
    }

    /** Whether the user part of an address is a room's. */
    boolean isRoom(Slice user) {
        return find(user) != null;
    }

    private Account find(Slice user) {
        for (int i = 0; i < agent.accounts(); i++) {
            if (!user.isEmpty() && agent.account(i).contactUser.equals(user)) {
                return agent.account(i);
            }
        }
        return null;
    }

    @Override
    public int mayJoin(Account room, Slice address, FixedText known) {
        return users.nameUser(address, known) ? 0 : 403;
    }

    /** RFC 7700 section 2.3: one space where there are several, none at the ends, in lower case, compatible characters as one. */
    @Override
    public boolean prepareNickname(Slice nickname, FixedText out) {
        String text = Normalizer.normalize(new String(nickname.buffer(), nickname.offset(), nickname.length(), StandardCharsets.UTF_8), Normalizer.Form.NFKC);
        String prepared = text.replaceAll("\\p{Zs}+", " ").strip().toLowerCase(Locale.ROOT);
        boolean readable = prepared.codePoints().noneMatch(c -> Character.isISOControl(c) || !Character.isDefined(c) || c == 0xFFFD);
        return readable && !prepared.isEmpty() && out.set(Utf8.bytes(prepared));
    }

    @Override
    public void onRosterChanged(Account room, long nowMs) {
        events.onChanged(room.address.slice(slice), nowMs);
    }

    @Override
    public int mayWatchRoom(SipMessage subscribe, FixedText room, FixedText watcher) {
        Account found = subscribe.requestUri(uri) ? find(uri.user()) : null;
        if (found == null) {
            return EventPackage.NOT_FOUND;
        }
        room.set(found.address);
        return users.nameUser(subscribe.from().uri(), watcher) ? EventPackage.ALLOW : EventPackage.FORBIDDEN;
    }

    @Override
    public boolean writeRoom(Slice room, long version, ConferenceWriter writer, ByteSink out) {
        for (int i = 0; i < agent.accounts(); i++) {
            if (agent.account(i).address.equals(room)) {
                rooms.write(agent.account(i), version, writer, out);
                return true;
            }
        }
        return false;
    }

    /** Copies of what was said that were passed on. */
    long passed() {
        return rooms.passed();
    }
}
