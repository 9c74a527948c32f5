package org.sidetone.fuzz;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kept corpus breaks no target; a target that is broken is noticed. */
class CorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("sidetone.root"), "tools", "fuzz", "corpus");

    @ParameterizedTest
    @ValueSource(strings = {"message", "uri", "stream", "digest", "document", "patch", "filter", "rules", "http", "msrp", "sdp", "body"})
    void theKeptCorpusBreaksNothing(String target) throws Exception {
        Method entry = FuzzCommand.TARGETS.get(target).getMethod("fuzzerTestOneInput", byte[].class);
        List<Path> files;
        try (Stream<Path> all = Files.list(CORPUS.resolve(target))) {
            files = all.sorted().toList();
        }
        assertTrue(files.size() >= 10, "only " + files.size());
        for (Path file : files) {
            byte[] b = Files.readAllBytes(file);
            try {
                entry.invoke(null, (Object) b);
            } catch (java.lang.reflect.InvocationTargetException e) {
                throw new AssertionError(file.getFileName().toString(), e.getCause());
            }
        }
    }

    @Test
    void aBrokenPromiseIsNoticed() {
        assertThrows(IllegalStateException.class, () -> MessageFuzz.check(false, "on purpose"));
    }
}
