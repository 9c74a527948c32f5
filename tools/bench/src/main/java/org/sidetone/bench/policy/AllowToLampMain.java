package org.sidetone.bench.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.sidetone.emulator.desk.DeskPhone;
import org.sidetone.firmware.options.PhoneSettings;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.Boards;
import org.sidetone.rig.RigClient;

/**
 * From the key {@code Allow} on one phone to the lamp on the other, both in this process: {@code SIP-PORT XCAP-PORT FOLDER TIMES}. Between two times the watcher is shown
 * offline again. The exchange asks the owner of each watcher that no rule speaks of. Prints {@code median-us worst-us}.
 */
public final class AllowToLampMain {
    private static final String TOKEN = "bench";
    private static final int WARM_UP = 20;

    private final int sipPort;
    private final int xcapPort;

    private AllowToLampMain(int sipPort, int xcapPort) {
        this.sipPort = sipPort;
        this.xcapPort = xcapPort;
    }

    /** The program. */
    public static void main(String[] a) throws Exception {
        try {
            new AllowToLampMain(Integer.parseInt(a[0]), Integer.parseInt(a[1])).measure(Path.of(a[2]), Integer.parseInt(a[3]));
            System.exit(0);
        } catch (IOException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void measure(Path folder, int times) throws Exception {
        DeskPhone alice = phone("alice", "bob", folder);
        alice.powerOn();
        try (RigClient owner = new RigClient("127.0.0.1", alice.phone().rigPort(), TOKEN)) {
            ask(owner, "wait 20000 registered");
            DeskPhone bob = phone("bob", "alice", folder);
            bob.powerOn();
            try (RigClient watcher = new RigClient("127.0.0.1", bob.phone().rigPort(), TOKEN)) {
                ask(owner, "wait 20000 lcd contains \"May see your\"");
                ask(owner, "press soft2");
                ask(watcher, "wait 20000 lamp @alice green");
                ask(owner, "press back back back back soft3 soft2");
                ask(owner, "wait 5000 lcd contains \"Watchers\"");
                long[] us = new long[times];
                for (int i = -WARM_UP; i < times; i++) {
                    ask(owner, "press soft3");
                    ask(watcher, "wait 20000 lamp @alice off");
                    long start = System.nanoTime();
                    ask(owner, "press soft2");
                    ask(watcher, "wait 20000 lamp @alice green");
                    us[Math.max(0, i)] = (System.nanoTime() - start) / 1000;
                }
                Arrays.sort(us);
                System.out.println(us[times / 2] + " " + us[times - 1]);
            }
        }
    }

    private DeskPhone phone(String name, String contact, Path folder) throws Exception {
        Settings settings = PhoneSettings.of("sip:" + name + "@example.test", name, "secret-" + name, "127.0.0.1:" + sipPort, "udp");
        settings.accounts[0].xcapRoot = "http://127.0.0.1:" + xcapPort + "/xcap-root";
        settings.contacts = new ContactSettings[] {new ContactSettings("sip:" + contact + "@example.test", contact, 0)};
        settings.rigPort = 0;
        settings.rigToken = TOKEN;
        return new DeskPhone(name, Boards.load("desk-text-36x8"), settings, folder.resolve(name), null);
    }

    private static JsonNode ask(RigClient rig, String request) throws IOException {
        JsonNode answer = rig.ask(request);
        if (!answer.path("ok").asBoolean()) {
            throw new IOException(request + ": " + answer);
        }
        return answer;
    }
}
