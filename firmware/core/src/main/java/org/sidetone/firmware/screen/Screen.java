package org.sidetone.firmware.screen;

/** One screen. It draws itself into a model and takes keys while it is in front. */
public abstract class Screen {
    protected final Desk desk;

    protected Screen(Desk desk) {
        this.desk = desk;
    }

    /** Fills a cleared model. */
    protected abstract void draw(ScreenModel out);

    /** A key was pressed. @return false: not ours; BACK then goes back one screen */
    protected abstract boolean onKey(int key, long nowMs);

    /** It came to the front. */
    protected void onShown(long nowMs) {
    }

    /** It left the front. */
    protected void onHidden(long nowMs) {
    }
}
