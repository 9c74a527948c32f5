package org.sidetone.event.conference;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.conference.ConferenceInfo;
import org.sidetone.doc.conference.ConferenceWriter;
import org.sidetone.event.Notifier;
import org.sidetone.event.ServerPackage;
import org.sidetone.sip.SipMessage;

/** The notifier's half. Every document is a full one. */
public final class ConferenceEvents extends ServerPackage {
    /** Knows the rooms. */
    public interface Rooms {
        /** Names the room and the watcher of a SUBSCRIBE. @return a verdict of {@link org.sidetone.event.EventPackage} */
        int mayWatchRoom(SipMessage subscribe, FixedText room, FixedText watcher);

        /** Writes who takes part. @return false when there is no such room */
        boolean writeRoom(Slice room, long version, ConferenceWriter writer, ByteSink out);
    }

    private final Rooms rooms;
    private final Notifier notifier;
    private final ConferenceWriter writer = new ConferenceWriter();

    public ConferenceEvents(Notifier notifier, Rooms rooms) {
        this.notifier = notifier;
        this.rooms = rooms;
        notifier.register(this);
    }

    /** Somebody came, went, or is known by another name. */
    public void onChanged(Slice room, long nowMs) {
        notifier.stateChanged(this, room, nowMs);
    }

    @Override
    public byte[] name() {
        return ConferencePackage.EVENT;
    }

    @Override
    public byte[] contentType() {
        return ConferenceInfo.CONTENT_TYPE;
    }

    @Override
    public long defaultExpiresSec() {
        return ConferencePackage.DEFAULT_EXPIRES_SEC;
    }

    @Override
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
        return rooms.mayWatchRoom(subscribe, resource, watcher);
    }

    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        return rooms.writeRoom(resource, version, writer, out);
    }
}
