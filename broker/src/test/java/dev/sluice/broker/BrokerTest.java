package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.log.Appended;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.topic.NewTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BrokerTest {
    @TempDir
    Path directory;

    private Broker open() {
        return Broker.open(BrokerConfig.of(Map.of("log.dirs", directory.toString())));
    }

    private static PartitionLog create(Broker broker, NewTopic topic) {
        broker.topics().create(topic).join();
        return broker.log(topic.name(), 0);
    }

    @Test
    void readsWhatWasAppended() {
        try (Broker broker = open()) {
            create(broker, NewTopic.named("t"));

            Appended first = broker.append("t", 0, Batches.of("a", "b")).join();
            Appended second = broker.append("t", 0, Batches.of("c")).join();

            assertThat(first).isEqualTo(new Appended(0, 1, -1, 0));
            assertThat(second.baseOffset()).isEqualTo(2);
            assertThat(Batches.values(broker.log("t", 0), 1)).containsExactly("b", "c");
        }
    }

    @Test
    void numbersSeveralBatchesOfOneAppend() {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));

            Appended appended = log.append(Batches.joined(Batches.of("a", "b"), Batches.of("c")))
                    .join();

            assertThat(appended.baseOffset()).isZero();
            assertThat(appended.lastOffset()).isEqualTo(2);
            assertThat(Batches.values(log, 0)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void keepsEverythingOverARestart() {
        try (Broker broker = open()) {
            create(broker, NewTopic.named("t").withPartitions(3));
            broker.append("t", 2, Batches.of("a", "b")).join();
            broker.groups().commit("g", Map.of(new TopicPartition("t", 2), 1L)).join();
        }
        try (LoggedLines lines = new LoggedLines();
                Broker broker = open()) {
            assertThat(Batches.values(broker.log("t", 2), 0)).containsExactly("a", "b");
            assertThat(broker.append("t", 2, Batches.of("c")).join().baseOffset())
                    .isEqualTo(2);
            assertThat(broker.groups().committed("g")).containsExactly(Map.entry(new TopicPartition("t", 2), 1L));
            assertThat(lines.all()).isEmpty();
        }
    }

    @Test
    void offersTheSameWithoutBlocking() {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));

            assertThat(log.tryAppend(Batches.of("a")).orElseThrow().join().baseOffset())
                    .isZero();
            assertThat(log.readAsync(0, 1_000).join().records().sizeInBytes()).isPositive();
            assertThatThrownBy(() -> log.readAsync(7, 1_000).join())
                    .hasCauseInstanceOf(BrokerException.OffsetOutOfRange.class)
                    .hasMessageContaining("Cannot read t-0 at offset 7");
        }
    }

    /** Kafka's own reader of segment files judges what was written. */
    @Test
    void writesSegmentsThatKafkaReads() throws Exception {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            for (int number = 0; number < 10; number++) {
                log.append(Batches.of("a" + number, "b" + number)).join();
            }
        }
        try (FileRecords segment = FileRecords.open(
                directory.resolve("t-0/00000000000000000000.log").toFile())) {
            long expectedOffset = 0;
            for (var batch : segment.batches()) {
                batch.ensureValid();
                assertThat(batch.magic()).isEqualTo((byte) 2);
                assertThat(batch.baseOffset()).isEqualTo(expectedOffset);
                assertThat(batch.countOrNull()).isEqualTo(2);
                expectedOffset = batch.nextOffset();
            }
            assertThat(expectedOffset).isEqualTo(20);
        }
    }

    @Test
    void keepsTheOrderOfOneCaller() {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            List<CompletableFuture<Appended>> appended = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int number = 0; number < 2_000; number++) {
                expected.add("v" + number);
                appended.add(log.append(Batches.of("v" + number)));
            }
            appended.forEach(CompletableFuture::join);

            assertThat(Batches.values(log, 0)).isEqualTo(expected);
        }
    }

    @Test
    void readsTheFirstBatchWholeWhereItIsLargerThanAsked() {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            log.append(Batches.of("x".repeat(10_000))).join();
            log.append(Batches.of("y".repeat(10_000))).join();

            var fetched = log.read(0, 100);

            assertThat(fetched.records().batches()).hasSize(1);
            assertThat(fetched.highWatermark()).isEqualTo(2);
            assertThat(log.read(2, 100).isEmpty()).isTrue();
        }
    }

    @Test
    void leavesABatchThatDoesNotFitWholeForTheNextRead() {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            for (int number = 0; number < 3; number++) {
                log.append(Batches.of("x".repeat(1_000))).join();
            }

            var fetched = log.read(0, 2_500);

            assertThat(fetched.records().batches()).hasSize(2);
            assertThat(fetched.records().validBytes())
                    .isEqualTo(fetched.records().sizeInBytes());
        }
    }

    @Test
    void refusesOffsetsThatAreNotThere() {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            log.append(Batches.of("a", "b", "c")).join();
            assertThat(log.deleteRecordsBefore(2).join()).isEqualTo(2);

            assertThatThrownBy(() -> log.read(4, 100))
                    .isInstanceOf(BrokerException.OffsetOutOfRange.class)
                    .hasMessage(
                            "Cannot read t-0 at offset 4: it holds the offsets from 2 to 3. Start at one of these.");
            assertThatThrownBy(() -> log.read(1, 100))
                    .hasMessage(
                            "Cannot read t-0 at offset 1: it holds the offsets from 2 to 3. Start at one of these.");
            assertThatThrownBy(() -> log.deleteRecordsBefore(9).join())
                    .hasMessageContaining(
                            "Cannot delete records of t-0 at offset 9: it holds the offsets from 2 to 3.");
            assertThat(Batches.values(log, 2)).containsExactly("c");
        }
    }

    @Test
    void remembersDeletedRecordsOverARestart() {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            log.append(Batches.of("a", "b", "c")).join();
            log.deleteRecordsBefore(1).join();
        }
        try (Broker broker = open()) {
            assertThat(broker.log("t", 0).startOffset()).isEqualTo(1);
        }
    }

    @Test
    void findsOffsetsByTime() {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            log.append(Batches.keyed(1_000, "k", "a")).join();
            log.append(Batches.keyed(2_000, "k", "b")).join();

            assertThat(log.offsetForTimestamp(1_500)).hasValue(1);
            assertThat(log.offsetForTimestamp(1_000)).hasValue(0);
            assertThat(log.offsetForTimestamp(2_001)).isEmpty();
        }
    }

    @Test
    void takesABatchOfTheLimitAndRefusesOneByteMore() {
        MemoryRecords batch = Batches.of("x".repeat(1_000));
        NewTopic topic = NewTopic.named("t").withSetting("max.message.bytes", Integer.toString(batch.sizeInBytes()));
        try (Broker broker = open()) {
            PartitionLog log = create(broker, topic);

            assertThat(log.append(batch).join().baseOffset()).isZero();
            assertThatThrownBy(() -> log.append(Batches.of("x".repeat(1_001))).join())
                    .hasCauseInstanceOf(BrokerException.BatchTooLarge.class)
                    .hasMessageContaining("Cannot append to t-0: a batch of " + (batch.sizeInBytes() + 1)
                            + " bytes is larger than max.message.bytes=" + batch.sizeInBytes());
            assertThat(log.endOffset()).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatIsNoBatchOfTheTopic() {
        try (Broker broker = open()) {
            PartitionLog plain = create(broker, NewTopic.named("plain"));
            PartitionLog compacted =
                    create(broker, NewTopic.named("compacted").withSetting("cleanup.policy", "compact"));
            MemoryRecords damaged = Batches.of("a");
            damaged.buffer().put(damaged.sizeInBytes() - 1, (byte) 7);

            assertThatThrownBy(() -> compacted.append(Batches.of("no key")).join())
                    .hasCauseInstanceOf(BrokerException.BatchRefused.class)
                    .hasMessageContaining("Cannot append to compacted-0: ");
            assertThatThrownBy(() -> plain.append(damaged).join())
                    .hasCauseInstanceOf(BrokerException.BatchRefused.class)
                    .hasMessageContaining("corrupt");
            assertThatThrownBy(() -> plain.append(MemoryRecords.EMPTY).join())
                    .hasMessageContaining("Cannot append to plain-0: there is no whole batch.");
            assertThat(plain.append(Batches.of("fine")).join().baseOffset()).isZero();
        }
    }

    @Test
    void storesCompressedBatchesAsTheyCome() {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            SimpleRecord record =
                    new SimpleRecord(1, "x".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            log.append(MemoryRecords.withRecords(Compression.gzip().build(), record))
                    .join();

            assertThat(log.sizeBytes()).isLessThan(1_000);
            assertThat(Batches.values(log, 0)).containsExactly("x".repeat(10_000));
        }
    }

    @Test
    void saysWhichPartitionsThereAre() {
        try (Broker broker = open()) {
            create(broker, NewTopic.named("t").withPartitions(2));

            assertThatThrownBy(() -> broker.log("t", 2))
                    .isInstanceOf(BrokerException.UnknownPartition.class)
                    .hasMessage("Cannot use partition 2 of topic 't': it has 2 partitions, counted from 0."
                            + " Create it first.");
            assertThatThrownBy(() -> broker.append("u", 0, Batches.of("a")).join())
                    .hasCauseInstanceOf(BrokerException.UnknownPartition.class)
                    .hasMessageContaining("there is no topic of this name");
        }
    }

    @Test
    void wakesTheOneWhoWaitsForTheNextRecord() throws InterruptedException {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            CountDownLatch woken = new CountDownLatch(1);
            List<Long> seen = new ArrayList<>();
            var subscription = log.onAppend(() -> {
                seen.add(log.endOffset());
                woken.countDown();
            });

            log.append(Batches.of("a", "b")).join();

            assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).containsExactly(2L);
            subscription.close();
            log.append(Batches.of("c")).join();
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void aWakeUpThatFailsHarmsNobody() {
        try (LoggedLines lines = new LoggedLines();
                Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            var subscription = log.onAppend(() -> {
                throw new IllegalStateException("bug of a reader");
            });

            assertThat(log.append(Batches.of("a")).join().baseOffset()).isZero();
            assertThat(lines.containing("a wake-up of a waiting reader failed")).hasSize(1);
            subscription.close();
        }
    }

    @Test
    void anInterruptOfOneReaderLeavesTheLogOpenForOthers() throws InterruptedException {
        try (Broker broker = open()) {
            PartitionLog log = create(broker, NewTopic.named("t"));
            log.append(Batches.of("x".repeat(100_000))).join();
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            CountDownLatch reading = new CountDownLatch(1);
            Thread reader = new Thread(() -> {
                try {
                    while (true) {
                        log.read(0, 1 << 20);
                        reading.countDown();
                    }
                } catch (BrokerException e) {
                    end.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost", e));
                }
            });
            reader.start();
            reading.await();

            reader.interrupt();

            assertThat(end.join())
                    .isInstanceOf(BrokerException.Interrupted.class)
                    .hasMessage("Cannot read the log: the thread was interrupted.");
            assertThat(log.append(Batches.of("b")).join().baseOffset()).isEqualTo(1);
            assertThat(Batches.values(log, 1)).containsExactly("b");
            assertThat(broker.failure()).isEmpty();
        }
    }

    @Test
    void refusesUseAfterClose() {
        Broker broker = open();
        PartitionLog log = create(broker, NewTopic.named("t"));
        broker.close();
        broker.close();

        assertThatThrownBy(() -> log.append(Batches.of("a")).join())
                .hasCauseInstanceOf(BrokerException.Closed.class)
                .hasMessageContaining("the broker is closed");
        assertThatThrownBy(() -> log.read(0, 1))
                .isInstanceOf(BrokerException.Closed.class)
                .hasMessageContaining("the broker is closed");
        assertThatThrownBy(() -> broker.topics().create(NewTopic.named("u")).join())
                .hasCauseInstanceOf(BrokerException.Closed.class)
                .hasMessageContaining("the broker is closed");
    }

    @Test
    void wakesThoseWhoWaitWhenItCloses() {
        CountDownLatch woken = new CountDownLatch(1);
        Broker broker = open();
        var subscription = create(broker, NewTopic.named("t")).onAppend(woken::countDown);

        broker.close();

        assertThat(woken.getCount()).isZero();
        subscription.close();
    }

    @Test
    void leavesNoThreadBehind() throws InterruptedException {
        try (Broker broker = open()) {
            create(broker, NewTopic.named("t")).append(Batches.of("a")).join();
            broker.log("t", 0).read(0, 1);
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().matches("log-.*|topics")) {
                thread.join(10_000); // a pool counts as ended a moment before its last thread does
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void writesTheFilesOfAKafkaServer() throws Exception {
        try (Broker broker = open()) {
            create(broker, NewTopic.named("t")).append(Batches.of("a")).join();
            assertThat(broker.clusterId()).hasSize(22);
            assertThat(directory.resolve(".kafka_cleanshutdown")).doesNotExist();
        }
        assertThat(Files.readString(directory.resolve("meta.properties")))
                .contains("version=1", "cluster.id=", "node.id=1", "directory.id=");
        assertThat(Files.readString(directory.resolve("recovery-point-offset-checkpoint")))
                .startsWith("0\n2\n")
                .contains("t 0 1\n");
        assertThat(Files.readString(directory.resolve("t-0/partition.metadata")))
                .contains("version: 0", "topic_id: ");
        assertThat(new org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler(directory.toString())
                        .read())
                .hasValue(-1);
    }
}
