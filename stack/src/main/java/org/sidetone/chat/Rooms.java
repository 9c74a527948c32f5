package org.sidetone.chat;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.conference.ConferenceWriter;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.msg.Grammar;
import org.sidetone.msrp.Endpoint;
import org.sidetone.msrp.Incoming;
import org.sidetone.msrp.MsrpStatus;
import org.sidetone.port.Capacity;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.uri.UriView;

/**
 * Rooms, each an account of the agent: its focus and its MSRP switch (RFC 7701). What one says goes to all others whose phones take its type, or to one of them; what
 * somebody's connection has no room for just then is not kept for him.
 */
public final class Rooms {
    /** Octets of a nickname as it was asked for; a longer one is malformed here. */
    static final int NICKNAME_BYTES = 128;

    private final RoomUser user;
    private final Chats chats;
    private final Participant[] participants;
    private final CpimView cpim = new CpimView();
    private final UriView one = new UriView();
    private final UriView other = new UriView();
    private final FixedText wanted = new FixedText(NICKNAME_BYTES);
    private final FixedText prepared = new FixedText(NICKNAME_BYTES);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice to = new Slice();
    private final Slice type = new Slice();
    private long passed;
    private long withheld;

    /** @param capacity says how many take part in all rooms together */
    public Rooms(UserAgent agent, Endpoint endpoint, boolean tls, Capacity capacity, RoomUser user) {
        this.user = user;
        chats = new Chats(agent, endpoint, tls, capacity, this);
        participants = new Participant[capacity.participants];
        for (int i = 0; i < participants.length; i++) {
            participants[i] = new Participant(chats, agent, this, Chats.DESCRIPTION_BYTES);
        }
    }

    Participant free() {
        for (int i = 0; i < participants.length; i++) {
            if (participants[i].isFree()) {
                return participants[i];
            }
        }
        return null;
    }

    /** How many there can be. */
    int count() {
        return participants.length;
    }

    Participant get(int index) {
        return participants[index];
    }

    RoomUser user() {
        return user;
    }

    // ---------------------------------------------------------------- who is there

    void onChanged(Account room, long nowMs) {
        user.onRosterChanged(room, nowMs);
    }

    private static boolean isIn(Participant p, Account room) {
        return p.state() == MessageSession.OPEN && p.account() == room;
    }

    /** How many people, by whichever device, are in a room. */
    public int people(Account room) {
        int n = 0;
        for (int i = 0; i < participants.length; i++) {
            n += isFirst(i, room) ? 1 : 0;
        }
        return n;
    }

    private boolean isFirst(int index, Account room) {
        if (!isIn(participants[index], room)) {
            return false;
        }
        for (int i = 0; i < index; i++) {
            if (isIn(participants[i], room) && participants[i].known.equals(participants[index].known)) {
                return false;
            }
        }
        return true;
    }

    /** Writes who takes part (RFC 4575); somebody's nickname stands for his name. */
    public void write(Account room, long version, ConferenceWriter writer, ByteSink out) {
        writer.begin(version, room.address.slice(slice), room.displayName, people(room), out);
        for (int i = 0; i < participants.length; i++) {
            if (isFirst(i, room)) {
                Participant named = participants[i];
                int endpoints = 0;
                for (int k = i; k < participants.length; k++) {
                    if (isIn(participants[k], room) && participants[k].known.equals(participants[i].known)) {
                        endpoints++;
                        named = named.nickname.isEmpty() ? participants[k] : named;
                    }
                }
                writer.user(participants[i].known, named.nickname, participants[i].name, endpoints);
            }
        }
        writer.end();
    }

    // ---------------------------------------------------------------- what is said

    /** Whether a message can be passed on (section 6.3). @return 0, or the status to refuse it with */
    int judge(Participant from, Incoming message) {
        if (!cpim.wrap(message.content(slice)) || !cpim.value(CpimView.FROM, slice) || !CpimView.uriOf(slice, slice)) {
            return MsrpStatus.UNINTELLIGIBLE;
        }
        if (!isSame(slice, from.known.slice(to))) {
            return MsrpStatus.NOT_ALLOWED;
        }
        if (cpim.value(CpimView.TO, 1, to) || !cpim.value(CpimView.TO, to) || !CpimView.uriOf(to, to)) {
            return MsrpStatus.NOT_ALLOWED;
        }
        if (isSame(to, from.account().address.slice(slice))) {
            return 0;
        }
        int status = 404;
        for (int i = 0; i < participants.length; i++) {
            if (isIn(participants[i], from.account()) && isSame(to, participants[i].known.slice(slice))) {
                status = participants[i].takesPrivate() ? 0 : status == 0 ? 0 : 428;
            }
        }
        return status;
    }

    private boolean isSame(Slice a, Slice b) {
        return one.wrap(a) && other.wrap(b) && (one.isSameUser(other) || one.whole().equals(other.whole()));
    }

    /** Passes on what was judged well. */
    void distribute(Participant from, Incoming message, long nowMs) {
        cpim.wrap(message.content(slice));
        cpim.value(CpimView.TO, to);
        CpimView.uriOf(to, to);
        cpim.contentType(type);
        boolean all = isSame(to, from.account().address.slice(slice));
        for (int i = 0; i < participants.length; i++) {
            Participant p = participants[i];
            if (p != from && isIn(p, from.account()) && (all || p.takesPrivate() && isSame(to, p.known.slice(slice)))) {
                if (p.takes(type) && p.pass(message.content(slice), nowMs)) {
                    passed++;
                } else {
                    withheld++;
                }
            }
        }
    }

    // ---------------------------------------------------------------- nicknames

    /** Section 7.1. @return 200, or why not */
    int nickname(Participant by, Slice quoted, long nowMs) {
        byte[] b = quoted.buffer();
        if (Grammar.endOfQuotedString(b, quoted.offset(), quoted.limit()) != quoted.limit()) {
            return 424;
        }
        if (quoted.length() == 2) {                             // section 7.3: none any more
            by.nickname.clear();
            by.preparedNickname.clear();
            onChanged(by.account(), nowMs);
            return MsrpStatus.OK;
        }
        Grammar.unquote(b, quoted.offset(), quoted.length(), wanted.sink(sink));
        if (!wanted.take(sink) || !user.prepareNickname(wanted.slice(slice), prepared)) {
            return 424;
        }
        for (int i = 0; i < participants.length; i++) {
            Participant p = participants[i];
            if (isIn(p, by.account()) && !p.known.equals(by.known) && p.preparedNickname.equals(prepared)) {
                return 425;
            }
        }
        by.nickname.set(wanted);
        by.preparedNickname.set(prepared);
        onChanged(by.account(), nowMs);
        return MsrpStatus.OK;
    }

    /** Ends everybody's session. */
    public void shut(long nowMs) {
        for (int i = 0; i < participants.length; i++) {
            if (!participants[i].isFree()) {
                participants[i].end(nowMs);
            }
        }
    }

    /** Copies of messages that were passed on. */
    public long passed() {
        return passed;
    }

    /** Copies that were not, since somebody's phone does not take their type, or had no room. */
    public long withheld() {
        return withheld;
    }
}
