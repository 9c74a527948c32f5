package org.sidetone.emulator.body;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.sidetone.hal.Network;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.tck.NetworkContract;

/** The network of a whole emulated body, its faults switched off. */
class EmulatedNetworkTest extends NetworkContract {
    @TempDir
    private Path folder;
    private final Map<Network, EmulatedBody> bodies = new HashMap<>();

    @Override
    protected Network open() throws Exception {
        var board = Boards.load("desk-text-36x8");
        EmulatedBody body = new EmulatedBody(board, new SoftDisplay(board), new SoftLamps(board.lamps()), (hertz, ms) -> { },
                folder.resolve("body" + bodies.size()), null);
        bodies.put(body.network(), body);
        return body.network();
    }

    @Override
    protected void shut(Network network) throws IOException {
        bodies.get(network).close();
    }
}
