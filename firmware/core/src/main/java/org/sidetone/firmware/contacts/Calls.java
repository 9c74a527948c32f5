package org.sidetone.firmware.contacts;

import org.sidetone.bytes.FixedText;
import org.sidetone.doc.dialoginfo.DialogInfo;
import org.sidetone.event.Subscription;
import org.sidetone.event.dialog.DialogTable;
import org.sidetone.time.Timer;

/** The calls of one contact, by what one or more of the person's phones, or a server for them, tell. */
final class Calls implements Timer.Owner {
    static final int NONE = 0;
    static final int RINGING = 1;
    static final int TALKING = 2;
    static final int HELD = 3;

    /** Phones of one person that are heard at a time. */
    private static final int NOTIFIERS = 3;

    final Contact contact;
    final Timer stale;
    private final CallWatch watch;
    private final DialogTable[] tables = new DialogTable[NOTIFIERS];
    private final Subscription[] of = new Subscription[NOTIFIERS];
    private final FixedText nobody = new FixedText(0);
    /** What asks for all of them; null: not asked yet. */
    Subscription subscription;

    Calls(Contact contact, CallWatch watch) {
        this.contact = contact;
        this.watch = watch;
        stale = new Timer(watch.timers(), this);
        for (int i = 0; i < NOTIFIERS; i++) {
            tables[i] = new DialogTable();
        }
    }

    /** The table of a subscription, a new one if need be; null when there are too many. */
    DialogTable table(Subscription s) {
        int free = -1;
        for (int i = 0; i < NOTIFIERS; i++) {
            if (of[i] == s) {
                return tables[i];
            }
            free = of[i] == null ? i : free;
        }
        if (free < 0) {
            return null;
        }
        of[free] = s;
        tables[free].clear();
        return tables[free];
    }

    /** Forgets what a subscription told. */
    void forget(Subscription s) {
        for (int i = 0; i < NOTIFIERS; i++) {
            if (of[i] == s) {
                of[i] = null;
                tables[i].clear();
            }
        }
    }

    /** One of the states above: a talk before ringing before a held call. */
    int state() {
        boolean rings = false;
        for (int i = 0; i < NOTIFIERS; i++) {
            rings |= tables[i].isRinging();
        }
        DialogInfo d = foremost();
        boolean up = d != null && d.state == DialogInfo.CONFIRMED;
        return up && !d.held ? TALKING : rings ? RINGING : up ? HELD : d != null ? TALKING : NONE;
    }

    /** Who the call is with, where it is told; else empty. */
    FixedText peer() {
        DialogInfo d = foremost();
        return d == null ? nobody : d.peer;
    }

    private DialogInfo foremost() {
        DialogInfo best = null;
        for (int i = 0; i < NOTIFIERS; i++) {
            DialogInfo d = tables[i].foremost();
            best = d != null && (best == null || DialogTable.rank(d) > DialogTable.rank(best)) ? d : best;
        }
        return best;
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        watch.onStale(this, nowMs);
    }
}
