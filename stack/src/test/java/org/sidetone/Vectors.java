package org.sidetone;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files under test resources, as tables and as bytes. */
public final class Vectors {
    private Vectors() {
    }

    public static Path folder(String name) {
        try {
            return Path.of(Vectors.class.getResource("/vectors/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows of a tab-separated table, by the names in its first line. */
    public static List<Map<String, String>> table(String name) throws IOException {
        List<String> lines = Files.readAllLines(folder(name), StandardCharsets.UTF_8);
        String[] names = lines.get(0).split("\t", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], i < cells.length ? cells[i] : "");
            }
            rows.add(row);
        }
        return rows;
    }

    public static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(folder(name));
    }
}
