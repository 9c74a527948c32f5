package org.sidetone.hal;

/** Starts the device anew when the firmware hangs. */
public interface Watchdog {
    /** The loop turned: it is alive. Called at least every 5 s. */
    void alive();
}
