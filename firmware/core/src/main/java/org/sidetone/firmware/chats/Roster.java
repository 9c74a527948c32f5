package org.sidetone.firmware.chats;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.conference.ConferenceInfo;
import org.sidetone.doc.conference.ConferenceReader;
import org.sidetone.event.Subscriber;
import org.sidetone.event.Subscription;
import org.sidetone.event.SubscriptionUser;
import org.sidetone.event.conference.ConferencePackage;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;

/** Who takes part in the room of one conversation (RFC 4575), by the names that they want to be known by. Those beyond its room are not named. */
public final class Roster implements SubscriptionUser, ConferenceReader.User {
    static final int PEOPLE = 16;
    private static final int EXPIRES_SEC = 3600;

    private final Conversations owner;
    private final FixedText[] addresses = new FixedText[PEOPLE];
    private final FixedText[] names = new FixedText[PEOPLE];
    private final ConferenceReader reader = new ConferenceReader();
    private final MediaTypeView type = new MediaTypeView();
    private final Slice slice = new Slice();
    private Subscription subscription;
    private long version;
    private int count;
    /** Null: nobody's. */
    Conversation of;

    Roster(Conversations owner) {
        this.owner = owner;
        for (int i = 0; i < PEOPLE; i++) {
            addresses[i] = new FixedText(160);
            names[i] = new FixedText(64);
        }
    }

    void begin(Conversation room, Subscriber subscriber, Account account, long nowMs) {
        of = room;
        count = 0;
        version = -1;
        if (subscription == null) {
            subscription = subscriber.subscribe(account, ConferencePackage.EVENT, ConferenceInfo.CONTENT_TYPE, room.peer.slice(slice), EXPIRES_SEC, this, room.slot, nowMs);
        }
    }

    void end(long nowMs) {
        of = null;
        count = 0;
        if (subscription != null) {
            subscription.unsubscribe(nowMs);
            subscription = null;
        }
    }

    /** People there are, ourselves among them. */
    public int count() {
        return count;
    }

    public Slice address(int index, Slice out) {
        return addresses[index].slice(out);
    }

    /** Empty: he did not say. */
    public Slice name(int index, Slice out) {
        return names[index].slice(out);
    }

    /** What somebody is known by, empty: nothing is known. */
    Slice nameOf(Slice address, Slice out) {
        int i = find(address);
        return i < 0 ? out.clear() : names[i].slice(out);
    }

    private int find(Slice address) {
        for (int i = 0; i < count; i++) {
            if (addresses[i].equals(address)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void onSubscription(Subscription s, int state, long nowMs) {
        if (s == subscription && state == Subscription.FREE) {
            subscription = null;
        }
    }

    @Override
    public int onNotify(Subscription s, SipMessage notify, long nowMs) {
        if (s != subscription || of == null || notify.body(slice).isEmpty()) {
            return 200;
        }
        if (!notify.value(Header.CONTENT_TYPE, slice) || !type.wrap(slice) || !type.is(ConferenceInfo.CONTENT_TYPE)) {
            return 415;
        }
        if (reader.read(notify.body(slice), this) != ConferenceReader.GOOD) {
            return 400;
        }
        if (!reader.isFull() && version >= 0 && reader.version() > version + 1) {
            s.askAgain();                                       // something was missed (section 4.5)
        }
        version = reader.version();
        owner.onRoster(nowMs);
        return 200;
    }

    @Override
    public void onParticipants(boolean all) {
        count = all ? 0 : count;
    }

    @Override
    public void onParticipant(Slice address, Slice displayed, boolean gone) {
        int i = find(address);
        if (gone) {
            if (i >= 0) {
                count--;
                addresses[i].set(addresses[count]);
                names[i].set(names[count]);
            }
            return;
        }
        if (i < 0 && count < PEOPLE && addresses[count].set(address)) {
            i = count++;
        }
        if (i >= 0) {
            names[i].set(displayed);
        }
    }

    @Override
    public byte[] filter(int id) {
        return null;
    }

    @Override
    public byte[] bodyType(int id) {
        return null;
    }

    @Override
    public String parameters(int id) {
        return "";
    }

    @Override
    public void onTooLarge(Subscription subscription, long nowMs) {
        // who was there is shown until somebody says something shorter
    }

    @Override
    public boolean takesForks() {
        return false;
    }

    @Override
    public boolean takesLists(int id) {
        return false;
    }
}
