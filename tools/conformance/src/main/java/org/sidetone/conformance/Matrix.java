package org.sidetone.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The matrix: every row with its state and the tests that show it, made from what the tests of all modules noted. */
public final class Matrix {
    private final List<Row> rows;
    private final Map<String, List<String>> tests = new TreeMap<>();

    /** @param root of the project, its tests run before */
    public Matrix(Path root) throws IOException {
        rows = Row.all();
        try (Stream<Path> files = Files.find(root, 6, (p, a) -> p.endsWith(Path.of("target", "conformance.tsv")))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] f = line.split("\t");
                    tests.computeIfAbsent(f[0], r -> new ArrayList<>()).add(f[1]);
                }
            }
        }
    }

    /** Rows that tests name and that do not exist: a mistake of the tests. */
    public List<String> unknown() {
        return tests.keySet().stream().filter(id -> rows.stream().noneMatch(r -> r.id().equals(id))).toList();
    }

    /** Rows that tests show though a remark says that they are not there: one of the two is wrong. */
    public List<String> contradicted() {
        return rows.stream().filter(r -> !r.remark().isEmpty() && tests.containsKey(r.id())).map(Row::id).toList();
    }

    List<Row> rows() {
        return rows;
    }

    List<String> testsOf(Row row) {
        return tests.getOrDefault(row.id(), List.of());
    }

    String state(Row row) {
        return tests.containsKey(row.id()) ? "shown" : row.isNotApplicable() ? "not-applicable" : "missing";
    }

    /** For machines: id, level, state, test or reason. */
    public String tsv() {
        StringBuilder out = new StringBuilder("id\tlevel\tstate\ttest or reason\n");
        for (Row row : rows) {
            out.append(row.id()).append('\t').append(row.level()).append('\t').append(state(row)).append('\t')
                    .append(tests.containsKey(row.id()) ? testsOf(row).get(0) : row.reason().isEmpty() ? "no test yet" : row.reason()).append('\n');
        }
        return out.toString();
    }

    /** For people. */
    public String markdown() {
        StringBuilder out = new StringBuilder();
        out.append("# Conformance\n\nEvery MUST and MUST NOT that has been gone through so far, with the test that shows it. Made by\n"
                + "`./sidetone conformance` from the results of the tests; the rows' words are ours. `docs/conformance.tsv` is the same for\n"
                + "machines, `docs/rfcs.md` says RFC by RFC what is there.\n\n"
                + "Left out is RFC 5365, message lists: a server that sends one text to many needs the consent of each (5360), and a phone that shows its answers person by\n"
                + "person gains nothing by it over a text to each; rooms (7701) are for a conversation of several.\n\n");
        out.append("| | rows |\n|---|---|\n");
        for (String state : List.of("shown", "not-applicable", "missing")) {
            out.append("| ").append(state).append(" | ").append(rows.stream().filter(r -> state(r).equals(state)).count()).append(" |\n");
        }
        String section = "";
        for (Row row : rows) {
            String now = row.section().replace("-", " section ");
            if (!now.equals(section)) {
                section = now;
                out.append("\n## RFC ").append(section).append("\n\n| row | level | says | state | by |\n|---|---|---|---|---|\n");
            }
            out.append("| ").append(row.id().substring(row.id().lastIndexOf('-') + 1)).append(" | ").append(row.level()).append(" | ")
                    .append(row.meaning().replace("|", "\\|").replace("*", "\\*")).append(" | ").append(state(row)).append(" | ").append(by(row)).append(" |\n");
        }
        return out.toString();
    }

    private String by(Row row) {
        if (!tests.containsKey(row.id())) {
            return row.reason().isEmpty() ? "no test yet" : row.reason();
        }
        String name = testsOf(row).get(0);
        String[] parts = name.split("\\.");
        return "`" + parts[parts.length - 2] + "." + parts[parts.length - 1] + "`";
    }
}
