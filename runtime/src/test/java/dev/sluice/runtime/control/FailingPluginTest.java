package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a plugin throws fails its own connector or task, with words, and nobody else. */
class FailingPluginTest {
    @TempDir
    Path folder;

    @AfterEach
    void calm() {
        for (String call : List.of("constructor", "configSpec", "validate", "createTask")) {
            FakeWorld.of("source").calm(call);
        }
    }

    private static String name(TestInfo test) {
        return test.getDisplayName().replaceAll("[^a-zA-Z]+", "-");
    }

    static Stream<Error> errors() {
        return Stream.of(new OutOfMemoryError("no heap"), new StackOverflowError(), new NoClassDefFoundError("x/Y"));
    }

    private static Consumer<String> failing(Error error) {
        return what -> {
            throw error;
        };
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInAnyCallOfASourceFailsIt(Error error, TestInfo test) {
        List<String> calls = List.of("taskStart", "poll", "commit");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(calls.stream()
                    .map(call -> {
                        FakeWorld.of(name(test) + call).at(call, failing(error));
                        FakeWorld.of(name(test) + call).input().add("x");
                        return source(name(test) + call);
                    })
                    .toArray(ConnectorFile[]::new));
            for (String call : calls) {
                worker.awaitTask(name(test) + call, RunState.FAILED);
                assertThat(worker.task(name(test) + call, 0).status().trace())
                        .contains(error.getClass().getName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInAnyCallOfASinkFailsIt(Error error, TestInfo test) {
        FakeWorld.of("in" + name(test)).input().add("x");
        List<String> calls = List.of("taskStart", "open", "put", "flush");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source("in" + name(test)), sink("out" + name(test)));
            worker.apply(calls.stream()
                    .map(call -> {
                        FakeWorld.of(name(test) + call).at(call, failing(error));
                        return sink(name(test) + call);
                    })
                    .toArray(ConnectorFile[]::new));
            for (String call : calls) {
                worker.awaitTask(name(test) + call, RunState.FAILED);
            }
            awaitOutput(FakeWorld.of("out" + name(test)), 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "taskConfigs"})
    void anErrorOfTheConnectorItselfFailsIt(String call, TestInfo test) {
        FakeWorld.of(name(test)).at(call, failing(new OutOfMemoryError("no heap")));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(name(test)));
            worker.awaitConnector(name(test), RunState.FAILED);

            assertThat(worker.connector(name(test)).status().trace())
                    .startsWith("Cannot start: java.lang.OutOfMemoryError: no heap. [connector=" + name(test)
                            + " stage=START plugin=dev.sluice.runtime.fake.FakeSource attempt=1 code=START_TASK]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constructor", "configSpec", "validate"})
    void settingsThatCannotBeCheckedAreRefusedAsAWhole(String call, TestInfo test) {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(sink("known" + name(test)));
            FakeWorld.of("source").at(call, failing(new StackOverflowError()));

            assertThatThrownBy(() -> worker.apply(sink("new" + name(test)), source(name(test))))
                    .hasMessageContaining(name(test) + ".properties: Cannot ")
                    .hasMessageContaining("dev.sluice.runtime.fake.FakeSource");
            assertThat(worker.worker().herder().view().connectors())
                    .extracting(ConnectorView::name)
                    .containsExactly("known" + name(test));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constructor", "configSpec", "createTask"})
    void aStoredConnectorWhosePluginBrokeFailsAndSaysWhy(String call, TestInfo test) {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(name(test)), sink("other" + name(test)));
            worker.restart();
            FakeWorld.of("source").at(call, failing(new ExceptionInInitializerError("broken")));
            worker.apply();
            if (call.equals("createTask")) {
                worker.awaitTask(name(test), RunState.FAILED);
            } else {
                worker.awaitConnector(name(test), RunState.FAILED);
            }
            worker.awaitTask("other" + name(test), RunState.RUNNING);
        }
    }

    @Test
    void aFailureThatCannotBeDescribedIsStillAFailure() {
        FakeWorld.of("indescribable").at("poll", next -> {
            throw new Indescribable();
        });
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source("indescribable"));
            worker.awaitTask("indescribable", RunState.FAILED);

            assertThat(worker.task("indescribable", 0).status().trace())
                    .startsWith("Cannot poll: java.lang.IllegalStateException: no message. [connector=indescribable");
        }
    }

    @Test
    void aFailedTaskStaysFailedWhenItsStopFailsToo() {
        FakeWorld world = FakeWorld.of("fails-twice");
        world.at("poll", next -> {
            throw new IllegalStateException("first");
        });
        world.at("taskStop", next -> {
            throw new IllegalStateException("second");
        });
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source("fails-twice"));
            worker.awaitTask("fails-twice", RunState.FAILED);
            Waiting.until(
                    "the reason stands",
                    () -> String.valueOf(worker.task("fails-twice", 0).status().trace())
                            .startsWith("Cannot poll: java.lang.IllegalStateException: first."));
        }
    }

    private static final class Indescribable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }
}
