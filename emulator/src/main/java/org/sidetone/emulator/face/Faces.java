package org.sidetone.emulator.face;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.sidetone.emulator.desk.DeskPhone;

/** Shows phones until the person ends it. */
public final class Faces {
    private Faces() {
    }

    /** The best face this machine can show: a window with a display, the terminal on one, else what is given. */
    public static String best(String otherwise) {
        if (!GraphicsEnvironment.isHeadless()) {
            return "window";
        }
        return System.console() != null ? "terminal" : otherwise;
    }

    /** @param face {@code window}, {@code terminal} or {@code headless}. @throws IOException when it cannot be shown here */
    public static void show(String face, List<DeskPhone> phones) throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(end::countDown));
        switch (face) {
            case "window" -> {
                if (GraphicsEnvironment.isHeadless()) {
                    throw new IOException("there is no display for a window here; try --face terminal");
                }
                PhoneWindow.open(phones, end::countDown);
            }
            case "terminal" -> {
                TerminalFace.run(phones);
                return;
            }
            default -> System.out.println("Ctrl-C ends it.");
        }
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
