package org.sidetone.emulator.desk;

import java.io.IOException;
import java.nio.file.Path;
import org.sidetone.emulator.body.EmulatedBody;
import org.sidetone.emulator.body.SoftDisplay;
import org.sidetone.emulator.body.SoftLamps;
import org.sidetone.emulator.body.TlsFiles;
import org.sidetone.firmware.phone.Phone;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.host.InstanceId;

/** A phone on the desk with its plug: power on starts the firmware on a thread of its own, power off stops it without a word. */
public final class DeskPhone {
    private final String owner;
    private final Board board;
    private final Settings settings;
    private final Path folder;
    private final TlsFiles tls;
    private final SoftDisplay display;
    private final SoftLamps lamps;
    private EmulatedBody body;
    private Phone phone;
    private Thread thread;
    private volatile boolean powered;
    private volatile Throwable crash;

    /** @param owner for titles. @param folder for what the phone keeps over power cuts. @param tls null: it speaks none */
    public DeskPhone(String owner, Board board, Settings settings, Path folder, TlsFiles tls) {
        this.tls = tls;
        this.owner = owner;
        this.board = board;
        this.settings = settings;
        this.folder = folder;
        display = new SoftDisplay(board);
        lamps = new SoftLamps(board.lamps());
    }

    /** @throws IOException when a port is taken or the folder cannot be used; the message says what to do */
    public synchronized void powerOn() throws IOException {
        if (powered) {
            return;
        }
        if (settings.instanceId.isEmpty()) {
            settings.instanceId = InstanceId.in(folder);
        }
        body = new EmulatedBody(board, display, lamps, (hertz, ms) -> { }, folder, tls);
        try {
            phone = new Phone(body, settings);
            if (phone.boot() < 0) {
                throw new IOException("port " + (settings.localPort == 0 ? settings.rigPort : settings.localPort)
                        + " is in use: choose another with --port or --rig, or 0 for any");
            }
        } catch (IOException | RuntimeException e) {
            body.close();
            throw e;
        }
        powered = true;
        Phone running = phone;
        thread = new Thread(() -> run(running), "phone-" + owner);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Phone running) {
        try {
            running.run(() -> powered);
        } catch (RuntimeException | Error e) {
            if (powered) {
                crash = e;
                e.printStackTrace();
            }
        }
    }

    /** Pulls the plug: no byte leaves the phone after this returns. */
    public synchronized void powerOff() throws IOException {
        if (!powered) {
            return;
        }
        powered = false;
        body.network().wakeUp();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        body.close();
        display.blank();
        lamps.allOff();
    }

    public boolean isPowered() {
        return powered;
    }

    /** What ended the firmware by itself, or null. */
    public Throwable crash() {
        return crash;
    }

    public String owner() {
        return owner;
    }

    public Board board() {
        return board;
    }

    public SoftDisplay display() {
        return display;
    }

    public SoftLamps lamps() {
        return lamps;
    }

    public synchronized void pressKey(int key) {
        if (powered) {
            body.softKeypad().press(key);
        }
    }

    public synchronized void releaseKey(int key) {
        if (powered) {
            body.softKeypad().release(key);
        }
    }

    /** What the bench says to the phone's own rig port. */
    String phoneToken() {
        return settings.rigToken;
    }

    /** The body while the power is on. */
    public EmulatedBody body() {
        return body;
    }

    public Phone phone() {
        return phone;
    }
}
