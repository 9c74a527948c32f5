package org.sidetone.guards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.conformance.Matrix;

/** The matrix in docs/ says what the tests of this build showed. */
class ConformanceTest {
    private static final Path ROOT = Path.of(System.getProperty("sidetone.root"));

    @Test
    void testsNameRowsThatThereAreAndContradictNone() throws IOException {
        Matrix matrix = new Matrix(ROOT);
        assertEquals(List.of(), matrix.unknown());
        assertEquals(List.of(), matrix.contradicted());
    }

    @Test
    void theMatrixIsUpToDate() throws IOException {
        assertEquals(new Matrix(ROOT).tsv(), Files.readString(ROOT.resolve("docs/conformance.tsv")), "run ./sidetone conformance and commit docs/");
    }
}
