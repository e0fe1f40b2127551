package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.file.TailFixture.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a file between two looks, and between two runs. */
final class FileTailTest {
    @TempDir
    private Path folder;

    private Path file;
    private TailFixture tail;
    private LoggedEvents events;

    @BeforeEach
    void begin() {
        file = folder.resolve("app.log");
        tail = new TailFixture(file);
        events = new LoggedEvents(FileTail.class);
    }

    @AfterEach
    void end() {
        tail.close();
        events.close();
    }

    @Test
    void countsBytesSoThatARestartInNonAsciiTextIsExact() throws IOException {
        tail.append("é\nü\nz\n");
        assertThat(tail.lines()).containsExactly(new Line("é", 3), new Line("ü", 6), new Line("z", 8));
        tail.restart();
        tail.append("ß\n");
        assertThat(tail.lines()).containsExactly(new Line("ß", 11));
    }

    @Test
    void holdsAnUnfinishedLineBack() throws IOException {
        tail.append("one\ntw");
        assertThat(tail.texts()).containsExactly("one");
        tail.append("o\n");
        assertThat(tail.texts()).containsExactly("two");
    }

    @Test
    void readsAnUnfinishedLineThatItsWriterTookBack() throws IOException {
        tail.append("one\ntorn half");
        assertThat(tail.texts()).containsExactly("one");
        tail.replaceContents("one\n");
        assertThat(tail.texts()).isEmpty();
        tail.append("two\n");
        assertThat(tail.texts()).containsExactly("two");
        assertThat(events.at(Level.WARN)).isEmpty();
    }

    @Test
    void readsATruncatedFileFromItsStartAndSaysSo() throws IOException {
        tail.append("one\ntwo\nthree\n");
        assertThat(tail.texts()).hasSize(3);
        tail.replaceContents("new\n");
        assertThat(tail.lines()).containsExactly(new Line("new", 4));
        assertThat(events.at(Level.WARN)).containsExactly("file was cut or rewritten, it is read from its start");
    }

    @Test
    void noticesATruncatedFileThatGrewBeyondItsOldSize() throws IOException {
        tail.append("2026-01-01 one\n");
        assertThat(tail.texts()).hasSize(1);
        tail.replaceContents("2026-01-02 first\n2026-01-02 second\n");
        assertThat(tail.texts()).containsExactly("2026-01-02 first", "2026-01-02 second");
        assertThat(events.at(Level.WARN)).containsExactly("file was cut or rewritten, it is read from its start");
    }

    @Test
    void readsAFileThatWasTruncatedBetweenRunsFromItsStart() throws IOException {
        tail.append("one\ntwo\nthree\n");
        assertThat(tail.texts()).hasSize(3);
        tail.replaceContents("new\n");
        tail.restart();
        assertThat(tail.texts()).containsExactly("new");
        assertThat(events.at(Level.WARN))
                .containsExactly("file was replaced or cut while nobody read it, it is read from its start");
    }

    @Test
    void takesAnOffsetOfKafkaConnect() throws IOException {
        tail.append("one\ntwo\n");
        tail.restart(FileOffset.of(Map.of("position", 4L)));
        assertThat(tail.texts()).containsExactly("two");
    }

    @Test
    void readsFromTheStartWhenAnOffsetOfKafkaConnectLiesBehindTheEnd() throws IOException {
        tail.append("one\n");
        tail.restart(FileOffset.of(Map.of("position", 4711L)));
        assertThat(tail.texts()).containsExactly("one");
        assertThat(events.at(Level.WARN)).hasSize(1);
    }

    @Test
    void finishesARotatedFileBeforeTheNewOne() throws IOException {
        tail.append("one\n");
        assertThat(tail.texts()).containsExactly("one");
        tail.append("two\n");
        tail.rotate("app.log.1");
        tail.append("three\n");
        assertThat(tail.lines()).containsExactly(new Line("two", 8), new Line("three", 6));
        tail.append("four\n");
        assertThat(tail.texts()).containsExactly("four");
        assertThat(events.at(Level.WARN)).isEmpty();
    }

    @Test
    void staysWithARotatedFileUntilTheNewOneHoldsData() throws IOException {
        tail.append("one\n");
        assertThat(tail.texts()).containsExactly("one");
        try (OutputStream late = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            tail.rotate("app.log.1");
            tail.append("");
            assertThat(tail.texts()).isEmpty();
            late.write("late\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(tail.texts()).containsExactly("late");
        tail.append("new\n");
        assertThat(tail.texts()).containsExactly("new");
    }

    @Test
    void followsSeveralRotationsThatCameDuringOneBacklog() throws IOException {
        tail.append("1\n");
        tail.tail().look();
        tail.rotate("app.log.1");
        tail.append("2\n");
        tail.tail().look();
        tail.rotate("app.log.2");
        tail.append("3\n");
        assertThat(tail.texts()).containsExactly("1", "2", "3");
    }

    @Test
    void endsALineAtACarriageReturnOnceTheFileIsComplete() throws IOException {
        tail.append("one\rtwo\r");
        assertThat(tail.texts()).containsExactly("one");
        tail.rotate("app.log.1");
        tail.append("three\n");
        assertThat(tail.texts()).containsExactly("two", "three");
    }

    @Test
    void leavesOutTheUnfinishedLineOfARotatedFileAndSaysSo() throws IOException {
        tail.append("one\nhalf a li");
        assertThat(tail.texts()).containsExactly("one");
        tail.rotate("app.log.1");
        tail.append("two\n");
        assertThat(tail.texts()).containsExactly("two");
        assertThat(events.at(Level.WARN)).containsExactly("rotated file ends in an unfinished line, which is left out");
    }

    @Test
    void finishesAFileThatWasRotatedBetweenRuns() throws IOException {
        tail.append("one\n");
        assertThat(tail.texts()).containsExactly("one");
        tail.append("two\n");
        tail.rotate("app.log.1");
        tail.append("three is longer than what stood here before\n");
        tail.restart();
        assertThat(tail.texts()).containsExactly("two", "three is longer than what stood here before");
        tail.restart();
        assertThat(tail.texts()).isEmpty();
    }

    @Test
    void finishesARotatedFileWhileTheNewOneIsStillMissing() throws IOException {
        tail.append("one\n");
        assertThat(tail.texts()).containsExactly("one");
        tail.append("two\n");
        tail.rotate("app.log.1");
        tail.restart();
        assertThat(tail.texts()).containsExactly("two");
        tail.append("three\n");
        assertThat(tail.texts()).containsExactly("three");
    }

    @Test
    void readsANewFileFromItsStartWhenTheRotatedOneIsGone() throws IOException {
        tail.append("one\n");
        assertThat(tail.texts()).containsExactly("one");
        Path old = tail.rotate("app.log.1");
        tail.append("another that is longer\n");
        Files.delete(old);
        tail.restart();
        assertThat(tail.texts()).containsExactly("another that is longer");
        assertThat(events.at(Level.WARN))
                .containsExactly("file was replaced or cut while nobody read it, it is read from its start");
    }

    @Test
    void goesOnInACopyOfTheFile() throws IOException {
        tail.append("one\ntwo\n");
        assertThat(tail.texts()).hasSize(2);
        Path copy = Files.copy(file, folder.resolve("copy"));
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        tail.restart();
        tail.append("three\n");
        assertThat(tail.texts()).containsExactly("three");
    }

    @Test
    void waitsForAMissingFileAndSaysSoOnce() throws IOException {
        assertThat(tail.texts()).isEmpty();
        assertThat(tail.texts()).isEmpty();
        assertThat(events.at(Level.INFO)).containsExactly("file is missing, waiting for it");
        tail.append("one\n");
        assertThat(tail.texts()).containsExactly("one");
    }

    @Test
    void goesOnAtTheSamePlaceAfterItsFilesWereClosed() throws IOException {
        tail.append("one\ntwo");
        assertThat(tail.texts()).containsExactly("one");
        tail.tail().close();
        tail.append("\nthree\n");
        assertThat(tail.texts()).containsExactly("two", "three");
    }

    @Test
    void refusesAPositionWithinACharacterOfAWideCharset() throws IOException {
        try (TailFixture wide = new TailFixture(file, StandardCharsets.UTF_16LE)) {
            wide.append("ab\n");
            wide.restart(FileOffset.of(Map.of("position", 3L)));
            assertThatThrownBy(wide::texts)
                    .isInstanceOf(ConnectorException.class)
                    .hasMessage(
                            "Cannot continue " + file + " at byte 3: in UTF-16LE a character starts at every 2. byte"
                                    + " only. Alter or reset the offset.");
        }
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        tail.append("one\ntwo\nha");
        assertThat(tail.texts()).hasSize(2);
        assertThat(tail.tail().progress()).hasValueSatisfying(progress -> {
            assertThat(progress.done()).isEqualTo(8);
            assertThat(progress.total()).hasValue(10);
        });
    }
}
