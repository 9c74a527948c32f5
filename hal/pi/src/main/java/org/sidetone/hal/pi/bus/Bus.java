package org.sidetone.hal.pi.bus;

/** Everything a board's drivers are wired to. Pins are BCM numbers; each is opened once. */
public interface Bus extends AutoCloseable {
    /** Opens a pin as output, at first low or high. */
    OutputPin output(int pin, boolean high);

    /** Opens a pin as input, pulled up. */
    InputPin input(int pin);

    I2cPort i2c(int bus, int address);

    @Override
    void close();
}
