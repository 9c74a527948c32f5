package org.sidetone.firmware.rig;

import org.sidetone.bytes.FixedText;
import org.sidetone.hal.Clock;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.NetworkListener;
import org.sidetone.time.TimerQueue;

/** The port that a rig connects to. Off unless configured; from this machine alone unless it says otherwise. */
public final class RigPort implements NetworkListener {
    private static final int SESSIONS = 4;
    private static final int ANSWER_BYTES = 32_768;
    private static final int LOOPBACK = 0x7F000001;

    private final Network network;
    private final Clock clock;
    private final TimerQueue timers;
    private final RecordedDisplay display;
    private final RecordedLamps lamps;
    private final FixedText token = new FixedText(160);
    private final RigSession[] sessions = new RigSession[SESSIONS];
    private int handle;

    public RigPort(Network network, Clock clock, TimerQueue timers, RigSubject subject, RecordedDisplay display, RecordedLamps lamps,
            String token) {
        this.network = network;
        this.clock = clock;
        this.timers = timers;
        this.display = display;
        this.lamps = lamps;
        this.token.set(token);
        byte[] answer = new byte[ANSWER_BYTES];
        for (int i = 0; i < SESSIONS; i++) {
            sessions[i] = new RigSession(this, network, subject, answer);
        }
    }

    /** @param port 0: any. @param everywhere takes connections from other machines too. @return the port, or a code of {@link Network} */
    public int open(int port, boolean everywhere) {
        HostAddress local = new HostAddress();
        handle = network.listen(everywhere ? local.set(0, 0, port) : local.setIpv4(LOOPBACK, port), this);
        return handle <= 0 ? handle : network.localPort(handle);
    }

    TimerQueue timers() {
        return timers;
    }

    RecordedDisplay display() {
        return display;
    }

    RecordedLamps lamps() {
        return lamps;
    }

    boolean isToken(FixedText said) {
        return token.isEmpty() || token.equals(said);
    }

    /** After each turn of the phone. @return whether there is more to do at once */
    public boolean doWork() {
        boolean lcdChanged = display.takeChanged();
        boolean lampsChanged = lamps.takeChanged();
        boolean typing = false;
        for (int i = 0; i < SESSIONS; i++) {
            sessions[i].doWork(lcdChanged, lampsChanged);
            typing |= sessions[i].isTyping();
        }
        return typing;
    }

    @Override
    public void onAccepted(int listeningHandle, int connection, HostAddress from) {
        for (int i = 0; i < SESSIONS; i++) {
            if (sessions[i].connection() == 0) {
                sessions[i].open(connection, !token.isEmpty());
                return;
            }
        }
        network.close(connection);
    }

    private RigSession session(int connection) {
        for (int i = 0; i < SESSIONS; i++) {
            if (sessions[i].connection() == connection) {
                return sessions[i];
            }
        }
        return null;
    }

    @Override
    public void onData(int connection, byte[] buffer, int offset, int length) {
        RigSession session = session(connection);
        if (session != null) {
            session.onData(buffer, offset, length, clock.monotonicMs());
        }
    }

    @Override
    public void onClosed(int connection) {
        RigSession session = session(connection);
        if (session != null) {
            session.close();
        }
    }

    @Override
    public void onConnected(int connection) {
        // a rig comes to us
    }

    @Override
    public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
        // the rig speaks over streams alone
    }
}
