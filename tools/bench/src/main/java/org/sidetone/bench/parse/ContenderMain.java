package org.sidetone.bench.parse;

import java.util.Arrays;
import org.sidetone.bench.fork.Timing;

/** One contender in a process of its own: {@code NAME full}, or {@code NAME time ROUNDS MS WARM-UP-MS}; prints as the C peers do. */
public final class ContenderMain {
    private ContenderMain() {
    }

    public static void main(String[] arguments) throws Exception {
        Contender contender = Contender.named(arguments[0]);
        byte[][] messages = Corpus.messages();
        if (arguments[1].equals("full")) {
            Fields fields = new Fields(true);
            for (byte[] message : messages) {
                fields.start();
                try {
                    contender.read(message, fields);
                    System.out.printf("%016x%n", fields.sum());
                } catch (Exception e) {
                    System.out.println("refused " + e);
                }
            }
            return;
        }
        System.gc();                                    // the messages lie one after another, as they do for the peers in C
        Fields fields = new Fields(false);
        Timing.print(Arrays.copyOfRange(arguments, 2, arguments.length), messages.length, i -> contender.read(messages[i], fields));
        if (fields.sum() == 0) {
            throw new IllegalStateException("nothing was read");
        }
    }
}
