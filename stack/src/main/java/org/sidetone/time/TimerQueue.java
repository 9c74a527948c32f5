package org.sidetone.time;

/**
 * Every timer of one stack, in a binary heap ordered by deadline. A heap rather than a wheel: deadlines are exact to the
 * millisecond, the next one is known at once (the owner sleeps until it), and a stack that slept catches up without turning
 * through empty slots. The heap has room for every timer that was made, so starting one cannot fail.
 */
public final class TimerQueue {
    /** No timer runs. */
    public static final long NEVER = Long.MAX_VALUE;

    private Timer[] heap = new Timer[64];
    private int registered;
    private int size;
    private long started;

    void register() {
        if (++registered > heap.length) {
            Timer[] larger = new Timer[2 * heap.length];
            System.arraycopy(heap, 0, larger, 0, size);
            heap = larger;
        }
    }

    void start(Timer timer, long atMs) {
        timer.deadlineMs = atMs;
        timer.order = started++;
        if (timer.position < 0) {
            timer.position = size;
            heap[size++] = timer;
        }
        siftDown(timer);
        siftUp(timer);
    }

    void stop(Timer timer) {
        int hole = timer.position;
        if (hole < 0) {
            return;
        }
        timer.position = -1;
        Timer last = heap[--size];
        heap[size] = null;
        if (last != timer) {
            last.position = hole;
            heap[hole] = last;
            siftDown(last);
            siftUp(last);
        }
    }

    /** Fires what is due, at most {@code limit} timers; equal deadlines in the order they were started. @return how many fired */
    public int poll(long nowMs, int limit) {
        int fired = 0;
        while (fired < limit && size > 0 && heap[0].deadlineMs <= nowMs) {
            Timer timer = heap[0];
            stop(timer);
            fired++;
            timer.owner.onTimer(timer, nowMs);
        }
        return fired;
    }

    /** Deadline of the next timer, or {@link #NEVER}. */
    public long nextDeadlineMs() {
        return size == 0 ? NEVER : heap[0].deadlineMs;
    }

    /** Timers that run. */
    public int running() {
        return size;
    }

    private static boolean before(Timer a, Timer b) {
        return a.deadlineMs != b.deadlineMs ? a.deadlineMs < b.deadlineMs : a.order < b.order;
    }

    private void siftUp(Timer timer) {
        int at = timer.position;
        while (at > 0) {
            Timer parent = heap[(at - 1) >> 1];
            if (!before(timer, parent)) {
                break;
            }
            heap[at] = parent;
            int up = parent.position;
            parent.position = at;
            at = up;
        }
        heap[at] = timer;
        timer.position = at;
    }

    private void siftDown(Timer timer) {
        int at = timer.position;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], timer)) {
                break;
            }
            heap[at] = heap[child];
            heap[at].position = at;
            at = child;
        }
        heap[at] = timer;
        timer.position = at;
    }
}
