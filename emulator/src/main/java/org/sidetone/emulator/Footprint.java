package org.sidetone.emulator;

import org.sidetone.emulator.desk.DeskPhone;

/** How much heap lives after boot and registration. */
final class Footprint {
    private static final int WAIT_MS = 10_000;

    private Footprint() {
    }

    /** @param before live heap before the phone's power was switched on */
    static int print(DeskPhone phone, long before) {
        long until = System.currentTimeMillis() + WAIT_MS;
        while (!phone.phone().isRegistered() && System.currentTimeMillis() < until) {
            Thread.onSpinWait();
        }
        System.out.println(phone.phone().isRegistered() ? "registered" : "not registered: is the server there, is the password right?");
        long after = LiveHeap.octets();
        System.out.printf("live heap of the phone: %.2f MB (of the process, command line and board reader included: %.2f MB)%n",
                (after - before) / 1e6, after / 1e6);
        return phone.phone().isRegistered() ? 0 : 1;
    }
}
