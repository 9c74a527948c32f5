package org.sidetone.firmware.rig;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.firmware.log.Log;
import org.sidetone.firmware.screen.ScreenModel;
import org.sidetone.hal.Key;
import org.sidetone.hal.Network;
import org.sidetone.time.Timer;

/** One connection of a rig: lines in, lines of JSON out. */
final class RigSession implements Timer.Owner, Log.LineUser {
    private static final int LINE_BYTES = 1024;
    private static final int MAX_CONTACTS_NAME = 160;
    private static final String[] COLOURS = {"off", "green", "amber", "red"};
    private static final String COMMANDS = "hello, press, down, up, type, lcd, frame, lamp, lamps, screen, wait, state, log, watch, quit";
    private static final String BENCH_COMMANDS = "power, link, storage, clock";

    private final Network network;
    private final RigSubject subject;
    private final RigPort port;
    private final byte[] line = new byte[LINE_BYTES];
    private final byte[] answer;
    private final JsonWriter json = new JsonWriter();
    private final Typist typist = new Typist();
    private final Timer waitTimer;
    private final FixedText requestId = new FixedText(32);
    private final FixedText waitText = new FixedText(MAX_CONTACTS_NAME);
    private final FixedText word = new FixedText(MAX_CONTACTS_NAME);
    private final Slice slice = new Slice();
    private final ByteSink sink = new ByteSink();
    private int connection;
    private int lineLength;
    private boolean overlong;
    private boolean trusted;
    private boolean watchLcd;
    private boolean watchLamps;
    private int waitKind;
    private int waitLamp;
    private int waitColour;
    private int at;

    private static final int NO_WAIT = 0;
    private static final int WAIT_LCD = 1;
    private static final int WAIT_LCD_LACKS = 2;
    private static final int WAIT_LAMP = 3;
    private static final int WAIT_REGISTERED = 4;

    /** @param answer where answers are written, shared: each is sent before the next begins */
    RigSession(RigPort port, Network network, RigSubject subject, byte[] answer) {
        this.answer = answer;
        this.port = port;
        this.network = network;
        this.subject = subject;
        waitTimer = new Timer(port.timers(), this);
    }

    int connection() {
        return connection;
    }

    void open(int newConnection, boolean needsToken) {
        connection = newConnection;
        lineLength = 0;
        overlong = false;
        trusted = !needsToken;
        watchLcd = false;
        watchLamps = false;
        waitKind = NO_WAIT;
    }

    void close() {
        connection = 0;
        waitKind = NO_WAIT;
        waitTimer.stop();
    }

    void onData(byte[] b, int offset, int length, long nowMs) {
        for (int i = offset; i < offset + length && connection != 0; i++) {
            if (b[i] == '\n') {
                int n = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
                lineLength = n;
                if (overlong) {
                    fail("the line is longer than 1024 bytes");
                } else if (n > 0) {
                    onLine(nowMs);
                }
                lineLength = 0;
                overlong = false;
            } else if (lineLength < line.length) {
                line[lineLength++] = b[i];
            } else {
                overlong = true;
            }
        }
    }

    private void onLine(long nowMs) {
        at = 0;
        requestId.clear();
        if (line[0] == '#') {
            nextWord();
            requestId.set(word);
        }
        if (!nextWord()) {
            fail("say a command: ".concat(COMMANDS));
            return;
        }
        if (is("hello")) {
            nextWord();
            trusted |= port.isToken(word);
            if (trusted) {
                begin().name("board").text(subject.panel().board());
                end();
            } else {
                fail("wrong token");
            }
        } else if (!trusted) {
            fail("say hello TOKEN first");
        } else if (typist.isBusy() || waitKind != NO_WAIT) {
            fail("the command before is still under way");
        } else {
            command(nowMs);
        }
    }

    private void command(long nowMs) {
        if (is("press") || is("down") || is("up")) {
            keys(is("press") || is("down"), is("press") || is("up"));
        } else if (is("type")) {
            type();
        } else if (is("lcd")) {
            lcd(begin());
            end();
        } else if (is("frame")) {
            fail("this board has a text display: use lcd");
        } else if (is("lamp")) {
            int lamp = lampArgument();
            if (lamp >= 0) {
                lamp(begin(), lamp);
                end();
            }
        } else if (is("lamps")) {
            lamps();
        } else if (is("screen")) {
            screen();
        } else if (is("wait")) {
            startWait(nowMs);
        } else if (is("state")) {
            begin();
            subject.writeState(json);
            end();
        } else if (is("log")) {
            log();
        } else if (is("watch")) {
            watch();
        } else if (is("quit")) {
            begin();
            end();
            int closing = connection;
            close();
            network.close(closing);
        } else if (is("power") || is("link") || is("storage") || is("clock")) {
            fail("needs a bench: a phone alone cannot do ".concat(BENCH_COMMANDS));
        } else {
            fail("unknown command; known are: ".concat(COMMANDS).concat("; at a bench also: ").concat(BENCH_COMMANDS));
        }
    }

    private void keys(boolean down, boolean up) {
        int count = 0;
        while (nextWord()) {
            int key = Key.of(word.toString());
            if (key < 0 || !subject.panel().hasKey(key)) {
                fail("this board has no such key: ".concat(word.toString()));
                return;
            }
            boolean room = (!down || subject.keys().inject(key, true)) && (!up || subject.keys().inject(key, false));
            if (!room) {
                fail("too many keys at once");
                return;
            }
            count++;
        }
        if (count == 0) {
            fail("which key? for instance: press 5 ok soft1 L1");
            return;
        }
        begin();
        end();
    }

    private void type() {
        if (!quoted()) {
            fail("write the text in quotes: type \"hello\"");
        } else if (subject.textEntry() == null) {
            fail("no text is being written on this screen");
        } else {
            typist.start(word.slice(slice));
        }
    }

    private JsonWriter lcd(JsonWriter out) {
        RecordedDisplay display = port.display();
        out.name("rows").open('[');
        for (int i = 0; i < display.rows(); i++) {
            out.text(display.row(i));
        }
        out.close(']').name("cursor");
        if (display.cursorRow() < 0) {
            out.none();
        } else {
            out.open('{').name("row").number(display.cursorRow()).name("column").number(display.cursorColumn()).close('}');
        }
        return out;
    }

    private void lamp(JsonWriter out, int lamp) {
        RecordedLamps lamps = port.lamps();
        out.name("lamp").text(subject.panel().lampName(lamp)).name("colour").text(COLOURS[lamps.colour(lamp)]);
        out.name("on").number(lamps.onMs(lamp)).name("off").number(lamps.offMs(lamp));
    }

    private void lamps() {
        begin().name("lamps").open('[');
        for (int i = 0; i < port.lamps().count(); i++) {
            json.open('{');
            lamp(json, i);
            json.close('}');
        }
        json.close(']');
        end();
    }

    private void screen() {
        ScreenModel m = subject.model();
        begin().name("title").text(m.title).name("corner").text(m.corner).name("rows").open('[');
        for (int i = 0; i < m.rows(); i++) {
            json.text(m.row(i));
        }
        json.close(']').name("selected").number(m.selected()).name("softKeys").open('[');
        for (int i = 0; i < Key.SOFT_KEYS; i++) {
            json.text(m.softKey(i));
        }
        json.close(']').name("icons").open('[');
        icon(m, ScreenModel.ICON_REGISTERED, "registered");
        icon(m, ScreenModel.ICON_UNREGISTERED, "unregistered");
        icon(m, ScreenModel.ICON_MESSAGE, "message");
        icon(m, ScreenModel.ICON_MISSED, "missed");
        icon(m, ScreenModel.ICON_CHAT, "chat");
        icon(m, ScreenModel.ICON_VOICE_MAIL, "voicemail");
        json.close(']');
        end();
    }

    private void icon(ScreenModel m, int icon, String name) {
        if (m.hasIcon(icon)) {
            json.text(name);
        }
    }

    private void log() {
        nextWord();
        long n = Ascii.decimal(word.bytes(), 0, word.length(), 1000);
        begin().name("lines").open('[');
        subject.log().copyLast(n < 1 ? 20 : (int) n, this);
        json.close(']');
        end();
    }

    @Override
    public void onLine(ByteSink text) {
        if (json.sink().remaining() > 2 * text.length() + 16) {
            json.text(text.slice(slice));
        }
    }

    private void watch() {
        nextWord();
        watchLcd = contains(word, "lcd");
        watchLamps = contains(word, "lamps");
        if (!watchLcd && !watchLamps && word.length() > 0 && !is("off")) {
            fail("watch lcd, lamps or off");
            return;
        }
        begin();
        end();
    }

    private static boolean contains(FixedText text, String part) {
        return indexOf(text.bytes(), text.length(), Utf8.bytes(part)) >= 0;
    }

    private static int indexOf(byte[] b, int length, byte[] part) {
        for (int i = 0; i + part.length <= length; i++) {
            if (Ascii.equals(b, i, part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    private void startWait(long nowMs) {
        nextWord();
        long ms = Ascii.decimal(word.bytes(), 0, word.length(), 3_600_000);
        int kind = NO_WAIT;
        if (ms >= 0 && nextWord()) {
            if (is("lcd") && nextWord()) {
                kind = is("contains") ? WAIT_LCD : is("lacks") ? WAIT_LCD_LACKS : NO_WAIT;
                if (!quoted() || !waitText.set(word)) {
                    kind = NO_WAIT;
                }
            } else if (is("lamp")) {
                waitLamp = lampArgument();
                if (waitLamp < 0) {
                    return;
                }
                nextWord();
                waitColour = colour();
                kind = waitColour < 0 ? NO_WAIT : WAIT_LAMP;
            } else if (is("registered")) {
                kind = WAIT_REGISTERED;
            }
        }
        if (kind == NO_WAIT) {
            fail("say: wait MS lcd contains \"text\", lcd lacks \"text\", lamp L1 red, lamp @bob off, or registered");
            return;
        }
        waitKind = kind;
        waitTimer.startAt(nowMs + ms);
        checkWait();
    }

    private int colour() {
        for (int i = 0; i < COLOURS.length; i++) {
            if (is(COLOURS[i])) {
                return i;
            }
        }
        return -1;
    }

    private boolean waitIsOver() {
        switch (waitKind) {
            case WAIT_LCD: return lcdContains();
            case WAIT_LCD_LACKS: return !lcdContains();
            case WAIT_LAMP: return port.lamps().colour(waitLamp) == waitColour;
            default: return subject.isRegistered();
        }
    }

    /** Whether the text stands in one row of the display. */
    private boolean lcdContains() {
        RecordedDisplay display = port.display();
        for (int r = 0; r < display.rows(); r++) {
            char[] row = display.row(r);
            for (int start = 0; start < row.length; start++) {
                int i = 0;
                int column = start;
                while (i < waitText.length() && column < row.length
                        && Utf8.codePointAt(waitText.bytes(), i, waitText.length()) == row[column]) {
                    i += Utf8.stepAt(waitText.bytes(), i, waitText.length());
                    column++;
                }
                if (i == waitText.length()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void checkWait() {
        if (waitKind != NO_WAIT && waitIsOver()) {
            waitKind = NO_WAIT;
            waitTimer.stop();
            begin();
            end();
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (waitKind != NO_WAIT && connection != 0) {
            boolean over = waitIsOver();
            waitKind = NO_WAIT;
            if (over) {
                begin();
            } else {
                begin(false).name("error").text("the time is over").name("timeout").bool(true);
                lcd(json);
            }
            end();
        }
    }

    /** After a turn of the phone: typing goes on, waits are looked at, events are told. */
    void doWork(boolean lcdChanged, boolean lampsChanged) {
        if (connection == 0) {
            return;
        }
        if (typist.isBusy()) {
            int result = typist.doWork(subject);
            if (result == Typist.DONE) {
                begin();
                end();
            } else if (result < 0) {
                fail(result == Typist.NO_FIELD ? "no text is being written on this screen" : "no key has this character");
            }
        }
        checkWait();
        if (watchLcd && lcdChanged) {
            json.wrap(answer, 0).open('{').name("event").text("lcd");
            lcd(json);
            end();
        }
        if (watchLamps && lampsChanged) {
            json.wrap(answer, 0).open('{').name("event").text("lamps").name("lamps").open('[');
            for (int i = 0; i < port.lamps().count(); i++) {
                json.open('{');
                lamp(json, i);
                json.close('}');
            }
            json.close(']');
            end();
        }
    }

    boolean isTyping() {
        return typist.isBusy();
    }

    private int lampArgument() {
        if (!nextWord()) {
            fail("which lamp? for instance: lamp L1, lamp @bob");
            return -1;
        }
        if (word.bytes()[0] == '@') {
            int lamp = subject.lampOfContact(slice.wrap(word.bytes(), 1, word.length() - 1));
            if (lamp < 0) {
                fail("no lamp belongs to that contact");
            }
            return lamp;
        }
        for (int i = 0; i < subject.panel().lamps(); i++) {
            if (is(subject.panel().lampName(i))) {
                return i;
            }
        }
        fail("this board has no such lamp: ".concat(word.toString()));
        return -1;
    }

    private boolean nextWord() {
        word.clear();
        while (at < lineLength && line[at] == ' ') {
            at++;
        }
        int start = at;
        while (at < lineLength && line[at] != ' ') {
            at++;
        }
        return at > start && word.set(line, start, at - start);
    }

    /** Reads a text in quotes into {@link #word}; a backslash makes the next character plain. */
    private boolean quoted() {
        while (at < lineLength && line[at] == ' ') {
            at++;
        }
        if (at >= lineLength || line[at] != '"') {
            return false;
        }
        word.sink(sink);
        for (int i = at + 1; i < lineLength; i++) {
            if (line[i] == '"') {
                at = i + 1;
                return word.take(sink);
            }
            if (line[i] == '\\' && i + 1 < lineLength) {
                i++;
            }
            sink.put(line[i]);
        }
        return false;
    }

    private boolean is(String command) {
        int n = command.length();
        if (word.length() != n) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (word.bytes()[i] != command.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private JsonWriter begin() {
        return begin(true);
    }

    private JsonWriter begin(boolean ok) {
        json.wrap(answer, 0).open('{').name("ok").bool(ok);
        if (!requestId.isEmpty()) {
            json.name("id").text(requestId);
        }
        return json;
    }

    private void end() {
        json.close('}').sink().put('\n');
        if (json.sink().overflowed()) {
            json.wrap(answer, 0).open('{').name("ok").bool(false).name("error").text("the answer is too long").close('}').sink().put('\n');
        }
        if (connection != 0 && network.write(connection, answer, 0, json.sink().length()) != Network.SENT) {
            int lost = connection;
            close();
            network.close(lost);
        }
    }

    private void fail(String why) {
        begin(false).name("error").text(why);
        end();
    }
}
