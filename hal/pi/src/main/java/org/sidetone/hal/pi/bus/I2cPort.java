package org.sidetone.hal.pi.bus;

import java.io.IOException;

/** One device on an I2C bus. */
public interface I2cPort {
    /** Writes octets in one transfer; blocks while the bus carries them. @throws IOException when the device does not acknowledge */
    void write(byte[] octets, int length) throws IOException;
}
