package org.sidetone.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.sidetone.emulator.body.TlsFiles;
import org.sidetone.emulator.desk.Bench;
import org.sidetone.emulator.desk.DeskPhone;
import org.sidetone.emulator.face.Faces;
import org.sidetone.firmware.options.HostPort;
import org.sidetone.firmware.options.PhoneOptions;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.BoardException;
import org.sidetone.hal.board.Boards;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sidetone emulator}: one phone alone. */
@Command(name = "emulator", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Runs one phone on this machine: the firmware as it is on a device, in a body of window, terminal and files.",
        footer = {"", "Keys in window and terminal: digits, * and #, arrows, Enter (OK), Esc (back), Backspace (clear),",
            "F1-F4 (keys under the display), F5-F10 (line keys), M (messages).", "",
            "For instance: sidetone emulator --account sip:alice@example.test --password secret-alice \\",
            "    --server 127.0.0.1:5060 --contact sip:bob@example.test=Bob"})
public final class EmulatorCommand implements Callable<Integer> {
    @Mixin
    private PhoneOptions options;

    @Option(names = "--board", paramLabel = "BOARD", description = "name or file of a board (${DEFAULT-VALUE})", defaultValue = "desk-text-36x8")
    private String board;

    @Option(names = "--face", paramLabel = "FACE", description = "window, terminal or headless; without it what this machine can show")
    private String face;

    @Option(names = "--rig", paramLabel = "PORT", description = "opens the rig port on loopback; 0: any")
    private Integer rig;

    @Option(names = "--rig-token", paramLabel = "TOKEN", description = "what a rig must say first", defaultValue = "")
    private String rigToken;

    @Option(names = "--rig-open", description = "lets other machines reach the rig port; needs --rig-token")
    private boolean rigOpen;

    @Option(names = "--storage", paramLabel = "FOLDER", description = "what the phone keeps (~/.sidetone/USER)")
    private Path storage;

    @Option(names = "--footprint", description = "boots, registers, prints the live heap, and ends")
    private boolean footprint;

    @Override
    public Integer call() {
        if (options.problem() != null) {
            System.err.println("sidetone emulator: " + options.problem());
            return 2;
        }
        String shown = footprint ? "headless" : face == null ? Faces.best("headless") : face;
        if (!List.of("window", "terminal", "headless").contains(shown)) {
            System.err.println("sidetone emulator: --face is window, terminal or headless, not " + face);
            return 2;
        }
        if (rigOpen && rigToken.isEmpty()) {
            System.err.println("sidetone emulator: a rig port that other machines reach needs --rig-token");
            return 2;
        }
        try {
            HostPort.checkListening("--rig", rig == null ? 0 : rig);
            return run(shown);
        } catch (IOException | BoardException | IllegalArgumentException e) {
            System.err.println("sidetone emulator: " + e.getMessage());
            return 1;
        }
    }

    private int run(String shown) throws IOException, BoardException {
        Settings settings = options.settings();
        settings.rigPort = rig == null ? -1 : 0;
        settings.rigToken = rig == null ? "" : Long.toHexString(new SecureRandom().nextLong());
        Path folder = storage != null ? storage : Path.of(System.getProperty("user.home"), ".sidetone", options.user());
        DeskPhone phone = new DeskPhone(settings.accounts[0].displayName, Boards.load(board), settings, folder,
                options.needsTls() ? new TlsFiles(options.authorities(), options.certificate(), options.key()) : null);
        long before = footprint ? LiveHeap.octets() : 0;
        phone.powerOn();
        Bench bench = rig == null ? null : new Bench(phone, rig, rigToken, rigOpen);
        try {
            System.out.println("SIP port " + phone.phone().sipPort() + (bench == null ? "" : ", rig port " + bench.port())
                    + ", kept in " + folder);
            if (footprint) {
                return Footprint.print(phone, before);
            }
            Faces.show(shown, List.of(phone));
            return 0;
        } finally {
            if (bench != null) {
                bench.close();
            }
            phone.powerOff();
        }
    }
}
