package org.sidetone.world.virtual;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.sidetone.firmware.phone.Phone;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.NetworkListener;
import org.sidetone.hal.Panel;
import org.sidetone.hal.Smime;
import org.sidetone.world.story.StoryDesk;

/** A phone in the simulated world with a rig at its port, and the hand at its plug. */
public final class VirtualDesk implements StoryDesk, NetworkListener {
    /** What the address of a phone's rig has and the phone's has not. */
    static final int RIG = 0x80;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_ANSWER_MS = 4_000_000;

    private final World world;
    private final String name;
    private final Panel panel;
    private final int address;
    private final Settings settings;
    private final VirtualNetwork rig;
    private final Map<String, byte[]> medium = new HashMap<>();
    private final StringBuilder heard = new StringBuilder();
    private VirtualHardware hardware;
    private Smime smime;
    private Phone phone;
    private Node node;
    private int connection;

    /** @param address of the phone, as 32 bits; the rig's is the one with the highest bit of the last number set */
    public VirtualDesk(World world, String name, Panel panel, int address, Settings settings) {
        this.world = world;
        this.name = name;
        this.panel = panel;
        this.address = address;
        this.settings = settings;
        rig = world.host(address | RIG);
    }

    public void powerOn() {
        hardware = new VirtualHardware(world, panel, address, medium);
        hardware.setSmime(smime);
        phone = new Phone(hardware, settings);
        if (phone.boot() < 0) {
            throw new IllegalStateException("the phone's ports are taken");
        }
        Phone turned = phone;
        node = new Node() {
            @Override
            public int doWork(long nowMs) {
                return turned.doWork(nowMs);
            }

            @Override
            public long nextDeadlineMs() {
                return turned.nextDeadlineMs();
            }
        };
        world.add(node);
        connection = rig.connect(new HostAddress().setIpv4(address, phone.rigPort()), this);
    }

    public void powerOff() {
        world.remove(node);
        hardware.powerOff();
        rig.close(connection);
    }

    /** Takes the network cable out, or puts it in. */
    public void plug(boolean in) {
        hardware.plug(in);
        if (in) {                                       // the rig's own line may have been given up meanwhile
            rig.close(connection);
            connection = rig.connect(new HostAddress().setIpv4(address, phone.rigPort()), this);
        }
    }

    /** What the phone is told when it is next powered on. */
    public Settings settings() {
        return settings;
    }

    /** What the phone signs and seals with when it is next powered on; null: nothing. */
    public void setSmime(Smime newSmime) {
        smime = newSmime;
    }

    public Phone phone() {
        return phone;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long nowMs() {
        return world.nowMs();
    }

    @Override
    public JsonNode ask(String request) {
        if (request.equals("power off")) {
            powerOff();
            return JSON.createObjectNode().put("ok", true);
        }
        if (request.equals("power on")) {
            powerOn();
            return JSON.createObjectNode().put("ok", true);
        }
        heard.setLength(0);
        byte[] line = (request + "\n").getBytes(StandardCharsets.UTF_8);
        if (rig.write(connection, line, 0, line.length) != Network.SENT) {
            throw new IllegalStateException("no line to " + name + "'s phone");
        }
        long until = world.nowMs() + LONGEST_ANSWER_MS;
        while (heard.indexOf("\n") < 0) {
            if (!world.step(until)) {
                throw new IllegalStateException(name + "'s phone never answered: " + request);
            }
        }
        try {
            return JSON.readTree(heard.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + heard, e);
        }
    }

    @Override
    public void onData(int from, byte[] buffer, int offset, int length) {
        if (from == connection) {
            heard.append(new String(buffer, offset, length, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
        // the rig speaks over streams
    }

    @Override
    public void onAccepted(int listeningHandle, int accepted, HostAddress from) {
        // nobody comes to a rig
    }

    @Override
    public void onConnected(int connected) {
        // what was written before goes out by itself
    }

    @Override
    public void onClosed(int closed) {
        // the next request says so
    }
}
