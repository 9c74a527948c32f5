package org.sidetone.guards;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rooms of docs/architecture.md, and who may know whom. */
final class Rooms {
    /** The stack's packages in import order: each may import those before it. */
    static final List<String> STACK = List.of("bytes", "port", "time", "date", "msg", "uri", "digest", "xml", "xml.tree", "xml.patch", "doc.pidf", "doc.filter", "doc.reginfo", "doc.dialoginfo", "doc.summary", "doc.conference", "doc.vcard", "doc.policy", "doc.winfo", "doc.rlmi", "doc.lists", "doc.xcapdiff",
            "doc.cpim", "doc.imdn", "doc.composing", "doc.sdp", "msrp", "sip", "sip.transport", "sip.transaction", "sip.dialog", "sip.locate", "msrp.relay", "sip.ua", "sip.register",
            "sip.proxy", "event", "event.publish", "event.reg", "event.dialog", "event.summary", "event.conference", "event.winfo", "event.list", "presence", "http", "xcap", "im", "session", "chat");

    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("stack", Set.of()),
            Map.entry("hal", Set.of()),
            Map.entry("hal.bind", Set.of("stack", "hal")),
            Map.entry("hal.host", Set.of("hal")),
            Map.entry("hal.crypto", Set.of("hal")),
            Map.entry("hal.board", Set.of("hal")),
            Map.entry("hal.tck", Set.of("hal")),
            Map.entry("hal.pi", Set.of("hal", "hal.board")),
            Map.entry("firmware", Set.of("stack", "hal", "hal.bind")),
            Map.entry("firmware.options", Set.of("firmware", "stack")),
            Map.entry("firmware.pi", Set.of("firmware", "firmware.options", "hal", "hal.host", "hal.crypto", "hal.board", "hal.pi", "hal.bind", "stack")),
            Map.entry("emulator", Set.of("firmware", "firmware.options", "hal", "hal.host", "hal.crypto", "hal.board", "hal.bind", "stack")),
            Map.entry("rig", Set.of()),
            Map.entry("conformance", Set.of()),
            Map.entry("fuzz", Set.of("stack")),
            Map.entry("switchboard", Set.of("stack", "hal", "hal.bind", "hal.host", "hal.crypto")),
            Map.entry("world", Set.of("firmware.options", "emulator", "switchboard", "rig", "firmware", "hal", "hal.board", "hal.crypto", "hal.host", "stack", "hal.bind")),
            Map.entry("bench", Set.of("conformance", "world", "emulator", "switchboard", "rig", "firmware", "firmware.options", "hal", "hal.board", "hal.crypto", "hal.host",
                    "hal.bind", "stack")));

    private static final String ROOT = "org.sidetone.";

    private Rooms() {
    }

    /** The room of a package, or null for somebody else's. */
    static String roomOf(String packageName) {
        if (!packageName.startsWith(ROOT)) {
            return null;
        }
        String name = packageName.substring(ROOT.length());
        if (rankOf(packageName) >= 0) {
            return "stack";
        }
        String best = null;
        for (String room : MAY_KNOW.keySet()) {
            if ((name.equals(room) || name.startsWith(room + ".")) && (best == null || room.length() > best.length())) {
                best = room;
            }
        }
        return best;
    }

    /** Place of a stack package in the import order, its subpackages with it; -1: none of the stack's. */
    static int rankOf(String packageName) {
        int best = -1;
        for (int i = 0; i < STACK.size(); i++) {
            String name = ROOT + STACK.get(i);
            if ((packageName.equals(name) || packageName.startsWith(name + "."))
                    && (best < 0 || STACK.get(i).length() > STACK.get(best).length())) {
                best = i;
            }
        }
        return best;
    }

    /** Every import that goes where it must not, as a sentence. */
    static List<String> violations(JavaClasses classes) {
        List<String> out = new ArrayList<>();
        for (JavaClass c : classes) {
            String from = c.getPackageName();
            String room = roomOf(from);
            for (Dependency d : c.getDirectDependenciesFromSelf()) {
                String to = d.getTargetClass().getBaseComponentType().getPackageName();
                String other = roomOf(to);
                if (other == null || room == null) {
                    continue;
                }
                boolean allowed = other.equals(room) ? room.equals("stack") ? rankOf(to) <= rankOf(from) : true
                        : MAY_KNOW.get(room).contains(other);
                if (!allowed) {
                    out.add(c.getName() + " of " + room + " must not know " + d.getTargetClass().getName() + " of " + other);
                }
            }
        }
        return out;
    }

    /** Packages that import each other in a ring, a package alone (its subpackages are packages of their own). */
    static List<String> cycles(JavaClasses classes) {
        Map<String, Set<String>> edges = new java.util.TreeMap<>();
        for (JavaClass c : classes) {
            for (Dependency d : c.getDirectDependenciesFromSelf()) {
                String to = d.getTargetClass().getBaseComponentType().getPackageName();
                if (roomOf(to) != null && !to.equals(c.getPackageName())) {
                    edges.computeIfAbsent(c.getPackageName(), p -> new TreeSet<>()).add(to);
                }
            }
        }
        List<String> out = new ArrayList<>();
        for (String start : edges.keySet()) {
            Set<String> reached = new TreeSet<>();
            List<String> todo = new ArrayList<>(edges.get(start));
            while (!todo.isEmpty()) {
                String next = todo.remove(todo.size() - 1);
                if (reached.add(next)) {
                    todo.addAll(edges.getOrDefault(next, Set.of()));
                }
            }
            if (reached.contains(start)) {
                out.add(start);
            }
        }
        return out;
    }
}
