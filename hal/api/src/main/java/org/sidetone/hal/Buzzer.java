package org.sidetone.hal;

/** Short tones. */
public interface Buzzer {
    /** Starts a tone; one that sounds is replaced. @param hertz 100 to 8000. @param durationMs 1 to 5000 */
    void tone(int hertz, int durationMs);
}
