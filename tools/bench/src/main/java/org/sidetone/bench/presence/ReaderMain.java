package org.sidetone.bench.presence;

import java.util.Arrays;
import org.sidetone.bench.fork.Timing;

/** One reader in a process of its own: {@code NAME full}, or {@code NAME time} and what {@link Timing} takes. */
public final class ReaderMain {
    private static long sum;

    private ReaderMain() {
    }

    public static void main(String[] arguments) throws Exception {
        DocumentReader reader = DocumentReader.named(arguments[0]);
        byte[][] documents = Documents.all();
        if (arguments[1].equals("full")) {
            for (byte[] document : documents) {
                System.out.printf("%016x%n", reader.read(document));
            }
            return;
        }
        Timing.print(Arrays.copyOfRange(arguments, 2, arguments.length), documents.length, i -> sum += reader.read(documents[i]));
        if (sum == 0) {
            throw new IllegalStateException("nothing was read");
        }
    }
}
