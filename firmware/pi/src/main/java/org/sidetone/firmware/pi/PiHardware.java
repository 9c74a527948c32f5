package org.sidetone.firmware.pi;

import java.io.IOException;
import java.nio.file.Path;
import org.sidetone.firmware.options.PhoneOptions;
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
import org.sidetone.hal.board.BoardException;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.hal.crypto.smime.BouncySmime;
import org.sidetone.hal.crypto.tls.BouncyTls;
import org.sidetone.hal.crypto.tls.TlsSettings;
import org.sidetone.hal.host.DnsJavaResolver;
import org.sidetone.hal.host.FileStorage;
import org.sidetone.hal.host.NioNetwork;
import org.sidetone.hal.host.SystemClock;
import org.sidetone.hal.host.SystemEntropy;
import org.sidetone.hal.pi.PiPanel;
import org.sidetone.hal.pi.bus.Bus;

/** The whole body: the machine's network, clock and files, the board's panel. */
final class PiHardware implements Hardware, AutoCloseable {
    private final Board board;
    private final NioNetwork network;
    private final Clock clock = new SystemClock();
    private final Entropy entropy = new SystemEntropy();
    private final Digests digests = new BouncyDigests();
    private final FileStorage storage;
    private final BouncySmime smime;
    private final DnsResolver names;
    private final PiPanel panel;

    /** @param options say whose certificates are believed, and which is the phone's own */
    PiHardware(Board board, Bus bus, Path folder, PhoneOptions options) throws IOException, BoardException {
        this.board = board;
        network = new NioNetwork(new BouncyTls(new TlsSettings(options.authorities(), options.certificate(), options.key(), false, false, TlsSettings.BOTH_VERSIONS,
                folder.resolve("identity"), clock::wallMs)));
        storage = new FileStorage(folder, network::wakeUp);
        smime = BouncySmime.in(folder.resolve("smime"), clock::wallMs, network::wakeUp);
        names = new DnsJavaResolver(network::wakeUp);
        panel = new PiPanel(board, bus, network::wakeUp);
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
        return panel.keypad();
    }

    @Override
    public TextDisplay display() {
        return panel.display();
    }

    @Override
    public Lamps lamps() {
        return panel.lamps();
    }

    /** The board has none. */
    @Override
    public Buzzer buzzer() {
        return null;
    }

    @Override
    public Watchdog watchdog() {
        return () -> { };
    }

    @Override
    public void close() throws IOException {
        panel.close();
        storage.close();
        if (smime != null) {
            smime.close();
        }
        network.close();
    }
}
