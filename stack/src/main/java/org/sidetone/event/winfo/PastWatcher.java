package org.sidetone.event.winfo;

import org.sidetone.bytes.FixedText;
import org.sidetone.doc.winfo.Watcherinfo;

/** A subscription that is over: it waits for a decision, or is remembered until everybody has heard of its end. */
final class PastWatcher {
    final FixedText resource = new FixedText(160);
    final FixedText watcher = new FixedText(160);
    /** {@link Watcherinfo#UNKNOWN}: free. */
    int status = Watcherinfo.UNKNOWN;
    int why;
    long serial;
    long order;
    long subscribedAtMs;
    /** Since when it has this status. */
    long sinceMs;
}
