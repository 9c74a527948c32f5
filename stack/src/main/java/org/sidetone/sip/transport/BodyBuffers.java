package org.sidetone.sip.transport;

/** The few large arrays that bodies are gathered in from streams. */
final class BodyBuffers {
    private final byte[][] buffers;
    private final boolean[] taken;
    private final int size;

    BodyBuffers(int count, int size) {
        buffers = new byte[count][size];
        taken = new boolean[count];
        this.size = size;
    }

    int size() {
        return size;
    }

    /** @return a free array, or null */
    byte[] take() {
        for (int i = 0; i < buffers.length; i++) {
            if (!taken[i]) {
                taken[i] = true;
                return buffers[i];
            }
        }
        return null;
    }

    void giveBack(byte[] buffer) {
        for (int i = 0; i < buffers.length; i++) {
            if (buffers[i] == buffer) {
                taken[i] = false;
            }
        }
    }
}
