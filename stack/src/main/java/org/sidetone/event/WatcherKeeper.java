package org.sidetone.event;

/** Whoever keeps the dialogs of watchers over a reboot. */
public interface WatcherKeeper {
    /** The dialog is new, not what was kept, or over: {@link Notifier#putRecord} writes what is to be kept now. @param slot below {@link Notifier#capacity} */
    void watcherChanged(int slot);
}
