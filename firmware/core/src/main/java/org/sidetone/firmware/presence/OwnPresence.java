package org.sidetone.firmware.presence;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.doc.pidf.Activity;
import org.sidetone.doc.pidf.PidfReader;
import org.sidetone.doc.pidf.PidfWriter;
import org.sidetone.doc.pidf.Presence;
import org.sidetone.event.publish.EventState;
import org.sidetone.event.publish.Publisher;
import org.sidetone.presence.PresencePackage;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/** The state the owner shows. A manual choice beats the automatic one until {@link #AUTOMATIC} is chosen. */
public final class OwnPresence implements Timer.Owner {
    public static final int AUTOMATIC = 0;
    public static final int AVAILABLE = 1;
    public static final int BUSY = 2;
    public static final int DO_NOT_DISTURB = 3;
    public static final int BE_RIGHT_BACK = 4;
    public static final int AWAY = 5;
    public static final int OFF_WORK = 6;
    public static final int APPEAR_OFFLINE = 7;
    public static final int COUNT = 8;

    private static final String[] NAMES = {"Automatic", "Available", "Busy", "Do not disturb", "Be right back", "Away", "Off work",
        "Appear offline"};
    private static final long IDLE_MS = 5 * 60_000;
    private static final long AWAY_MS = 15 * 60_000;

    /** Told when what is shown changed. */
    public interface User {
        void onOwnPresence();
    }

    private final UserAgent agent;
    private final User user;
    private final Publication[] publications;
    private final Timer idleTimer;
    private final PidfWriter writer = new PidfWriter();
    private final Presence state = new Presence();
    private final FixedText note = new FixedText(60);
    private int chosen = AUTOMATIC;
    private int idleSteps;

    public OwnPresence(UserAgent agent, User user) {
        this.agent = agent;
        this.user = user;
        publications = new Publication[agent.accounts()];
        for (int i = 0; i < publications.length; i++) {
            publications[i] = new Publication(agent.account(i));
        }
        idleTimer = new Timer(agent.timers(), this);
    }

    /** Publishes for an account, once. */
    public void start(Account account, int expiresSec, long nowMs) {
        Publication p = publications[account.index];
        if (p.publisher.state() == Publisher.IDLE) {
            p.tupleId.set("d");
            p.contact.set(account.address);
            idleTimer.startAt(nowMs + IDLE_MS);
            p.publisher.start(account, expiresSec, nowMs);
        } else {
            p.publisher.hurry(nowMs);
        }
    }

    public void stop(Account account, long nowMs) {
        publications[account.index].publisher.stop(nowMs);
    }

    public int chosen() {
        return chosen;
    }

    public static String name(int choice) {
        return NAMES[choice];
    }

    /** What others see in one word. */
    public String shownName() {
        if (chosen != AUTOMATIC) {
            return NAMES[chosen];
        }
        return idleSteps == 0 ? NAMES[AVAILABLE] : idleSteps == 1 ? "Idle" : NAMES[AWAY];
    }

    public void choose(int choice, long nowMs) {
        if (choice != chosen) {
            chosen = choice;
            changed(nowMs);
        }
    }

    /** A key was pressed: somebody is there. */
    public void onKey(long nowMs) {
        idleTimer.startAt(nowMs + IDLE_MS);
        if (idleSteps != 0) {
            idleSteps = 0;
            if (chosen == AUTOMATIC) {
                changed(nowMs);
            }
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (idleSteps < 2) {
            idleSteps++;
            if (idleSteps == 1) {
                idleTimer.startAt(nowMs + AWAY_MS - IDLE_MS);
            }
            if (chosen == AUTOMATIC) {
                changed(nowMs);
            }
        }
    }

    private void changed(long nowMs) {
        for (int i = 0; i < publications.length; i++) {
            publications[i].publisher.changed(nowMs);
        }
        user.onOwnPresence();
    }

    /** Whether sounds and pop-ups are off. */
    public boolean isUndisturbed() {
        return chosen == DO_NOT_DISTURB;
    }

    public int publisherState(int account) {
        return publications[account].publisher.state();
    }

    private void fill(FixedText entity) {
        state.clear();
        state.entity.set(entity);
        state.note.set(note);
        state.addBasic(chosen == APPEAR_OFFLINE ? Presence.CLOSED : Presence.OPEN);
        switch (chosen) {
            case AUTOMATIC:
                state.setIdle(idleSteps > 0);
                state.addActivities(idleSteps > 1 ? Activity.AWAY : 0);
                break;
            case BUSY: case DO_NOT_DISTURB:
                state.addActivities(Activity.BUSY);
                if (chosen == DO_NOT_DISTURB) {
                    state.note.set("Do not disturb");
                }
                break;
            case BE_RIGHT_BACK: case AWAY:
                state.addActivities(Activity.AWAY);
                if (chosen == BE_RIGHT_BACK) {
                    state.note.set("Be right back");
                }
                break;
            case OFF_WORK:
                state.addActivities(Activity.AWAY);
                state.note.set("Off work");
                break;
            default:
                break;
        }
    }

    /** One account's document and its publisher. */
    private final class Publication implements EventState {
        final Account account;
        final Publisher publisher;
        final FixedText tupleId = new FixedText(48);
        final FixedText contact = new FixedText(160);

        Publication(Account account) {
            this.account = account;
            publisher = new Publisher(agent, PresencePackage.EVENT, this);
        }

        @Override
        public byte[] contentType() {
            return PidfReader.CONTENT_TYPE;
        }

        @Override
        public void write(long nowMs, ByteSink out) {
            fill(account.address);
            writer.write(state, tupleId, contact, agent.unixSec(nowMs), out);
        }
    }
}
