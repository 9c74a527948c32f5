package org.sidetone.time;

/** One timer, embedded in its owner and made at boot. Starting, restarting and stopping allocate nothing. */
public final class Timer {
    /** Told when a timer fires. A late firing is harmless where the owner looks at its state first. */
    public interface Owner {
        /** @param timer the one that fired, to tell several of one owner apart */
        void onTimer(Timer timer, long nowMs);
    }

    final Owner owner;
    final TimerQueue queue;
    long deadlineMs;
    long order;
    int position = -1;

    public Timer(TimerQueue queue, Owner owner) {
        this.queue = queue;
        this.owner = owner;
        queue.register();
    }

    /** Starts or restarts. @param atMs monotonic milliseconds; in the past: fires at the next poll */
    public void startAt(long atMs) {
        queue.start(this, atMs);
    }

    public void stop() {
        queue.stop(this);
    }

    public boolean isRunning() {
        return position >= 0;
    }

    /** When it fires; meaningful while it runs. */
    public long deadlineMs() {
        return deadlineMs;
    }
}
