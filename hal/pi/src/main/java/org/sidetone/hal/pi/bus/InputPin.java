package org.sidetone.hal.pi.bus;

/** A pin that is read. */
public interface InputPin {
    boolean isHigh();
}
