package org.sidetone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.sidetone.sip.transaction.ClientTransaction;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.time.Timer;

/**
 * A table of {@code resources/tables}, {@code state input next sends running}: drives a machine into every state and gives it every
 * input there. A pair that no row names changes nothing. A row may name several states, {@code PENDING|ACTIVE}, and inputs by how they
 * begin, {@code NOTIFY *}; the first row that fits counts. {@code running} names the timers that run afterwards, with the milliseconds to
 * go where the row sets them; a state of the table may be one of the machine with more said of it, so the machine's own names stand in {@code next}.
 */
public final class StateTable {
    /** What a table is of. */
    public interface Machine {
        void apply(String input) throws ReflectiveOperationException;

        String state();

        Bench bench();

        /** Where it notes what was sent, in a word each. */
        List<String> seen();

        /** What was noted since it was asked last. */
        default List<String> sent() {
            List<String> all = List.copyOf(seen());
            seen().clear();
            return all;
        }

        /** Milliseconds to go, by the names of the running timers. */
        Map<String, Long> running() throws ReflectiveOperationException;

        /** Lets the clock step on. */
        default void step() {
            bench().nowMs += 10;
        }
    }

    private record Row(List<String> states, String input, String next, String sends, String running) {
        boolean isFor(String state, String given) {
            return states.contains(state)
                    && (input.endsWith("*") ? given.startsWith(input.substring(0, input.length() - 1)) : given.equals(input));
        }
    }

    private final List<Row> rows;
    private final Set<Row> used = new HashSet<>();

    public StateTable(String name) throws IOException {
        try (var in = StateTable.class.getResourceAsStream("/tables/" + name + ".tsv")) {
            assertNotNull(in, name);
            rows = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")).skip(1)
                    .map(l -> l.split("\t", -1)).map(c -> new Row(List.of(c[0].split("\\|")), c[1], c[2], c[3], c[4])).toList();
        }
    }

    /** @param ways the inputs that lead into each state from the beginning */
    public List<DynamicTest> tests(Supplier<Machine> machines, Map<String, List<String>> ways, List<String> inputs) {
        List<DynamicTest> tests = new ArrayList<>();
        ways.forEach((state, way) -> inputs.forEach(input -> tests.add(DynamicTest.dynamicTest(state + ", " + input, () -> {
            Machine machine = machines.get();
            for (String step : way) {
                machine.apply(step);
                machine.step();
            }
            machine.sent();
            String stateBefore = machine.state();
            Map<String, Long> before = machine.running();
            if (input.startsWith("timer ")) {
                before.remove(input.substring(6));
            }
            machine.apply(input);
            Row row = rows.stream().filter(r -> r.isFor(state, input)).findFirst().orElse(null);
            if (row == null) {
                assertEquals(stateBefore, machine.state());
                assertEquals(List.of(), machine.sent());
                assertEquals(before, machine.running());
            } else {
                used.add(row);
                expect(machine, row);
            }
        }))));
        tests.add(DynamicTest.dynamicTest("every row was used", () -> assertEquals(List.of(), rows.stream().filter(r -> !used.contains(r)).toList())));
        assertTrue(tests.size() > 20, "tests made of the table: " + tests.size());
        return tests;
    }

    private static void expect(Machine machine, Row row) throws ReflectiveOperationException {
        assertEquals(row.next, machine.state(), row.toString());
        assertEquals(row.sends, String.join(", ", machine.sent()), row.toString());
        Map<String, Long> running = machine.running();
        List<String> wanted = row.running.isEmpty() ? List.of() : Arrays.asList(row.running.split(" "));
        assertEquals(Set.copyOf(wanted.stream().map(t -> t.split("=")[0]).toList()), running.keySet(), row.toString());
        for (String timer : wanted) {
            String[] parts = timer.split("=");
            if (parts.length == 2) {
                String[] range = parts[1].split("-");
                long ms = running.get(parts[0]);
                assertTrue(ms >= Long.parseLong(range[0]) && ms <= Long.parseLong(range[range.length - 1]), "timer " + timer + ": " + ms);
            }
        }
    }

    /** The running timers of a machine whose fields are named {@code timerN} or {@code refreshTimer}, or as the timer itself. */
    public static Map<String, Long> running(Object machine, long nowMs) throws ReflectiveOperationException {
        Map<String, Long> running = new TreeMap<>();
        for (Field field : machine.getClass().getDeclaredFields()) {
            if (field.getType() == Timer.class) {
                field.setAccessible(true);
                Timer timer = (Timer) field.get(machine);
                if (timer.isRunning()) {
                    running.put(name(field), timer.deadlineMs() - nowMs);
                }
            }
        }
        return running;
    }

    /** Lets a timer fire now, whether it runs or not: a late one must do no harm. */
    public static void fire(Timer.Owner machine, String name, long nowMs) throws ReflectiveOperationException {
        for (Field field : machine.getClass().getDeclaredFields()) {
            if (field.getType() == Timer.class && name(field).equals(name)) {
                field.setAccessible(true);
                Timer timer = (Timer) field.get(machine);
                timer.stop();
                machine.onTimer(timer, nowMs);
                return;
            }
        }
        throw new NoSuchFieldException(name);
    }

    /** Lets a request that is under way find no answer; without one it does nothing. */
    public static void noAnswer(ClientRequest of, long nowMs) throws ReflectiveOperationException {
        Field current = ClientRequest.class.getDeclaredField("current");
        current.setAccessible(true);
        ClientTransaction transaction = (ClientTransaction) current.get(of);
        if (transaction != null) {
            of.onTimeout(transaction, nowMs);
        }
    }

    /** The first of the machines that somebody has made. */
    @SuppressWarnings("unchecked")
    public static <T> T first(Object owner, String array) {
        try {
            Field field = owner.getClass().getDeclaredField(array);
            field.setAccessible(true);
            return ((T[]) field.get(owner))[0];
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(Field field) {
        return field.getName().replaceFirst("^timer(?=.)|Timer$", "");
    }

    /** Name of the constant of a state. */
    public static String constant(Class<?> of, int state) {
        for (Field f : of.getDeclaredFields()) {
            try {
                if (f.getType() == int.class && java.lang.reflect.Modifier.isPublic(f.getModifiers()) && f.getInt(null) == state) {
                    return f.getName();
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return "?" + state;
    }
}
