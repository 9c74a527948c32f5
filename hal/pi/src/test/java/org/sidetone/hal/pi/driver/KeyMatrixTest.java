package org.sidetone.hal.pi.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.sidetone.hal.Key;
import org.sidetone.hal.Keypad;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.pi.bus.RecordingBus;
import org.sidetone.hal.tck.KeypadContract;

class KeyMatrixTest extends KeypadContract {
    private final RecordingBus bus = new RecordingBus();
    private Board board;
    private KeyMatrix matrix;

    @Override
    protected Keypad open() throws Exception {
        board = Boards.load("pi-text-20x4");
        matrix = new KeyMatrix(board, bus, () -> { });
        return matrix;
    }

    private void finger(int key, boolean down) {
        for (int r = 0; r < board.keypad().keys().size(); r++) {
            for (int c = 0; c < board.keypad().keys().get(r).size(); c++) {
                if (Key.of(board.keypad().keys().get(r).get(c)) == key) {
                    bus.join(board.keypad().rowPins().get(r), board.keypad().columnPins().get(c), down);
                }
            }
        }
    }

    @Override
    protected void press(int key) {
        finger(key, true);
        matrix.scan();
        matrix.scan();
    }

    @Override
    protected void release(int key) {
        finger(key, false);
        matrix.scan();
        matrix.scan();
    }

    @Test
    void everyKeyOfTheBoardIsFound() throws Exception {
        Keypad keypad = open();
        for (int key = 0; key < Key.COUNT; key++) {
            if (board.hasKey(key)) {
                press(key);
                assertEquals(key << 1 | 1, keypad.next());
                release(key);
                assertEquals(key << 1, keypad.next());
            }
        }
    }

    @Test
    void aContactThatBouncesIsOnePress() throws Exception {
        Keypad keypad = open();
        for (int i = 0; i < 5; i++) {
            finger(7, i % 2 == 0);
            matrix.scan();
        }
        finger(7, true);
        matrix.scan();
        matrix.scan();
        assertEquals(7 << 1 | 1, keypad.next());
        assertEquals(Keypad.NONE, keypad.next());
    }

    @Test
    void aGhostIsNotAPress() throws Exception {
        Keypad keypad = open();
        press(1);
        press(2);
        press(4);                                            // 5 seems closed now
        assertEquals(1 << 1 | 1, keypad.next());
        assertEquals(2 << 1 | 1, keypad.next());
        assertEquals(Keypad.NONE, keypad.next());
        release(2);                                          // now it is clear that it was 4
        assertEquals(4 << 1 | 1, keypad.next());
        assertEquals(2 << 1, keypad.next());
        assertEquals(Keypad.NONE, keypad.next());
    }
}
