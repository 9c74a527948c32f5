package org.sidetone.hal.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Computes TLS handshakes on a thread of its own, so that a network's poll never waits for one, and ends those that take too long. */
final class Handshakes {
    /** Told on the network's thread. */
    interface Owner {
        /** A step is done, or the time is over. */
        void onStep(int handle, TlsStream stream);
    }

    private record Begun(int handle, TlsStream stream) {
    }

    private final Runnable wakeUp;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread t = new Thread(task, "handshakes");
        t.setDaemon(true);
        return t;
    });
    private final Queue<TlsStream> done = new ConcurrentLinkedQueue<>();
    private final List<Begun> begun = new ArrayList<>();

    Handshakes(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    void begin(TlsStream stream, int handle) {
        begun.add(new Begun(handle, stream));
    }

    void run(TlsStream stream, Runnable step) {
        thread.execute(() -> {
            try {
                step.run();
            } finally {
                done.add(stream);
                wakeUp.run();
            }
        });
    }

    /** Hands finished steps to their owner. */
    void settle(Owner owner) {
        if (begun.isEmpty()) {
            return;
        }
        for (TlsStream stream = done.poll(); stream != null; stream = done.poll()) {
            stream.settled();
            for (Begun b : List.copyOf(begun)) {
                if (b.stream() == stream) {
                    owner.onStep(b.handle(), stream);
                }
            }
        }
        for (Begun b : List.copyOf(begun)) {
            if (b.stream().isLate() && !b.stream().isWorking()) {
                owner.onStep(b.handle(), b.stream());
            }
        }
        begun.removeIf(b -> !b.stream().isWorking() && (!b.stream().isShakingHands() || b.stream().isOver() || b.stream().isLate()));
    }

    void close() {
        thread.shutdownNow();
    }
}
