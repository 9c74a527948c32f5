package org.sidetone.firmware.presence;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.Activity;
import org.sidetone.doc.pidf.Component;
import org.sidetone.doc.pidf.PartialPidf;
import org.sidetone.doc.pidf.Period;
import org.sidetone.doc.pidf.PidfReader;
import org.sidetone.doc.pidf.PidfWriter;
import org.sidetone.doc.pidf.Presence;
import org.sidetone.doc.pidf.PresenceDocument;
import org.sidetone.doc.pidf.Rpid;
import org.sidetone.doc.pidf.TimedStatus;
import org.sidetone.event.publish.EventState;
import org.sidetone.event.publish.Publisher;
import org.sidetone.firmware.calendar.Appointment;
import org.sidetone.firmware.calendar.Calendar;
import org.sidetone.firmware.keeping.Records;
import org.sidetone.hal.Storage;
import org.sidetone.presence.PresencePackage;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/** The state the owner shows. A manual choice beats the automatic one until {@link #AUTOMATIC} is chosen. */
public final class OwnPresence implements Timer.Owner, Records.Owner, Calendar.User {
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
    private static final int DOCUMENT_BYTES = 1792;
    /** Appointments ahead that are told of. */
    private static final int AHEAD = 2;
    /** The entity tag orders publications; a version would be a second order (RFC 5264 section 3.2). */
    private static final long NO_VERSION = -1;
    private static final long IDLE_MS = 5 * 60_000;
    private static final long AWAY_MS = 15 * 60_000;

    /** Told when what is shown changed. */
    public interface User {
        void onOwnPresence(long nowMs);
    }

    private final UserAgent agent;
    private final User user;
    private final Publication[] publications;
    /** The entity tag of each publication, found again after a reboot. */
    private final Records tags;
    private final Calendar calendar;
    private final Timer idleTimer;
    private final PartialPidf pidf;
    private final PidfWriter writer = new PidfWriter();
    /** A service and a person. */
    private final PresenceDocument document = new PresenceDocument(2, 768);
    private final FixedText note = new FixedText(60);
    private final FixedText spoken = new FixedText(32);
    private int chosen = AUTOMATIC;
    private int idleSteps;
    private long lastKeyMs;
    private long chosenMs;
    /** Time of the state that is shown, in Unix seconds; negative: not known. */
    private long stampSec = -1;
    private boolean tellsLastInput = true;
    private boolean talking;
    private long talkingMs;

    /** @param pidf makes partial documents; null: whole ones are published */
    public OwnPresence(UserAgent agent, Storage storage, PartialPidf pidf, User user) {
        calendar = new Calendar(agent, storage, this);
        this.agent = agent;
        this.pidf = pidf;
        this.user = user;
        publications = new Publication[agent.accounts()];
        for (int i = 0; i < publications.length; i++) {
            publications[i] = new Publication(agent.account(i));
        }
        tags = new Records(storage, "publication", publications.length, this);
        idleTimer = new Timer(agent.timers(), this);
    }

    /** Publishes for an account, once. */
    public void start(Account account, int expiresSec, long nowMs) {
        Publication p = publications[account.index];
        if (p.publisher.state() == Publisher.IDLE) {
            lastKeyMs = nowMs;
            chosenMs = nowMs;
            idleTimer.startAt(nowMs + IDLE_MS);
            p.expiresSec = expiresSec;
            tags.read(account.index);
        } else {
            p.publisher.hurry(nowMs);
        }
    }

    @Override
    public void onRecord(int number, Slice record, long nowMs) {
        Publication p = publications[number];
        if (p.publisher.state() == Publisher.IDLE) {
            p.publisher.start(p.account, p.expiresSec, record.isEmpty() ? null : record, nowMs);
        }
    }

    @Override
    public void writeRecord(int number, ByteSink out) {
        out.put(publications[number].tag);
    }

    /** Takes a completion that is ours. @return false when it is not */
    public boolean onCompletion(Storage.Completion completion, long nowMs) {
        return tags.onCompletion(completion, nowMs) || calendar.onCompletion(completion, nowMs);
    }

    public void doWork() {
        tags.doWork();
        calendar.doWork();
    }

    public Calendar calendar() {
        return calendar;
    }

    @Override
    public void onCalendar(long nowMs) {
        changed(nowMs);
    }

    /** The appointment that the automatic state shows; null: none. */
    private Appointment appointment() {
        return chosen == AUTOMATIC && !talking ? calendar.now() : null;
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
        return talking ? "On the phone" : calendar.now() != null ? "Appointment" : idleSteps == 0 ? NAMES[AVAILABLE] : idleSteps == 1 ? "Idle" : NAMES[AWAY];
    }

    public void choose(int choice, long nowMs) {
        if (choice != chosen) {
            chosen = choice;
            chosenMs = nowMs;
            changed(nowMs);
        }
    }

    /** What the owner says of it; may be empty. */
    public FixedText note() {
        return note;
    }

    /** The owner says something of it. @param text up to 60 octets; empty: nothing any more */
    public void setNote(Slice text, long nowMs) {
        if (!note.equals(text) && note.set(text)) {
            changed(nowMs);
        }
    }

    /** Whether he is where nobody reaches him by this phone. */
    public boolean isOffWork() {
        return chosen == OFF_WORK;
    }

    /** Whether a chat is open: the automatic state says so. */
    public void setTalking(boolean now, long nowMs) {
        if (talking != now) {
            talking = now;
            talkingMs = nowMs;
            if (chosen == AUTOMATIC) {
                changed(nowMs);
            }
        }
    }

    /** A key was pressed: somebody is there. */
    public void onKey(long nowMs) {
        idleTimer.startAt(nowMs + IDLE_MS);
        lastKeyMs = nowMs;
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
        long unixSec = agent.unixSec(nowMs);
        stampSec = unixSec < 0 ? -1 : Math.max(unixSec, stampSec + 1);       // no two states have the same (RFC 3863 section 4.1.7)
        for (int i = 0; i < publications.length; i++) {
            publications[i].publisher.changed(nowMs);
        }
        user.onOwnPresence(nowMs);
    }

    /** Whether idle says since when (RFC 4480 section 3.14 wants a choice). */
    public void tellLastInput(boolean value) {
        tellsLastInput = value;
    }

    /** Appends what an account shows now. */
    public void write(Account account, long nowMs, ByteSink out) {
        publications[account.index].writeWhole(nowMs, out);
    }

    /** Starts an account that publishes nowhere: whoever watches asks the phone. */
    public void startAlone(long nowMs) {
        lastKeyMs = nowMs;
        chosenMs = nowMs;
        idleTimer.startAt(nowMs + IDLE_MS);
    }

    /** Whether sounds and pop-ups are off. */
    public boolean isUndisturbed() {
        return chosen == DO_NOT_DISTURB;
    }

    public int publisherState(int account) {
        return publications[account].publisher.state();
    }

    /** What the chosen state says of the person: {@link Activity} bits. */
    private int activities() {
        switch (chosen) {
            case AUTOMATIC:
                return talking ? Activity.ON_THE_PHONE : calendar.now() != null ? Activity.APPOINTMENT : idleSteps > 1 ? Activity.AWAY : 0;
            case BUSY: case DO_NOT_DISTURB:
                return Activity.BUSY;
            case BE_RIGHT_BACK: case AWAY: case OFF_WORK:
                return Activity.AWAY;
            default:
                return 0;
        }
    }

    /** Kept short: with credentials the PUBLISH has to fit into a datagram (RFC 3261 section 18.1.1). */
    private void fill(Account account, FixedText tupleId, long nowMs) {
        document.clear();
        document.entity.set(account.address);
        if (chosen == APPEAR_OFFLINE) {
            return;                                      // as if nothing had ever been published
        }
        Component service = document.add(Component.SERVICE);
        document.keep(tupleId, service.id);
        service.basic = Presence.OPEN;
        document.keep(account.address, service.contact);
        stampSec = stampSec < 0 ? agent.unixSec(nowMs) : stampSec;
        service.timestampSec = stampSec < 0 ? Period.OPEN : stampSec;
        for (int i = 0; i < AHEAD && calendar.next(i, nowMs) != null; i++) {
            Appointment next = calendar.next(i, nowMs);
            TimedStatus timed = service.addTimed();
            timed.period.fromSec = next.fromSec();
            timed.period.untilSec = next.untilSec();
            timed.activities = Activity.APPOINTMENT;
            if (!next.note.isEmpty()) {
                document.addNote(timed.notes, next.note);
            }
        }
        person(nowMs);
    }

    private void person(long nowMs) {
        Appointment appointment = appointment();
        boolean idle = chosen == AUTOMATIC && idleSteps > 0 && !talking;
        boolean named = chosen == DO_NOT_DISTURB || chosen == BE_RIGHT_BACK || chosen == OFF_WORK;
        if (activities() == 0 && !idle && !named && note.isEmpty()) {
            return;
        }
        Component person = document.add(Component.PERSON);
        document.keep("person", person.id);
        if (activities() != 0) {
            person.rpid.addActivities(activities());
            boolean byKeys = chosen == AUTOMATIC && !talking && appointment == null;
            person.rpid.activityPeriod.untilSec = appointment == null ? Period.OPEN : appointment.untilSec();
            person.rpid.activityPeriod.fromSec = appointment != null ? appointment.fromSec() : byKeys && !tellsLastInput ? Period.OPEN : unixSec(byKeys ? lastKeyMs : talking && chosen == AUTOMATIC ? talkingMs : chosenMs);
        }
        if (idle) {
            person.rpid.userInput = Rpid.IDLE;
            person.rpid.idleThresholdSec = IDLE_MS / 1000;
            person.rpid.lastInputSec = tellsLastInput ? unixSec(lastKeyMs) : Period.OPEN;
        }
        if (!note.isEmpty()) {
            document.addNote(person.notes, note);
        } else if (named) {
            spoken.set(NAMES[chosen]);
            document.addNote(person.notes, spoken);
        } else if (appointment != null && !appointment.note.isEmpty()) {
            document.addNote(person.notes, appointment.note);
        }
    }

    private long unixSec(long atMs) {
        long sec = agent.unixSec(atMs);
        return sec < 0 ? Period.OPEN : sec;
    }

    /** The same for one device every time, after a reboot too, so that no ghost of it stays: from the instance id. */
    private static void putTupleId(FixedText instance, ByteSink out) {
        out.put('d');
        out.putHex(Ascii.hash(instance.bytes(), 0, instance.length()), 8);
    }

    /** One account's document and its publisher. */
    private final class Publication implements EventState {
        final Account account;
        final Publisher publisher;
        final FixedText tupleId = new FixedText(16);
        private final ByteSink sink = new ByteSink();
        private final ByteSink idSink = new ByteSink();
        /** What the server has, and what it is being sent; changes alone are published once it has one (RFC 5264). */
        private final FixedText accepted = new FixedText(DOCUMENT_BYTES);
        private final FixedText sent = new FixedText(DOCUMENT_BYTES);
        private final Slice slice = new Slice();
        private final Slice before = new Slice();
        private final MediaTypeView type = new MediaTypeView();
        final FixedText tag = new FixedText(128);
        int expiresSec;
        /** Until a server says that it reads changes: there are some that take them for documents, unread. */
        private boolean wholeOnly = true;
        private boolean refused;

        Publication(Account account) {
            this.account = account;
            publisher = new Publisher(agent, PresencePackage.EVENT, this);
        }

        @Override
        public byte[] contentType() {
            return wholeOnly ? PidfReader.CONTENT_TYPE : PartialPidf.CONTENT_TYPE;
        }

        @Override
        public void write(boolean modifies, long nowMs, ByteSink out) {
            if (wholeOnly) {
                writeWhole(nowMs, out);
                return;
            }
            writeWhole(nowMs, sent.sink(sink));
            sent.take(sink);
            boolean changed = modifies && !accepted.isEmpty() && pidf.writeDiff(accepted.slice(before), sent.slice(slice), NO_VERSION, out);
            if (!changed) {
                pidf.writeFull(sent.slice(slice), NO_VERSION, out);
            }
        }

        @Override
        public void onAccepted() {
            accepted.set(sent);
        }

        @Override
        public void onTag(FixedText entityTag) {
            if (!tag.equals(entityTag)) {
                tag.set(entityTag);
                tags.changed(account.index);
            }
        }

        /** The whole in the new form comes first (RFC 5264 section 4.2). */
        @Override
        public void onServerAccepts(SipMessage accept) {
            for (int i = 0; wholeOnly && !refused && pidf != null && accept.element(Header.ACCEPT, i, slice); i++) {
                if (type.wrap(slice) && type.is(PartialPidf.CONTENT_TYPE)) {
                    wholeOnly = false;
                    accepted.clear();
                }
            }
        }

        @Override
        public boolean onTypeRefused() {
            boolean another = !wholeOnly;
            wholeOnly = true;
            refused = true;
            return another;
        }

        void writeWhole(long nowMs, ByteSink out) {
            putTupleId(account.instance, tupleId.sink(idSink));
            tupleId.take(idSink);
            fill(account, tupleId, nowMs);
            writer.write(document, out);
        }
    }
}
