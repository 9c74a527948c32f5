package org.sidetone.world.virtual;

import java.util.Map;
import org.sidetone.hal.Buzzer;
import org.sidetone.hal.Clock;
import org.sidetone.hal.Digests;
import org.sidetone.hal.DnsAnswer;
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
import org.sidetone.hal.crypto.BouncyDigests;

/** A phone's body in the simulated world. Display and lamps go nowhere: the rig's recorders see what they are told. */
public final class VirtualHardware implements Hardware {
    private final World world;
    private final Panel panel;
    private final VirtualNetwork network;
    private final VirtualStorage storage;
    private final Digests digests = new BouncyDigests();
    private Smime smime;

    public VirtualHardware(World world, Panel panel, int address, Map<String, byte[]> medium) {
        this.world = world;
        this.panel = panel;
        network = world.host(address);
        storage = new VirtualStorage(world, medium);
    }

    /** Pulls the plug. */
    public void powerOff() {
        network.powerOff();
        storage.powerOff();
    }

    /** Takes the network cable out, or puts it in; the phone is not told. */
    void plug(boolean in) {
        network.plug(in);
    }

    public VirtualNetwork virtualNetwork() {
        return network;
    }

    @Override
    public Panel panel() {
        return panel;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public DnsResolver names() {
        return new DnsResolver() {
            @Override
            public boolean ask(int question, int type, byte[] name, int offset, int length) {
                return false;                           // every server here is an address
            }

            @Override
            public boolean next(DnsAnswer out) {
                return false;
            }
        };
    }

    @Override
    public Clock clock() {
        return clock(world);
    }

    /** The world's time as a clock in UTC. */
    public static Clock clock(World world) {
        return new Clock() {
            @Override
            public long monotonicMs() {
                return world.nowMs();
            }

            @Override
            public long wallMs() {
                return world.wallMs();
            }

            @Override
            public int zoneOffsetSec(long unixSec) {
                return 0;
            }
        };
    }

    @Override
    public Entropy entropy() {
        return world.random::nextLong;
    }

    @Override
    public Digests digests() {
        return digests;
    }

    @Override
    public Smime smime() {
        return smime;
    }

    /** Before the phone boots. */
    void setSmime(Smime newSmime) {
        smime = newSmime;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Keypad keypad() {
        return () -> Keypad.NONE;
    }

    @Override
    public TextDisplay display() {
        return new TextDisplay() {
            @Override
            public int rows() {
                return panel.displayRows();
            }

            @Override
            public int columns() {
                return panel.displayColumns();
            }

            @Override
            public boolean canShow(char character) {
                return character >= ' ' && character < 0x7F;
            }

            @Override
            public void show(int row, char[] cells, int offset) {
                // seen by the recorder
            }

            @Override
            public void cursor(int row, int column) {
                // seen by the recorder
            }

            @Override
            public void flush() {
                // seen by the recorder
            }
        };
    }

    @Override
    public Lamps lamps() {
        return new Lamps() {
            @Override
            public int count() {
                return panel.lamps();
            }

            @Override
            public void set(int lamp, int colour) {
                // seen by the recorder
            }
        };
    }

    @Override
    public Buzzer buzzer() {
        return (hertz, durationMs) -> { };
    }

    @Override
    public Watchdog watchdog() {
        return () -> { };
    }
}
