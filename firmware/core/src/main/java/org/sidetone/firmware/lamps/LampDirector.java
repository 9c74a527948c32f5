package org.sidetone.firmware.lamps;

import org.sidetone.bytes.Slice;
import org.sidetone.firmware.chats.Conversations;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.firmware.contacts.ContactList;
import org.sidetone.hal.Key;
import org.sidetone.hal.Lamps;
import org.sidetone.hal.Panel;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;

/** Colour and rhythm of every lamp, by the default profile: contacts on the line keys, news and trouble on the message lamp. */
public final class LampDirector implements Timer.Owner {
    private static final int SLOW_MS = 1000;
    private static final int FAST_MS = 200;
    private static final int FLASH_MS = 100;
    private static final int PENDING_PAUSE_MS = 1900;
    private static final int TROUBLE_PAUSE_MS = 2900;

    private final Lamps lamps;
    private final Panel panel;
    private final Timer[] timers;
    private final int[] colour;
    private final int[] onMs;
    private final int[] offMs;
    private final boolean[] lit;
    private final Slice slice = new Slice();

    public LampDirector(Lamps lamps, Panel panel, TimerQueue queue) {
        this.lamps = lamps;
        this.panel = panel;
        int n = panel.lamps();
        timers = new Timer[n];
        colour = new int[n];
        onMs = new int[n];
        offMs = new int[n];
        lit = new boolean[n];
        for (int i = 0; i < n; i++) {
            timers[i] = new Timer(queue, this);
            lamps.set(i, Lamps.OFF);
        }
    }

    /** Shows what is so now. @param waiting whether there is unread text or voice mail */
    public void update(ContactList contacts, Conversations conversations, boolean waiting, boolean registered, long nowMs) {
        for (int i = 0; i < timers.length; i++) {
            int key = panel.lampKey(i);
            if (key == Key.MESSAGES) {
                message(i, waiting, registered, nowMs);
            } else if (key >= Key.LINE_1) {
                Contact c = contacts.book().atPlace(key - Key.LINE_1);
                contact(i, c == null ? Contact.OFFLINE : conversations.isOffered(c.address.slice(slice)) ? Contact.RINGING : c.state(), nowMs);
            }
        }
    }

    private void contact(int lamp, int state, long nowMs) {
        switch (state) {
            case Contact.AVAILABLE: set(lamp, Lamps.GREEN, 0, 0, nowMs); break;
            case Contact.AWAY: set(lamp, Lamps.AMBER, 0, 0, nowMs); break;
            case Contact.BUSY: set(lamp, Lamps.RED, 0, 0, nowMs); break;
            case Contact.RINGING: set(lamp, Lamps.RED, FAST_MS, FAST_MS, nowMs); break;
            case Contact.HELD: set(lamp, Lamps.RED, SLOW_MS, SLOW_MS, nowMs); break;
            case Contact.PENDING: set(lamp, Lamps.GREEN, FLASH_MS, PENDING_PAUSE_MS, nowMs); break;
            default: set(lamp, Lamps.OFF, 0, 0, nowMs);
        }
    }

    private void message(int lamp, boolean waiting, boolean registered, long nowMs) {
        if (waiting) {
            set(lamp, Lamps.RED, SLOW_MS, SLOW_MS, nowMs);
        } else if (!registered) {
            set(lamp, Lamps.RED, FLASH_MS, TROUBLE_PAUSE_MS, nowMs);
        } else {
            set(lamp, Lamps.OFF, 0, 0, nowMs);
        }
    }

    /** A lamp that shows this already goes on as it is. */
    private void set(int lamp, int newColour, int on, int off, long nowMs) {
        if (colour[lamp] == newColour && onMs[lamp] == on && offMs[lamp] == off) {
            return;
        }
        colour[lamp] = newColour;
        onMs[lamp] = on;
        offMs[lamp] = off;
        lit[lamp] = newColour != Lamps.OFF;
        lamps.set(lamp, newColour);
        if (on > 0) {
            timers[lamp].startAt(nowMs + on);
        } else {
            timers[lamp].stop();
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        for (int i = 0; i < timers.length; i++) {
            if (timers[i] == timer) {
                lit[i] = !lit[i];
                lamps.set(i, lit[i] ? colour[i] : Lamps.OFF);
                timer.startAt(nowMs + (lit[i] ? onMs[i] : offMs[i]));
            }
        }
    }
}
