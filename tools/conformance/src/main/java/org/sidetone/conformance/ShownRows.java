package org.sidetone.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Notes, module by module, which rows were shown by tests that passed: in {@code target/conformance.tsv}, or in another file when some tests run once more. */
public final class ShownRows implements TestExecutionListener {
    private static final String FILE = System.getProperty("sidetone.shown", "conformance.tsv");

    private final Map<String, Set<String>> passed = new TreeMap<>();
    private final Set<String> failed = new TreeSet<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!(test.getSource().orElse(null) instanceof MethodSource source)) {
            return;
        }
        String name = source.getClassName() + "." + source.getMethodName();
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            failed.add(name);
            return;
        }
        Method method = source.getJavaMethod();
        Shows shows = method.getAnnotation(Shows.class);
        for (String row : shows == null ? new String[0] : shows.value()) {
            passed.computeIfAbsent(row, r -> new TreeSet<>()).add(name);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        Path target = Path.of("target");
        if (passed.isEmpty() || !Files.isDirectory(target)) {
            return;
        }
        StringBuilder text = new StringBuilder();
        passed.forEach((row, tests) -> tests.stream().filter(t -> !failed.contains(t))
                .forEach(t -> text.append(row).append('\t').append(t).append('\n')));
        try {
            Files.writeString(target.resolve(FILE), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
