package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class QuietFilesTest {
    private static final long FOR_EVER = 3_600_000;

    @TempDir
    Path folder;

    private final QuietFiles files = new QuietFiles(5);
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("in.txt"), "line\n");
    }

    private FileState state() throws IOException {
        return Objects.requireNonNull(FileState.of(file));
    }

    private static boolean isLooking() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("file-watch"));
    }

    /** Waits for a change on another thread. */
    private static CompletableFuture<Void> waiting(QuietFiles.Member member, Path path, FileState state) {
        return CompletableFuture.runAsync(() -> {
            try {
                member.awaitChange(path, state, FOR_EVER);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
    }

    @Test
    void wakesTheTaskWhoseFileGrewAndNoOther() throws IOException {
        Path other = Files.writeString(folder.resolve("other.txt"), "line\n");
        FileState otherState = Objects.requireNonNull(FileState.of(other));
        try (QuietFiles.Member one = files.join();
                QuietFiles.Member two = files.join()) {
            CompletableFuture<Void> grown = waiting(one, file, state());
            CompletableFuture<Void> still = waiting(two, other, otherState);
            Files.writeString(file, "more\n", StandardOpenOption.APPEND);
            grown.join();

            assertThat(still).isNotDone();
            Files.delete(other);
            still.join();
        }
    }

    @Test
    void wakesATaskWhoseFileCannotBeAsked() throws IOException {
        try (QuietFiles.Member one = files.join()) {
            FileState before = state();
            waiting(one, file.resolve("below a file"), before).join();
        }
    }

    @Test
    void waitsNoLongerThanAsked() throws Exception {
        try (QuietFiles.Member one = files.join()) {
            one.awaitChange(file, state(), 1);
        }
        assertThat(file).exists();
    }

    @Test
    void looksOnlyWhileThereAreMembers() throws Exception {
        QuietFiles.Member one = files.join();
        QuietFiles.Member two = files.join();
        one.awaitChange(file, state(), 1);
        one.close();
        one.close();
        assertThat(isLooking()).isTrue();
        two.close();
        Waiting.until("the thread ends", () -> !isLooking());

        try (QuietFiles.Member again = files.join()) {
            again.awaitChange(file, state(), 1);
            assertThat(isLooking()).isTrue();
        }
        Waiting.until("the thread ends again", () -> !isLooking());
    }
}
