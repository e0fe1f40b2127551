package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file in which nothing came for long, by a clock that is moved. */
@Timeout(60)
final class QuietSourceTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");
    private final AtomicLong movedNanos = new AtomicLong();
    private final FileStreamSourceTask task = new FileStreamSourceTask(() -> System.nanoTime() + movedNanos.get());

    @BeforeEach
    void start() throws Exception {
        file = Files.writeString(folder.resolve("in.txt"), "first\n");
        task.start(
                new FakeSourceTaskContext(),
                FileSourceConfig.SPEC.parse(Map.of("file", file.toString(), "topic", "lines")));
        assertThat(read(1)).containsExactly("first");
        move();
    }

    private void move() {
        long unused = movedNanos.addAndGet(Duration.ofMinutes(1).toNanos());
    }

    @AfterEach
    void stop() {
        task.stop();
    }

    private List<String> read(int count) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            for (SourceRecord record : task.poll()) {
                lines.add(String.valueOf(record.value().value()));
            }
        }
        return lines;
    }

    /** Polls, and changes the file once the poll waits for the thread that looks at all quiet files. */
    private List<String> readWhileQuiet(Change change) throws Exception {
        CompletableFuture<Void> changed = CompletableFuture.runAsync(() -> {
            Waiting.until("the task waits", () -> QuietFiles.SHARED.waitingCount() == 1);
            try {
                change.run();
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        List<String> lines = read(1);
        changed.join();
        return lines;
    }

    private interface Change {
        void run() throws IOException;
    }

    @Test
    void goesOnWhereItGrows() throws Exception {
        assertThat(readWhileQuiet(() -> Files.writeString(file, "second\n", StandardOpenOption.APPEND)))
                .containsExactly("second");
        Files.writeString(file, "third\n", StandardOpenOption.APPEND);
        assertThat(read(1)).containsExactly("third");
    }

    @Test
    void noticesThatItWasRewritten() throws Exception {
        assertThat(readWhileQuiet(() -> Files.writeString(file, "FIRST\n"))).containsExactly("FIRST");
    }

    @Test
    void noticesThatItWasRotated() throws Exception {
        assertThat(readWhileQuiet(() -> {
                    Files.move(file, folder.resolve("in.txt.1"));
                    Files.writeString(file, "new\n");
                }))
                .containsExactly("new");
    }

    @Test
    void readsEveryLineOfAWriterThatPauses() throws Exception {
        List<String> expected = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String line = "line " + i;
            expected.add(line);
            read.addAll(readWhileQuiet(() -> Files.writeString(file, line + "\n", StandardOpenOption.APPEND)));
            move();
        }
        assertThat(read).isEqualTo(expected);
    }
}
