package org.sidetone.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One requirement.
 * @param id the RFC, the section and a number within it
 * @param level MUST, MUST NOT ...
 * @param meaning in our own words
 * @param remark {@code na: } and why it does not apply, {@code todo: } and what is missing, or empty
 */
record Row(String id, String level, String meaning, String remark) {
    boolean isNotApplicable() {
        return remark.startsWith("na: ");
    }

    /** Why it is not shown, for a person. */
    String reason() {
        return remark.replaceFirst("^(na|todo): ", "");
    }

    String section() {
        return id.substring(0, id.lastIndexOf('-'));
    }

    /** All rows, in the order of the RFCs. */
    static List<Row> all() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = Row.class.getResourceAsStream("/rows.tsv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] f = line.split("\t", -1);
                rows.add(new Row(f[0], f[1], f[2], f[3]));
            }
        }
        return rows;
    }
}
