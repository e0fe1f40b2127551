package dev.sluice.testkit.sample;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs some tests of a suite and tells which failed. */
final class SuiteRun {
    private SuiteRun() {}

    /** Returns the failures by test name. */
    static Map<String, Throwable> failures(Class<?> suite, Set<String> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests.stream().map(test -> selectMethod(suite, test)).toList())
                .build();
        Map<String, Throwable> failures = new TreeMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failure -> failures.put(name(test), failure));
            }
        });
        return failures;
    }

    private static String name(TestIdentifier test) {
        return test.getDisplayName().replace("()", "");
    }
}
