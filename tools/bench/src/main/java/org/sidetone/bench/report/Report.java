package org.sidetone.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a benchmark found, for people as a table and for machines as JSON; one shape for all benchmarks. */
public final class Report {
    /**
     * One line.
     * @param ratio against the reference in the same run; NaN: there is none
     * @param allocBytes allocated each, NaN: not measured
     */
    public record Row(String name, double value, String unit, double ratio, double allocBytes, String remark) {
    }

    private final String bench;
    private final String reference;
    private final List<Row> rows = new ArrayList<>();

    /** @param reference name of the row that ratios are against; empty: none */
    public Report(String bench, String reference) {
        this.bench = bench;
        this.reference = reference;
    }

    public void add(Row row) {
        rows.add(row);
    }

    public List<Row> rows() {
        return rows;
    }

    /** Prints the table. */
    public void print() {
        int width = rows.stream().mapToInt(r -> r.name().length()).max().orElse(1);
        String unit = rows.isEmpty() ? "" : rows.get(0).unit();
        System.out.printf("%-" + width + "s %16s %8s %14s%n", bench, unit, reference.isEmpty() ? "" : "ratio", "bytes made");
        for (Row row : rows) {
            System.out.printf("%-" + width + "s %16s %8s %14s  %s%n", row.name(), number(row.value(), "%.2f"), number(row.ratio(), "%.3f"),
                    number(row.allocBytes(), "%.2f"), row.remark());
        }
    }

    private static String number(double n, String format) {
        return Double.isNaN(n) ? "" : String.format(format, n);
    }

    /** Writes the JSON, when there is a file to write it to. */
    public void write(Path file) throws IOException {
        if (file == null) {
            return;
        }
        List<Map<String, Object>> list = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", row.name());
            one.put("value", finite(row.value()));
            one.put("unit", row.unit());
            one.put("ratio", finite(row.ratio()));
            one.put("allocBytes", finite(row.allocBytes()));
            list.add(one);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("bench", bench);
        all.put("reference", reference);
        all.put("rows", list);
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        Files.writeString(file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    private static Double finite(double n) {
        return Double.isNaN(n) ? null : n;
    }
}
