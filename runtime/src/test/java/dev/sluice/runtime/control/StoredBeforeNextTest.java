package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.fake.FakeWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one poll returned is stored before what the next one returned is in the log: sources note ahead what they deliver. */
final class StoredBeforeNextTest {
    private static final int LINES = 400;

    @TempDir
    Path folder;

    @Test
    void aRecordIsInTheLogOnlyWithTheOffsetOfThePollBefore() {
        FakeWorld world = FakeWorld.of("stored-before-next");
        IntStream.range(0, LINES).forEach(i -> world.input().add("line " + i));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source("stored-before-next", "batch", "1"));
            int lines = 0;
            while (lines < LINES) {
                lines = worker.records("lines").size();
                assertThat(stored(worker))
                        .as("the stored offset while %s lines were in the log", lines)
                        .isGreaterThanOrEqualTo(lines - 1);
            }
        }
    }

    private static int stored(TestingWorker worker) {
        List<String> offsets = worker.texts("connect-offsets");
        return offsets.isEmpty()
                ? 0
                : Integer.parseInt(offsets.get(offsets.size() - 1).replaceAll("\\D", ""));
    }
}
