package org.sidetone.hal.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.hal.Storage;

/** {@link Storage}. */
public abstract class StorageContract {
    protected Storage storage;

    /** Opens storage over the same medium every time within a test. */
    protected abstract Storage open() throws Exception;

    protected abstract void shut(Storage opened) throws Exception;

    /** Lets time go by for completions to come. */
    protected abstract void await() throws Exception;

    @BeforeEach
    void openIt() throws Exception {
        storage = open();
    }

    @AfterEach
    void shutIt() throws Exception {
        shut(storage);
    }

    private Storage.Completion next() throws Exception {
        Storage.Completion c = new Storage.Completion();
        while (!storage.next(c)) {
            await();
        }
        return c;
    }

    private int replace(String name, String text) throws Exception {
        byte[] b = text.getBytes();
        int ticket = storage.replace(name, b, 0, b.length);
        Arrays.fill(b, (byte) 'x');                          // the array is ours again
        Storage.Completion c = next();
        assertEquals(ticket, c.ticket);
        return c.result;
    }

    private String read(String name) throws Exception {
        byte[] into = new byte[100];
        int ticket = storage.read(name, into, 10, 90);
        Storage.Completion c = next();
        assertEquals(ticket, c.ticket);
        return c.result < 0 ? null : new String(into, 10, c.result);
    }

    @Test
    void whatWasReplacedIsRead() throws Exception {
        assertEquals(5, replace("inbox.7", "hello"));
        assertEquals("hello", read("inbox.7"));
        assertEquals(2, replace("inbox.7", "hi"));
        assertEquals("hi", read("inbox.7"));
    }

    @Test
    void anAbsentRecordIsAbsent() throws Exception {
        byte[] into = new byte[10];
        storage.read("nothing", into, 0, 10);
        assertEquals(Storage.ABSENT, next().result);
    }

    @Test
    void aRecordLargerThanTheArrayFails() throws Exception {
        replace("large", "0123456789");
        byte[] into = new byte[4];
        storage.read("large", into, 0, 4);
        assertEquals(Storage.FAILED, next().result);
        assertArrayEquals(new byte[4], into);
    }

    @Test
    void aRemovedRecordIsAbsentAndRemovingTwiceIsNoFailure() throws Exception {
        replace("gone", "x");
        storage.remove("gone");
        assertTrue(next().result >= 0);
        storage.remove("gone");
        assertTrue(next().result >= 0);
        assertEquals(null, read("gone"));
    }

    @Test
    void requestsCompleteInTheirOrder() throws Exception {
        int[] tickets = new int[20];
        for (int i = 0; i < tickets.length; i++) {
            tickets[i] = storage.replace("r" + i % 3, new byte[] {(byte) i}, 0, 1);
        }
        for (int ticket : tickets) {
            assertEquals(ticket, next().ticket);
        }
        byte[] into = new byte[1];
        storage.read("r1", into, 0, 1);
        next();
        assertEquals(19, into[0]);
    }

    @Test
    void tooManyRequestsAreRefusedAndNothingIsLost() throws Exception {
        int taken = 0;
        while (storage.replace("many", new byte[] {1, 2, 3}, 0, 3) != Storage.BUSY && taken < 10_000) {
            taken++;
        }
        for (int i = 0; i < taken; i++) {
            assertEquals(3, next().result);
        }
        assertEquals(1, replace("many", "z"));
    }

    @Test
    void whatWasReportedWrittenSurvivesAPowerCut() throws Exception {
        replace("kept", "before");
        assertEquals(5, replace("kept", "after"));
        storage.replace("kept", "maybe".getBytes(), 0, 5);
        shut(storage);
        storage = open();
        String found = read("kept");
        assertTrue("after".equals(found) || "maybe".equals(found), "a record is whole, old or new, not " + found);
    }

    @Test
    void aNameOutsideTheRulesIsAMistake() {
        assertThrows(IllegalArgumentException.class, () -> storage.read("../secret", new byte[1], 0, 1));
        assertThrows(IllegalArgumentException.class, () -> storage.remove(""));
    }
}
