package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.topic.NewTopic;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data directories that cannot be opened, or fail while in use. */
@Timeout(60)
class DirectoryTest {
    @TempDir
    Path folder;

    private static Broker open(Path directory) {
        return Broker.open(BrokerConfig.of(Map.of("log.dirs", directory.toString())));
    }

    @Test
    void refusesASecondBrokerInThisProcessAndStaysLocked() throws IOException {
        Broker first = open(folder);

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> open(folder))
                    .isInstanceOf(BrokerException.DirectoryUnusable.class)
                    .hasMessage("Cannot open data directory " + folder + ": it is in use by this process."
                            + " Stop that process or choose another directory.");
        }

        first.close();
        open(folder).close();
    }

    @Test
    void namesTheProcessThatHoldsTheLock() throws IOException {
        open(folder).close();
        assertThat(Files.readString(folder.resolve(".lock")))
                .isEqualTo(ProcessHandle.current().pid() + "\n");
    }

    @Test
    void refusesAPathThatIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(BrokerException.DirectoryUnusable.class)
                .hasMessage("Cannot open data directory " + file + ": " + file + " is a file."
                        + " Remove it or choose another directory.");
        assertThatThrownBy(() -> open(file.resolve("data")))
                .isInstanceOf(BrokerException.DirectoryUnusable.class)
                .hasMessageContaining("Cannot open data directory " + file.resolve("data") + ": ");
    }

    @Test
    void refusesADirectoryThatThisUserMayNotWrite() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assumeTrue(closed.toFile().setWritable(false) && !Files.isWritable(closed), "this user may write everywhere");

        assertThatThrownBy(() -> open(closed))
                .isInstanceOf(BrokerException.DirectoryUnusable.class)
                .hasMessage("Cannot open data directory " + closed + ": this user may not read and write it."
                        + " Change its permissions or choose another directory.");
        assertThat(closed.toFile().setWritable(true)).isTrue();
    }

    @Test
    void givesTheDirectoryFreeWhenOpeningFails() throws IOException {
        try (Broker broker = open(folder)) {
            broker.topics().create(NewTopic.named("t")).join();
            broker.append("t", 0, Batches.of("a")).join();
        }
        Path segment = folder.resolve("t-0/00000000000000000000.log");
        Path kept = Files.move(segment, folder.resolve("kept"));
        Files.createSymbolicLink(segment, folder.resolve("a/missing/disk"));

        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(BrokerException.DirectoryUnusable.class)
                .hasMessageContaining("Cannot open partition t-0 in " + folder + ": ")
                .hasMessageContaining("Check permissions and free space.");

        Files.delete(segment);
        Files.move(kept, segment);
        try (Broker broker = open(folder)) {
            assertThat(Batches.values(broker.log("t", 0), 0)).containsExactly("a");
        }
    }

    /** The disk is full where the segment is: every write to {@code /dev/full} says so. */
    @Test
    void stopsWritingButNotReadingWhenTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full here");
        try (Broker broker = open(folder)) {
            broker.topics().create(NewTopic.named("full")).join();
            broker.topics().create(NewTopic.named("fine")).join();
            broker.append("fine", 0, Batches.of("a")).join();
        }
        Path segment = folder.resolve("full-0/00000000000000000000.log");
        Files.delete(segment);
        Files.createSymbolicLink(segment, full);

        try (LoggedLines lines = new LoggedLines()) {
            Broker broker = open(folder);
            assertThatThrownBy(() -> broker.append("full", 0, Batches.of("b")).join())
                    .hasCauseInstanceOf(BrokerException.DirectoryFailed.class)
                    .hasMessageContaining("Cannot write to data directory " + folder + ": ")
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("Check free space, permissions and the disk, then restart.");

            PartitionLog fine = broker.log("fine", 0);
            assertThatThrownBy(() -> fine.append(Batches.of("b")).join())
                    .hasCauseInstanceOf(BrokerException.DirectoryFailed.class)
                    .hasMessageContaining("No space left on device");
            assertThatThrownBy(
                            () -> broker.topics().create(NewTopic.named("new")).join())
                    .hasCauseInstanceOf(BrokerException.DirectoryFailed.class)
                    .hasMessageContaining("No space left on device");
            assertThat(Batches.values(fine, 0)).containsExactly("a");
            assertThat(broker.failure()).isPresent();
            broker.close();

            assertThat(lines.containing("ERROR")).hasSize(1).allMatch(line -> line.contains(folder.toString()));
            assertThat(folder.resolve(".kafka_cleanshutdown")).doesNotExist();
        }
        Files.delete(segment);
        Files.createFile(segment);
        try (Broker broker = open(folder)) {
            assertThat(broker.append("full", 0, Batches.of("b")).join().baseOffset())
                    .isZero();
            assertThat(broker.topics().find("new")).isEmpty();
        }
    }

    @Test
    void isNotReadAgainAfterACleanShutdown() throws IOException {
        try (Broker broker = open(folder)) {
            broker.topics().create(NewTopic.named("t")).join();
            broker.append("t", 0, Batches.of("a", "b")).join();
        }
        // A damage in the middle of the records shows whether they were read.
        try (FileChannel channel =
                FileChannel.open(folder.resolve("t-0/00000000000000000000.log"), StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {1}), 62);
        }
        try (Broker broker = open(folder)) {
            assertThat(broker.log("t", 0).endOffset()).isEqualTo(2);
        }
    }
}
