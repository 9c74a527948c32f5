package org.sidetone.hal.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.sidetone.hal.Lamps;

/** {@link Lamps}. */
public abstract class LampsContract {
    protected abstract Lamps open() throws Exception;

    /** Number of a lamp that has green and red. */
    protected abstract int twoColoured();

    /** The colour that a person sees. */
    protected abstract int seen(int lamp) throws Exception;

    @Test
    void showsEveryColour() throws Exception {
        Lamps lamps = open();
        for (int colour : new int[] {Lamps.GREEN, Lamps.RED, Lamps.AMBER, Lamps.OFF}) {
            lamps.set(twoColoured(), colour);
            assertEquals(colour, seen(twoColoured()));
        }
    }

    @Test
    void staysAsItWasSetWhileOthersChange() throws Exception {
        Lamps lamps = open();
        lamps.set(twoColoured(), Lamps.GREEN);
        for (int i = 0; i < lamps.count(); i++) {
            if (i != twoColoured()) {
                lamps.set(i, Lamps.RED);
            }
        }
        assertEquals(Lamps.GREEN, seen(twoColoured()));
    }

    @Test
    void everyLampLightsInAnyColour() throws Exception {
        Lamps lamps = open();
        for (int i = 0; i < lamps.count(); i++) {
            lamps.set(i, Lamps.RED);
            assertTrue(seen(i) != Lamps.OFF);
            lamps.set(i, Lamps.GREEN);
            assertTrue(seen(i) != Lamps.OFF);
            lamps.set(i, Lamps.OFF);
            assertEquals(Lamps.OFF, seen(i));
        }
    }

    @Test
    void numbersOutsideAreIgnored() throws Exception {
        Lamps lamps = open();
        lamps.set(-1, Lamps.RED);
        lamps.set(lamps.count(), Lamps.RED);
        assertEquals(Lamps.OFF, seen(twoColoured()));
    }
}
