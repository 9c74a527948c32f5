package org.sidetone.conformance;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** For the audit: with the system property {@code sidetone.only} the test method of that name alone is run. */
public final class OnlyThisTest implements PostDiscoveryFilter {
    @Override
    public FilterResult apply(TestDescriptor test) {
        String only = System.getProperty("sidetone.only");
        boolean other = only != null && test.getSource().orElse(null) instanceof MethodSource source && !source.getMethodName().equals(only);
        return FilterResult.includedIf(!other);
    }
}
