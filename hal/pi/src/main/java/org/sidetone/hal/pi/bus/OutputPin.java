package org.sidetone.hal.pi.bus;

/** A pin that is driven. */
public interface OutputPin {
    /** Drives it high or low; done on return. */
    void set(boolean high);
}
