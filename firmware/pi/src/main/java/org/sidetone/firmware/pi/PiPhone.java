package org.sidetone.firmware.pi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sidetone.firmware.options.PhoneOptions;
import org.sidetone.firmware.phone.Phone;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.BoardException;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.host.InstanceId;
import org.sidetone.hal.pi.bus.Pi4jBus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the phone on a Raspberry Pi until the machine stops it. */
@Command(name = "sidetone-pi", mixinStandardHelpOptions = true, sortOptions = false,
        description = "The phone on a Raspberry Pi: display on I2C, keys and lamps on GPIO pins, as the board's file says. @FILE stands for the options in a file.")
public final class PiPhone implements Callable<Integer> {
    @Mixin
    private PhoneOptions options;

    @Option(names = "--board", paramLabel = "BOARD", description = "name or file of the board (${DEFAULT-VALUE})", defaultValue = "pi-text-20x4")
    private String board;

    @Option(names = "--storage", paramLabel = "FOLDER", description = "what the phone keeps (${DEFAULT-VALUE})", defaultValue = "/var/lib/sidetone")
    private Path storage;

    @Option(names = "--rig", paramLabel = "PORT", description = "opens the rig port on loopback", defaultValue = "-1")
    private int rig;

    @Option(names = "--rig-token", paramLabel = "TOKEN", description = "what a rig must say first", defaultValue = "")
    private String rigToken;

    @Override
    public Integer call() {
        if (options.problem() != null) {
            System.err.println("sidetone-pi: " + options.problem());
            return 2;
        }
        try (PiHardware hardware = new PiHardware(Boards.load(board), new Pi4jBus(), storage, options)) {
            Settings settings = options.settings();
            settings.rigPort = rig;
            settings.rigToken = rigToken;
            settings.instanceId = InstanceId.in(storage);
            Phone phone = new Phone(hardware, settings);
            if (phone.boot() < 0) {
                throw new IOException("a port is in use");
            }
            Thread running = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(running::interrupt));
            phone.run(() -> !running.isInterrupted());
            return 0;
        } catch (IOException | BoardException | IllegalArgumentException e) {
            System.err.println("sidetone-pi: " + e.getMessage());
            return 1;
        }
    }

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PiPhone()).execute(arguments));
    }
}
