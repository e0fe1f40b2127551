package dev.sluice.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Batches;
import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.topic.NewTopic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers wait for the disk where the settings ask for it, and share its work. */
@Timeout(60)
class SyncedAppendTest {
    @TempDir
    Path folder;

    private final Semaphore disk = new Semaphore(0);
    private final Semaphore reached = new Semaphore(0);
    private final AtomicInteger syncs = new AtomicInteger();
    private @Nullable Broker opened;

    @AfterEach
    void close() {
        disk.release(1_000_000);
        broker().close();
    }

    private Broker broker() {
        return Objects.requireNonNull(opened);
    }

    private PartitionLog open(Map<String, String> settings, Map<String, String> topicSettings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("log.dirs", folder.toString());
        opened = Broker.open(BrokerConfig.of(all));
        if (broker().topics().find("orders").isEmpty()) {
            broker().topics().create(new NewTopic("orders", 1, topicSettings)).join();
        }
        return broker().log("orders", 0);
    }

    /** From now on each sync waits until the test lets it go. */
    private void holdDisk() {
        broker().logs().syncs().before(() -> {
            syncs.incrementAndGet();
            reached.release();
            disk.acquireUninterruptibly();
        });
    }

    private void awaitSync() throws InterruptedException {
        assertThat(reached.tryAcquire(30, TimeUnit.SECONDS)).as("a sync began").isTrue();
    }

    @Test
    void answersAndShowsAnAppendOnlyWhenItIsOnDisk() throws Exception {
        PartitionLog log = open(Map.of("log.fsync", "always"), Map.of());
        holdDisk();
        AtomicInteger wakeUps = new AtomicInteger();
        var unused = log.onAppend(wakeUps::incrementAndGet);

        CompletableFuture<Appended> answer = log.append(Batches.of("a", "b"));
        awaitSync();

        assertThat(answer).isNotDone();
        assertThat(log.endOffset()).as("what can be read").isZero();
        assertThat(wakeUps).hasValue(0);

        disk.release();
        assertThat(answer.get(30, TimeUnit.SECONDS).lastOffset()).isEqualTo(1);
        assertThat(log.endOffset()).isEqualTo(2);
        assertThat(wakeUps).hasValue(1);
    }

    @Test
    void appendsThatComeWhileTheDiskIsBusyShareTheNextSync() throws Exception {
        PartitionLog log = open(Map.of("log.fsync", "always"), Map.of());
        holdDisk();
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        answers.add(log.append(Batches.of("first")));
        awaitSync();
        for (int number = 0; number < 50; number++) {
            answers.add(log.append(Batches.of("later " + number)));
        }

        disk.release(2);
        for (CompletableFuture<Appended> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isNotNull();
        }

        assertThat(syncs).hasValue(2);
        assertThat(Batches.values(log, 0))
                .hasSize(51)
                .startsWith("first", "later 0")
                .endsWith("later 49");
    }

    @Test
    void aTopicMayAskForItAloneAndStopAsking() throws Exception {
        PartitionLog log = open(Map.of(), Map.of("flush.messages", "1"));
        broker().topics().create(new NewTopic("other", 1, Map.of())).join();
        holdDisk();

        CompletableFuture<Appended> answer = log.append(Batches.of("a"));
        awaitSync();
        assertThat(answer).isNotDone();
        disk.release();
        assertThat(answer.get(30, TimeUnit.SECONDS).lastOffset()).isZero();
        assertThat(broker().append("other", 0, Batches.of("b"))
                        .get(30, TimeUnit.SECONDS)
                        .lastOffset())
                .isZero();

        Map<String, String> changes = new HashMap<>();
        changes.put("flush.messages", null);
        broker().topics().alterSettings("orders", changes).join();
        assertThat(log.append(Batches.of("c")).get(30, TimeUnit.SECONDS).lastOffset())
                .isEqualTo(1);
        assertThat(log.endOffset()).isEqualTo(2);
        assertThat(syncs).hasValue(1);
    }

    @Test
    void nothingIsSyncedUnlessAskedFor() throws Exception {
        PartitionLog log = open(Map.of(), Map.of());
        holdDisk();

        assertThat(log.append(Batches.of("a")).get(30, TimeUnit.SECONDS).lastOffset())
                .isZero();
        assertThat(syncs).hasValue(0);
    }

    @Test
    void anAppendThatDoesNotReachTheDiskIsAnsweredWithTheFailure() throws Exception {
        PartitionLog log = open(Map.of("log.fsync", "always"), Map.of());
        broker().logs().syncs().before(() -> {
            throw new KafkaStorageException("disk is gone");
        });

        CompletableFuture<Appended> answer = log.append(Batches.of("a"));

        assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(BrokerException.DirectoryFailed.class)
                .hasMessageContaining("syncing orders-0 failed");
        assertThat(log.endOffset()).as("what can be read").isZero();
        assertThat(broker().failure()).isPresent();
    }

    @Test
    void followsTheLogIntoNewSegmentsAndCanBeReadAfterwards() throws Exception {
        PartitionLog log =
                open(Map.of("log.fsync", "always", "log.segment.bytes", Integer.toString(1 << 20)), Map.of());
        String value = "x".repeat(200_000);
        for (int number = 0; number < 20; number++) {
            assertThat(log.append(Batches.of(value)).get(30, TimeUnit.SECONDS).lastOffset())
                    .isEqualTo(number);
        }
        broker().close();

        PartitionLog again = open(Map.of("log.fsync", "always"), Map.of());
        assertThat(again.endOffset()).isEqualTo(20);
        assertThat(Batches.values(again, 0)).hasSize(20).containsOnly(value);
    }

    @Test
    void recordsCanBeDeletedUpToTheLastAppend() throws Exception {
        PartitionLog log = open(Map.of("log.fsync", "always"), Map.of());
        assertThat(log.append(Batches.of("a", "b")).get(30, TimeUnit.SECONDS)).isNotNull();

        assertThat(log.deleteRecordsBefore(2).get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void refusesTwoWordsForOneThing() {
        opened = Broker.open(BrokerConfig.of(Map.of("log.dirs", folder.toString())));

        assertThatThrownBy(() -> BrokerConfig.of(
                        Map.of("log.dirs", folder.toString(), "log.fsync", "always", "log.flush.interval.ms", "100")))
                .isInstanceOf(BrokerException.BadConfig.class)
                .hasMessageContaining("Cannot use log.fsync together with log.flush.interval.messages");
    }
}
