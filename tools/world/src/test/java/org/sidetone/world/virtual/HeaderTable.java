package org.sidetone.world.virtual;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Which header fields may stand in which messages: tables 2 and 3 of RFC 3261 section 20, cell by cell, for the six methods that they have. */
final class HeaderTable {
    private record Row(String header, String where, List<String> cells) {
        boolean isFor(int status) {
            if (where.isEmpty() || where.startsWith("c")) {
                return true;
            }
            if (status == 0) {
                return where.equals("R");
            }
            for (String one : where.split(",")) {
                boolean range = one.equals("300-699") && status >= 300 || one.endsWith("xx") && status / 100 == one.charAt(0) - '0'
                        || one.equals("18x") && status / 10 == 18;
                if (one.startsWith("r") || range || one.equals("" + status)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final List<String> methods;
    private final List<Row> rows = new ArrayList<>();

    HeaderTable() {
        try (var in = HeaderTable.class.getResourceAsStream("/tables/header-fields.tsv")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")).toList();
            String[] titles = lines.get(0).split("\t");
            methods = List.of(titles).subList(2, titles.length);
            for (String line : lines.subList(1, lines.size())) {
                List<String> cells = List.of(line.split("\t"));
                rows.add(new Row(cells.get(0), cells.get(1), cells.subList(2, cells.size())));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws AssertionError naming a header field that is not applicable where it stands */
    void check(String text) {
        String[] lines = text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n");
        int status = lines[0].startsWith("SIP/2.0 ") ? Integer.parseInt(lines[0].substring(8, 11)) : 0;
        String method = text.split("\r\nCSeq: [0-9]+ ")[1].split("\r\n")[0];
        int column = methods.indexOf(method);
        for (int i = 1; column >= 0 && i < lines.length; i++) {
            String header = lines[i].substring(0, lines[i].indexOf(':'));
            if (rows.stream().anyMatch(r -> r.header.equalsIgnoreCase(header))
                    && rows.stream().noneMatch(r -> r.header.equalsIgnoreCase(header) && r.isFor(status) && !r.cells.get(column).equals("-"))) {
                throw new AssertionError(header + " is not applicable in " + (status == 0 ? method : status + " to " + method) + ":\n" + text);
            }
        }
    }
}
