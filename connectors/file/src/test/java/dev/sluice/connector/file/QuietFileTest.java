package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuietFileTest {
    @TempDir
    Path folder;

    private final QuietFile quiet = new QuietFile();
    private Path file = Path.of("");
    private Duration now = Duration.ofDays(-1);

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("in.txt"), "line\n");
    }

    private boolean isUnchangedAfter(long millis) throws IOException {
        now = now.plusMillis(millis);
        return quiet.isUnchanged(FileState.of(file), now.toNanos());
    }

    /** Looks until it is trusted; the last look was in full. */
    private void trust() throws IOException {
        assertThat(isUnchangedAfter(0)).isFalse();
        assertThat(isUnchangedAfter(2_999)).isFalse();
        assertThat(isUnchangedAfter(2)).isFalse();
        assertThat(isUnchangedAfter(0)).isTrue();
    }

    @Test
    void trustsAFileThatWasLookedAtAfterItHadNotChangedForLong() throws IOException {
        trust();

        assertThat(isUnchangedAfter(1)).isTrue();
    }

    @Test
    void seesGrowth() throws IOException {
        trust();
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, "more\n", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, before);

        assertThat(isUnchangedAfter(1)).isFalse();
        assertThat(isUnchangedAfter(1)).isFalse();
    }

    @Test
    void seesAChangeOfTheSameLength() throws IOException {
        trust();
        Files.writeString(file, "enil\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThat(isUnchangedAfter(1)).isFalse();
    }

    @Test
    void seesAnotherFileOfTheSameLengthAndTime() throws IOException {
        trust();
        FileTime before = Files.getLastModifiedTime(file);
        Files.move(file, folder.resolve("in.txt.1"));
        Files.writeString(file, "enil\n");
        Files.setLastModifiedTime(file, before);

        assertThat(isUnchangedAfter(1)).isFalse();
    }

    @Test
    void neverTrustsAFileThatIsNotThere() throws IOException {
        Files.delete(file);

        assertThat(isUnchangedAfter(0)).isFalse();
        assertThat(isUnchangedAfter(4_000)).isFalse();
        assertThat(isUnchangedAfter(4_000)).isFalse();
        assertThat(isUnchangedAfter(4_000)).isFalse();
    }
}
