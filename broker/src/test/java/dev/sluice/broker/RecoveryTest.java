package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.topic.NewTopic;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens what crashes and bad disks leave behind. */
@Timeout(120)
class RecoveryTest {
    private static final String SEGMENT = "t-0/00000000000000000000.log";

    @TempDir
    Path folder;

    private Path crashed;
    private int lastBatchStart;
    private int fileBytes;

    /** Two batches with three records, and a data directory whose process died. */
    @BeforeEach
    void crash() throws IOException {
        Path live = folder.resolve("live");
        try (Broker broker = open(live)) {
            broker.topics()
                    .create(NewTopic.named("t").withSetting("retention.ms", "-1"))
                    .join();
            PartitionLog log = broker.log("t", 0);
            log.append(Batches.of("a", "b")).join();
            lastBatchStart = Math.toIntExact(log.sizeBytes());
            log.append(Batches.of("c")).join();
            fileBytes = Math.toIntExact(log.sizeBytes());
            broker.groups().commit("g", Map.of(new TopicPartition("t", 0), 3L)).join();
            crashed = Folders.copyAsAfterCrash(live, folder.resolve("crashed"));
        }
    }

    private static Broker open(Path directory) {
        return Broker.open(
                BrokerConfig.of(Map.of("log.dirs", directory.toString(), "log.index.size.max.bytes", "4096")));
    }

    @Test
    void losesNothingThatWasAcknowledged() {
        try (LoggedLines lines = new LoggedLines();
                Broker broker = open(crashed)) {
            assertThat(Batches.values(broker.log("t", 0), 0)).containsExactly("a", "b", "c");
            assertThat(broker.groups().committed("g")).containsEntry(new TopicPartition("t", 0), 3L);
            assertThat(lines.all()).isEmpty();
        }
    }

    @Test
    void cutsALastBatchThatIsTornAtAnyByte() throws IOException {
        for (int length = lastBatchStart; length < fileBytes; length++) {
            Path torn = Folders.copyAsAfterCrash(crashed, folder.resolve("torn-" + length));
            truncate(torn.resolve(SEGMENT), length);

            try (LoggedLines lines = new LoggedLines();
                    Broker broker = open(torn)) {
                PartitionLog log = broker.log("t", 0);
                assertThat(log.endOffset())
                        .as("end after a cut at byte %d", length)
                        .isEqualTo(2);
                assertThat(Batches.values(log, 0)).containsExactly("a", "b");
                assertThat(log.append(Batches.of("d")).join().baseOffset()).isEqualTo(2);
                assertThat(lines.containing("cut a damaged end"))
                        .hasSize(length == lastBatchStart ? 0 : 1)
                        .allMatch(line -> line.contains("endOffset=\"2\""));
            }
            remove(torn);
        }
    }

    @Test
    void cutsALastBatchWithAFlippedBit() throws IOException {
        for (int position = lastBatchStart; position < fileBytes; position++) {
            // Its leader epoch is the one field that no checksum covers and that means nothing on one node.
            boolean isLeaderEpoch = position >= lastBatchStart + 12 && position < lastBatchStart + 16;
            Path flipped = Folders.copyAsAfterCrash(crashed, folder.resolve("flipped-" + position));
            flip(flipped.resolve(SEGMENT), position);

            try (Broker broker = open(flipped)) {
                PartitionLog log = broker.log("t", 0);
                assertThat(Batches.values(log, 0))
                        .as("after a flipped bit in byte %d", position)
                        .isEqualTo(isLeaderEpoch ? List.of("a", "b", "c") : List.of("a", "b"));
                assertThat(log.append(Batches.of("d")).join().baseOffset()).isEqualTo(isLeaderEpoch ? 3 : 2);
            }
            remove(flipped);
        }
    }

    @Test
    void cutsGarbageBehindTheLastBatchAndSaysSo() throws IOException {
        Files.write(crashed.resolve(SEGMENT), new byte[200], StandardOpenOption.APPEND);

        try (LoggedLines lines = new LoggedLines();
                Broker broker = open(crashed)) {
            assertThat(Batches.values(broker.log("t", 0), 0)).containsExactly("a", "b", "c");
            assertThat(lines.all())
                    .containsExactly(
                            "WARN cut a damaged end of the partition after a crash [topic=\"t\", partition=\"0\","
                                    + " cutBytes=\"200\", claimedEndOffset=\"3\", endOffset=\"3\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t-0/00000000000000000000.index",
                "t-0/00000000000000000000.timeindex",
                "t-0/leader-epoch-checkpoint",
                "t-0/partition.metadata",
                "recovery-point-offset-checkpoint",
                "log-start-offset-checkpoint",
                "cleaner-offset-checkpoint",
                "meta.properties",
                "topics.catalog"
            })
    void opensWithAnyOtherFileEmptyTornOrMissing(String file) throws IOException {
        List<Consumer<Path>> damages = List.of(
                path -> write(path, new byte[0]),
                path -> write(path, new byte[] {'0', '\n', '1'}),
                path -> write(path, new byte[64]),
                path -> path.toFile().delete());
        for (Consumer<Path> damage : damages) {
            for (boolean isClean : new boolean[] {false, true}) {
                Path damaged = Folders.copyAsAfterCrash(crashed, folder.resolve("damaged"));
                if (isClean) {
                    open(damaged).close();
                }
                damage.accept(damaged.resolve(file));

                try (Broker broker = open(damaged)) {
                    assertThat(Batches.values(broker.log("t", 0), 0)).containsExactly("a", "b", "c");
                    assertThat(broker.groups().committed("g")).containsEntry(new TopicPartition("t", 0), 3L);
                    assertThat(broker.append("t", 0, Batches.of("d")).join().baseOffset())
                            .isEqualTo(3);
                    assertThat(broker.topics().find("t").orElseThrow().settings())
                            .containsEntry("retention.ms", "-1");
                }
                open(damaged).close();
                remove(damaged);
            }
        }
    }

    @Test
    void buildsALostIndexAgain() throws IOException {
        Path live = folder.resolve("indexed");
        try (Broker broker = open(live)) {
            broker.topics().create(NewTopic.named("t")).join();
            for (int number = 0; number < 60; number++) {
                broker.append("t", 0, Batches.of("x".repeat(2_000))).join();
            }
        }
        Path index = live.resolve("t-0/00000000000000000000.index");
        long sizeBytes = Files.size(index);
        assertThat(sizeBytes).isPositive();
        write(index, new byte[0]);

        open(live).close();

        assertThat(Files.size(index)).isEqualTo(sizeBytes);
    }

    @Test
    void takesAnIndexForWholeThatIsEmptyAsEachRunWroteLittle() {
        Path live = folder.resolve("little");
        for (int run = 0; run < 6; run++) {
            try (LoggedLines lines = new LoggedLines();
                    Broker broker = open(live)) {
                broker.topics().createIfMissing(NewTopic.named("t")).join();
                broker.append("t", 0, Batches.of("x".repeat(2_000))).join();
                assertThat(lines.all()).isEmpty();
            }
        }
        assertThat(live.resolve("t-0/00000000000000000000.index")).isEmptyFile();
    }

    @Test
    void cutsWholeSegmentsBehindADamagedOne() throws IOException {
        Path live = folder.resolve("segments");
        try (Broker broker = open(live)) {
            broker.topics()
                    .create(NewTopic.named("t").withSetting("segment.bytes", "1048576"))
                    .join();
            for (int number = 0; number < 6; number++) {
                broker.append("t", 0, Batches.of("x".repeat(400_000))).join();
            }
            Path copy = Folders.copyAsAfterCrash(live, folder.resolve("segments-crashed"));
            List<Path> segments = Folders.files(copy.resolve("t-0"), ".log");
            assertThat(segments).hasSize(3);
            flip(segments.get(1), 500);
            Files.deleteIfExists(copy.resolve("recovery-point-offset-checkpoint"));

            try (LoggedLines lines = new LoggedLines();
                    Broker again = open(copy)) {
                assertThat(again.log("t", 0).endOffset()).isEqualTo(2);
                assertThat(lines.containing("cut a damaged end")).hasSize(1);
                assertThat(lines.containing("claimedEndOffset=\"6\", endOffset=\"2\""))
                        .hasSize(1);
            }
        }
    }

    @Test
    void startsAPartitionEmptyWhoseFolderIsGone() throws IOException {
        remove(crashed.resolve("t-0"));

        try (LoggedLines lines = new LoggedLines();
                Broker broker = open(crashed)) {
            assertThat(broker.log("t", 0).endOffset()).isZero();
            assertThat(lines.containing("the folder of the partition is missing"))
                    .hasSize(1);
        }
    }

    @Test
    void takesADirectoryWithoutACatalogFromItsFoldersAndKeepsEverything() throws IOException {
        Files.delete(crashed.resolve("topics.catalog"));
        Files.deleteIfExists(crashed.resolve("topics.catalog.previous"));

        try (LoggedLines lines = new LoggedLines();
                Broker broker = open(crashed)) {
            assertThat(Batches.values(broker.log("t", 0), 0)).containsExactly("a", "b", "c");
            assertThat(broker.topics().find("t").orElseThrow().settings())
                    .containsEntry("retention.ms", "-1")
                    .containsEntry("retention.bytes", "-1");
            assertThat(broker.topics().find("__consumer_offsets").orElseThrow().settings())
                    .containsEntry("cleanup.policy", "compact");
            assertThat(lines.containing("the settings of a topic are lost")).hasSize(2);
        }
    }

    @Test
    void movesFoldersOfAnotherTopicOfTheSameNameAside() throws IOException {
        Files.writeString(crashed.resolve("t-0/partition.metadata"), "version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAEQ\n");

        try (LoggedLines lines = new LoggedLines();
                Broker broker = open(crashed)) {
            assertThat(broker.log("t", 0).endOffset()).isZero();
            assertThat(lines.containing("belongs to another topic of the same name"))
                    .hasSize(1);
            assertThat(Folders.files(crashed, "-stray")).hasSize(1);
        }
    }

    @Test
    void leavesFoldersAloneThatItDoesNotKnow() throws IOException {
        Files.createDirectories(crashed.resolve("unknown-0"));
        Files.createDirectories(crashed.resolve("notes"));

        try (LoggedLines lines = new LoggedLines();
                Broker broker = open(crashed)) {
            assertThat(lines.containing("folders of a topic that the catalog does not know"))
                    .hasSize(1);
            assertThat(broker.topics().find("unknown")).isEmpty();
        }
        assertThat(crashed.resolve("unknown-0")).exists();
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void truncate(Path file, int length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }

    private static void flip(Path file, int position) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(position);
            int old = open.read();
            open.seek(position);
            open.write(old ^ 4);
        }
    }

    private static void remove(Path path) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
