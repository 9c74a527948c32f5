package org.sidetone.emulator;

import org.sidetone.emulator.desk.DeskPhone;

/** How much heap lives after boot and registration. */
final class Footprint {
    private static final int WAIT_MS = 10_000;

    private Footprint() {
    }

    static int print(DeskPhone phone) {
        long until = System.currentTimeMillis() + WAIT_MS;
        while (!phone.phone().isRegistered() && System.currentTimeMillis() < until) {
            Thread.onSpinWait();
        }
        System.out.println(phone.phone().isRegistered() ? "registered" : "not registered: is the server there, is the password right?");
        System.gc();
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf("live heap: %.2f MB (the whole process, launcher and board reader included)%n", used / 1e6);
        return phone.phone().isRegistered() ? 0 : 1;
    }
}
