package org.sidetone.world.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Plays the story step by step, by keys and by what display and lamps show. */
public final class Story {
    /** One step that came true. */
    public record Step(String name, long tookMs) {
    }

    private interface Play {
        void run() throws StoryException;
    }

    private static final int SOON_MS = 15_000;
    private static final String HOME = "press back back back back back";

    private final StoryDesk alice;
    private final StoryDesk bob;
    private final int patienceMs;
    private final boolean lossy;
    private final Consumer<Step> told;
    private final List<Step> steps = new ArrayList<>();

    /** @param patienceMs how long a step may take at most. @param lossy on such a network 5 s of silence are no wonder, after which
     *  the exchange keeps a message: the sender's copy may then say so. @param told hears of every step as it came true */
    public Story(StoryDesk alice, StoryDesk bob, int patienceMs, boolean lossy, Consumer<Step> told) {
        this.alice = alice;
        this.bob = bob;
        this.patienceMs = patienceMs;
        this.lossy = lossy;
        this.told = told;
    }

    /** Plays it all. @throws StoryException at the first step that does not come true */
    public List<Step> play() throws StoryException {
        step("both phones register", () -> {
            expect(alice, "registered");
            expect(bob, "registered");
        });
        step("each lamp for the other turns green", () -> {
            expect(alice, "lamp @" + bob.name() + " green");
            expect(bob, "lamp @" + alice.name() + " green");
        });
        step("Bob sets Busy, Alice's lamp for him turns red and her display says so", () -> {
            say(bob, HOME);
            say(bob, "press soft3 down down ok");
            expect(alice, "lamp @" + bob.name() + " red");
            expect(alice, "lcd contains \"Busy\"");
        });
        step("Alice types a message and sends it, it stands on Bob's display and in his inbox", () -> {
            write(alice, "hello bob");
            expect(bob, "lcd contains \"hello bob\"");
            say(bob, HOME);
            say(bob, "press messages");
            expect(bob, "lcd contains \"Inbox\"");
            expect(bob, "lcd contains \"hello bob\"");
        });
        step("Alice's copy says delivered", () -> {
            openNewestSent(alice);
            expect(alice, "lcd lacks \"sending\"");
            if (!lossy || !shows(alice, "waiting at")) {
                wait(alice, "lcd contains \"delivered\"", SOON_MS);
            }
        });
        step("Bob answers, his words stand on Alice's display", () -> {
            say(alice, HOME);
            say(bob, "press ok soft4");
            expect(bob, "lcd contains \"To \"");
            say(bob, "type \"hi alice\"");
            say(bob, "press ok");
            expect(alice, "lcd contains \"hi alice\"");
        });
        step("Alice offers a chat, Bob's phone says so, he takes it", () -> {
            say(alice, HOME);
            say(bob, HOME);
            say(alice, "press L1 soft3");
            expect(bob, "lcd contains \"offers a chat\"");
            say(bob, "press soft4");
            expect(alice, "lcd contains \"Send\"");
            expect(bob, "lcd contains \"Send\"");
        });
        step("they talk, each sees the other's words", () -> {
            say(alice, "type \"lunch?\"");
            say(alice, "press ok");
            expect(bob, "lcd contains \"lunch?\"");
            say(bob, "type \"at noon\"");
            say(bob, "press ok");
            expect(alice, "lcd contains \"at noon\"");
        });
        step("Bob ends the chat", () -> {
            say(bob, "press soft2");
            expect(alice, "lcd contains \"closed\"");
            say(alice, HOME);
            say(bob, HOME);
        });
        step("the plug of Bob's phone is pulled, Alice's lamp for him goes out", () -> {
            say(bob, "power off");
            expect(alice, "lamp @" + bob.name() + " off");
        });
        step("Alice writes to him meanwhile, her copy waits at the exchange", () -> {
            write(alice, "are you there?");
            openNewestSent(alice);
            expect(alice, "lcd contains \"waiting at\"");
            say(alice, HOME);
        });
        step("Bob's phone comes back, gets that message, and Alice's lamp is green again", () -> {
            say(bob, "power on");
            expect(bob, "registered");
            expect(bob, "lcd contains \"are you there?\"");
            expect(alice, "lamp @" + bob.name() + " green");
        });
        step("every message was shown once", () -> {
            onlyOnce(bob, 2);
            onlyOnce(alice, 1);
        });
        return steps;
    }

    private void step(String name, Play play) throws StoryException {
        long start = alice.nowMs();
        try {
            play.run();
        } catch (StoryException e) {
            throw new StoryException(name + ": " + e.getMessage());
        }
        Step done = new Step(name, alice.nowMs() - start);
        steps.add(done);
        told.accept(done);
    }

    private void write(StoryDesk desk, String text) throws StoryException {
        say(desk, HOME);
        say(desk, "press L1 soft4");
        wait(desk, "lcd contains \"To \"", SOON_MS);
        say(desk, "type \"" + text + "\"");
        say(desk, "press ok");
    }

    private void openNewestSent(StoryDesk desk) throws StoryException {
        say(desk, HOME);
        say(desk, "press messages soft2");
        wait(desk, "lcd contains \"Sent\"", SOON_MS);
        say(desk, "press ok");
    }

    private static boolean shows(StoryDesk desk, String text) throws StoryException {
        return desk.ask("lcd").path("rows").toString().contains(text);
    }

    private void onlyOnce(StoryDesk desk, int inbox) throws StoryException {
        JsonNode state = desk.ask("state");
        if (state.path("inbox").asInt(-1) != inbox) {
            throw new StoryException(desk.name() + "'s inbox holds " + state.path("inbox") + " messages instead of " + inbox);
        }
    }

    private static void say(StoryDesk desk, String request) throws StoryException {
        JsonNode answer = desk.ask(request);
        if (!answer.path("ok").asBoolean()) {
            throw new StoryException(desk.name() + "'s phone said \"" + answer.path("error").asText() + "\" to: " + request);
        }
    }

    private void expect(StoryDesk desk, String condition) throws StoryException {
        wait(desk, condition, patienceMs);
    }

    private static void wait(StoryDesk desk, String condition, int ms) throws StoryException {
        JsonNode answer = desk.ask("wait " + ms + " " + condition);
        if (answer.path("timeout").asBoolean()) {
            throw new StoryException("after " + ms / 1000 + " s still not on " + desk.name() + "'s phone: " + condition
                    + "; its display shows " + answer.path("rows"));
        }
        if (!answer.path("ok").asBoolean()) {
            throw new StoryException(desk.name() + "'s phone said \"" + answer.path("error").asText() + "\" to: wait " + condition);
        }
    }
}
