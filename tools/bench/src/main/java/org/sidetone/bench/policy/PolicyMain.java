package org.sidetone.bench.policy;

import java.util.Arrays;
import org.sidetone.bench.fork.Timing;

/** One engine in a process of its own: {@code NAME full}, or {@code NAME time} and what {@link Timing} takes. */
public final class PolicyMain {
    private static long sum;

    private PolicyMain() {
    }

    /** Shows a watcher what he may see. */
    interface Engine {
        /** @return how he is handled, times 1,000,000, and how many elements he is shown */
        long show(int watcher) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Engine engine = arguments[0].equals("sidetone") ? new OwnEngine() : new DomEngine();
        if (arguments[1].equals("full")) {
            for (int i = 0; i < Rules.WATCHERS; i++) {
                System.out.println(engine.show(i));
            }
            return;
        }
        Timing.print(Arrays.copyOfRange(arguments, 2, arguments.length), Rules.WATCHERS, i -> sum += engine.show(i));
        if (sum == 0) {
            throw new IllegalStateException("nothing was shown");
        }
    }
}
