package org.sidetone.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {
    @TempDir
    private Path root;

    @Test
    void everyRowHasALevelAndAMeaningAndItsIdOnce() throws IOException {
        List<Row> rows = Row.all();
        assertTrue(rows.size() >= 800, "only " + rows.size());
        assertEquals(rows.size(), rows.stream().map(Row::id).distinct().count());
        for (Row row : rows) {
            assertTrue(row.id().matches("\\d+-(\\d|[A-Z]\\.)[\\d.]*-\\d+"), row.id());
            assertTrue(List.of("MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY").contains(row.level()), row.toString());
            assertTrue(!row.meaning().isBlank() && (row.remark().isEmpty() || row.remark().matches("(na|todo): .+")), row.toString());
        }
    }

    private Matrix matrix(String results) throws IOException {
        Path target = Files.createDirectories(root.resolve("stack/target"));
        Files.writeString(target.resolve("conformance.tsv"), results);
        return new Matrix(root);
    }

    @Test
    void aRowIsShownByATestNotApplicableForAReasonOrMissing() throws IOException {
        String tsv = matrix("3261-8.1.1-1\torg.Test.shows\n").tsv();
        assertTrue(tsv.contains("3261-8.1.1-1\tMUST\tshown\torg.Test.shows\n"), tsv);
        assertTrue(tsv.contains("3261-8.3-2\tMUST NOT\tnot-applicable\tthere is no redirect server here\n"));
        assertTrue(tsv.contains("3261-8.1.1-1".replace("8.1.1-1", "8.1.1.5-1") + "\tMUST\tmissing\tno test yet\n"));
    }

    @Test
    void mistakesOfTestsAreFound() throws IOException {
        Matrix matrix = matrix("3261-99-1\torg.Test.no\n3261-8.3-2\torg.Test.really\n");
        assertEquals(List.of("3261-99-1"), matrix.unknown());
        assertEquals(List.of("3261-8.3-2"), matrix.contradicted());
    }
}
