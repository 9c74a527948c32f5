package org.sidetone.hal.pi.bus;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import java.io.IOException;
import java.util.Arrays;

/** Pins by the kernel's GPIO character device, I2C by its device files, both through Pi4J. */
public final class Pi4jBus implements Bus {
    private final Context pi4j;

    /** On a Raspberry Pi: the providers that Pi4J finds. */
    public Pi4jBus() {
        this(Pi4J.newAutoContext());
    }

    /** @param context closed with the bus */
    public Pi4jBus(Context context) {
        pi4j = context;
    }

    @Override
    public OutputPin output(int pin, boolean high) {
        DigitalState initial = high ? DigitalState.HIGH : DigitalState.LOW;
        DigitalOutput out = pi4j.create(DigitalOutput.newConfigBuilder(pi4j).id("out-" + pin).address(pin).initial(initial)
                .shutdown(DigitalState.LOW).build());
        return level -> out.state(level ? DigitalState.HIGH : DigitalState.LOW);
    }

    @Override
    public InputPin input(int pin) {
        DigitalInput in = pi4j.create(DigitalInput.newConfigBuilder(pi4j).id("in-" + pin).address(pin).pull(PullResistance.PULL_UP)
                .debounce(0L).build());
        return () -> in.state() == DigitalState.HIGH;
    }

    @Override
    public I2cPort i2c(int bus, int address) {
        I2C device = pi4j.create(I2C.newConfigBuilder(pi4j).id("i2c-" + bus + "-" + address).bus(bus).device(address).build());
        return (octets, length) -> {
            try {
                device.write(Arrays.copyOf(octets, length));
            } catch (Pi4JException e) {
                throw new IOException("no acknowledgement from I2C device " + address + " on bus " + bus, e);
            }
        };
    }

    @Override
    public void close() {
        pi4j.shutdown();
    }
}
