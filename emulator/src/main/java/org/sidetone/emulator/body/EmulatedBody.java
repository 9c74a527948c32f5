package org.sidetone.emulator.body;

import java.io.IOException;
import java.nio.file.Path;
import org.sidetone.hal.Buzzer;
import org.sidetone.hal.Clock;
import org.sidetone.hal.Digests;
import org.sidetone.hal.DnsResolver;
import org.sidetone.hal.Entropy;
import org.sidetone.hal.Hardware;
import org.sidetone.hal.Keypad;
import org.sidetone.hal.Lamps;
import org.sidetone.hal.Network;
import org.sidetone.hal.Panel;
import org.sidetone.hal.Smime;
import org.sidetone.hal.Storage;
import org.sidetone.hal.TextDisplay;
import org.sidetone.hal.Watchdog;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.hal.crypto.smime.BouncySmime;
import org.sidetone.hal.crypto.tls.BouncyTls;
import org.sidetone.hal.crypto.tls.TlsSettings;
import org.sidetone.hal.host.DnsJavaResolver;
import org.sidetone.hal.host.FileStorage;
import org.sidetone.hal.host.NioNetwork;
import org.sidetone.hal.host.SystemClock;
import org.sidetone.hal.host.SystemEntropy;

/** One power-on's worth of body; keypad, display and lamps are the desk's and outlive it. */
public final class EmulatedBody implements Hardware, AutoCloseable {
    private final Board board;
    private final SoftDisplay display;
    private final SoftLamps lamps;
    private final SoftKeypad keypad;
    private final NioNetwork sockets;
    private final FaultyNetwork network;
    private final FaultyClock clock = new FaultyClock(new SystemClock());
    private final Entropy entropy = new SystemEntropy();
    private final Digests digests = new BouncyDigests();
    private final FileStorage files;
    private final FaultyStorage storage;
    private final BouncySmime smime;
    private final DnsResolver names;
    private final Buzzer buzzer;

    /** @param folder for what the phone keeps. @param tls null: it speaks none */
    public EmulatedBody(Board board, SoftDisplay display, SoftLamps lamps, Buzzer buzzer, Path folder, TlsFiles tls) throws IOException {
        this.board = board;
        this.display = display;
        this.lamps = lamps;
        this.buzzer = buzzer;
        sockets = new NioNetwork(tls == null ? null : new BouncyTls(new TlsSettings(tls.authorities(), tls.certificate(), tls.key(), false,
                false, TlsSettings.BOTH_VERSIONS, folder.resolve("identity"), clock::wallMs)));
        network = new FaultyNetwork(sockets);
        keypad = new SoftKeypad(sockets::wakeUp);
        files = new FileStorage(folder, sockets::wakeUp);
        storage = new FaultyStorage(files);
        smime = BouncySmime.in(folder.resolve("smime"), clock::wallMs, sockets::wakeUp);
        names = new DnsJavaResolver(sockets::wakeUp);
    }

    public void setLinkUp(boolean up) {
        network.setLinkUp(up);
    }

    public void setStorageFailing(boolean failing) {
        storage.setFailing(failing);
    }

    public void setClockUnknown() {
        clock.setUnknown();
    }

    public void shiftClock(long ms) {
        clock.setShift(ms);
    }

    @Override
    public Panel panel() {
        return board;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public DnsResolver names() {
        return names;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Entropy entropy() {
        return entropy;
    }

    @Override
    public Digests digests() {
        return digests;
    }

    @Override
    public Smime smime() {
        return smime;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Keypad keypad() {
        return keypad;
    }

    public SoftKeypad softKeypad() {
        return keypad;
    }

    @Override
    public TextDisplay display() {
        return display;
    }

    @Override
    public Lamps lamps() {
        return lamps;
    }

    @Override
    public Buzzer buzzer() {
        return buzzer;
    }

    @Override
    public Watchdog watchdog() {
        return () -> { };
    }

    /** Closes sockets and files at once, as when the power goes. */
    @Override
    public void close() throws IOException {
        sockets.close();
        files.close();
        if (smime != null) {
            smime.close();
        }
    }
}
