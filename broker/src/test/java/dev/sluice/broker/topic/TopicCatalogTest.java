package dev.sluice.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Batches;
import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.Folders;
import dev.sluice.broker.log.PartitionLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TopicCatalogTest {
    @TempDir
    Path folder;

    private Broker broker;
    private TopicCatalog topics;

    @BeforeEach
    void open() {
        broker = open(folder.resolve("data"), Map.of("num.partitions", "2"));
        topics = broker.topics();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private static Broker open(Path directory, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        properties.put("log.dirs", directory.toString());
        return Broker.open(BrokerConfig.of(properties));
    }

    @Test
    void createsTopicsWithDefaultsAndFindsThem() {
        Topic topic = topics.create(NewTopic.named("t")).join();

        assertThat(topic.partitionCount()).isEqualTo(2);
        assertThat(topics.find("t")).contains(topic);
        assertThat(topics.find(topic.id())).contains(topic);
        assertThat(topics.find(Uuid.ONE_UUID)).isEmpty();
        assertThat(topics.all()).containsOnlyKeys("__consumer_offsets", "t");
        assertThat(topics.effectiveSettings(topic)).containsEntry("retention.ms", "604800000");
        assertThat(topics.createIfMissing(NewTopic.named("t").withPartitions(9)).join())
                .isEqualTo(topic);
    }

    @Test
    void remembersTopicsAndSettingsOverARestart() {
        topics.create(NewTopic.named("t").withPartitions(3).withSetting("retention.ms", "5"))
                .join();
        Map<String, Topic> before = topics.all();

        broker.close();
        open();

        assertThat(topics.all()).isEqualTo(before);
    }

    @Test
    void refusesBadTopics() {
        topics.create(NewTopic.named("a.b")).join();

        assertThatThrownBy(() -> topics.create(NewTopic.named("a.b")).join())
                .hasCauseInstanceOf(BrokerException.TopicExists.class)
                .hasMessageContaining(
                        "Cannot create topic 'a.b': it is there already. Choose another name or use it as it is.");
        assertThatThrownBy(() -> topics.create(NewTopic.named("a_b")).join())
                .hasCauseInstanceOf(BrokerException.InvalidTopic.class)
                .hasMessageContaining("it differs from topic 'a.b' only in '.' and '_'");
        assertThatThrownBy(() -> topics.create(NewTopic.named("a/b")).join())
                .hasMessageContaining("Cannot create topic 'a/b': ");
        assertThatThrownBy(() -> topics.create(NewTopic.named("..")).join())
                .hasMessageContaining("Cannot create topic '..': ");
        assertThatThrownBy(() -> topics.create(NewTopic.named("x".repeat(250))).join())
                .hasMessageContaining("at most 249");
        assertThatThrownBy(() ->
                        topics.create(NewTopic.named("t").withPartitions(0)).join())
                .hasMessageContaining("Cannot create topic 't' with 0 partitions: must be from 1 to 10000.");
        assertThatThrownBy(() -> topics.create(NewTopic.named("t")
                                .withSetting("retention.msec", "1")
                                .withSetting("segment.bytes", "many"))
                        .join())
                .hasCauseInstanceOf(BrokerException.InvalidTopic.class)
                .hasMessageContaining("there is no topic setting retention.msec")
                .hasMessageContaining("segment.bytes");
        assertThat(topics.all()).containsOnlyKeys("__consumer_offsets", "a.b");
    }

    @Test
    void takesTheLongestName() {
        String name = "x".repeat(249);
        topics.create(NewTopic.named(name)).join();

        assertThat(broker.append(name, 1, Batches.of("a")).join().baseOffset()).isZero();
    }

    @Test
    void addsPartitions() {
        topics.create(NewTopic.named("t")).join();

        Topic grown = topics.growTo("t", 4).join();

        assertThat(topics.find("t")).contains(grown);
        assertThat(broker.append("t", 3, Batches.of("a")).join().baseOffset()).isZero();
        assertThatThrownBy(() -> topics.growTo("t", 4).join())
                .hasMessageContaining(
                        "Cannot change topic 't' to 4 partitions: it has 4, and partitions are only ever added.");
        assertThatThrownBy(() -> topics.growTo("u", 4).join())
                .hasCauseInstanceOf(BrokerException.UnknownPartition.class)
                .hasMessageContaining("Cannot add partitions to topic 'u': there is no such topic.");
    }

    @Test
    void changesSettingsOfTheRunningLog() {
        topics.create(NewTopic.named("t").withSetting("retention.ms", "5")).join();
        Map<String, @Nullable String> changes = new HashMap<>();
        changes.put("retention.ms", null);
        changes.put("max.message.bytes", "100");

        Topic changed = topics.alterSettings("t", changes).join();

        assertThat(changed.settings()).containsExactly(Map.entry("max.message.bytes", "100"));
        assertThatThrownBy(
                        () -> broker.append("t", 0, Batches.of("x".repeat(100))).join())
                .hasCauseInstanceOf(BrokerException.BatchTooLarge.class)
                .hasMessageContaining("max.message.bytes=100");
        assertThatThrownBy(() -> topics.alterSettings("t", Map.of("cleanup.policy", "shred"))
                        .join())
                .hasMessageContaining("Cannot set up topic t: ")
                .hasMessageContaining("cleanup.policy");
    }

    @Test
    void deletesATopicWhileItIsReadAndCreatesItAgainWithAnotherId() throws InterruptedException {
        Topic first = topics.create(NewTopic.named("t").withPartitions(1)).join();
        PartitionLog log = broker.log("t", 0);
        log.append(Batches.of("a", "b")).join();
        log.deleteRecordsBefore(1).join();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(1);
        var subscription = log.onAppend(woken::countDown);
        List<Throwable> ends = Collections.synchronizedList(new ArrayList<>());
        Thread reader = new Thread(() -> {
            try {
                while (true) {
                    log.read(1, 1_000);
                    reading.countDown();
                }
            } catch (BrokerException e) {
                ends.add(e);
            }
        });
        reader.start();
        reading.await();

        topics.delete("t").join();
        reader.join();

        assertThat(woken.getCount()).isZero();
        assertThat(ends).singleElement().isInstanceOf(BrokerException.UnknownPartition.class);
        assertThat(ends.get(0)).hasMessage("Cannot read t-0: the topic was deleted.");
        assertThatThrownBy(() -> log.append(Batches.of("c")).join())
                .hasMessageContaining("Cannot append to t-0: the topic was deleted.");
        assertThatThrownBy(() -> topics.delete("t").join())
                .hasMessageContaining("Cannot delete topic 't': there is no such topic.");
        Topic second = topics.create(NewTopic.named("t").withPartitions(1)).join();
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(broker.log("t", 0).startOffset()).isZero();
        assertThat(broker.append("t", 0, Batches.of("d")).join().baseOffset()).isZero();
        assertThat(broker.failure()).isEmpty();
        subscription.close();

        broker.close();
        open();
        assertThat(Batches.values(broker.log("t", 0), 0)).containsExactly("d");
        assertThat(Folders.files(folder.resolve("data"), "-delete")).isEmpty();
    }

    @Test
    void finishesADeletionThatACrashCutShort() throws IOException {
        Topic topic = topics.create(NewTopic.named("t").withPartitions(2)).join();
        broker.append("t", 0, Batches.of("a")).join();
        Path crashed = Folders.copyAsAfterCrash(folder.resolve("data"), folder.resolve("crashed"));
        CatalogFile file = new CatalogFile(crashed);
        file.write(file.read().orElseThrow().without(topic));

        try (Broker after = open(crashed, Map.of())) {
            assertThat(after.topics().find("t")).isEmpty();
            assertThat(crashed.resolve("t-0")).doesNotExist();
            assertThat(after.topics().create(NewTopic.named("t")).join().id()).isNotEqualTo(topic.id());
            assertThat(after.log("t", 0).endOffset()).isZero();
        }
    }

    @Test
    void finishesACreationThatACrashCutShort() throws IOException {
        Path crashed = Folders.copyAsAfterCrash(folder.resolve("data"), folder.resolve("crashed"));
        CatalogFile file = new CatalogFile(crashed);
        Topic topic = new Topic("t", Uuid.randomUuid(), 2, Map.of());
        file.write(file.read().orElseThrow().with(topic));

        try (Broker after = open(crashed, Map.of())) {
            assertThat(after.topics().find("t")).contains(topic);
            assertThat(after.append("t", 1, Batches.of("a")).join().baseOffset())
                    .isZero();
        }
    }

    @Test
    void doesNotCreateOverFoldersOfAnEarlierTopic() throws IOException {
        Files.createDirectories(folder.resolve("data/t-0"));

        assertThatThrownBy(() -> topics.create(NewTopic.named("t")).join())
                .hasCauseInstanceOf(BrokerException.InvalidTopic.class)
                .hasMessageContaining(
                        "Cannot create topic 't': a folder t-0 of an earlier topic is in the data directory."
                                + " Move it away first.");
    }

    @Test
    void changesFromManyThreadsComeOneAfterAnother() {
        List<CompletableFuture<Topic>> created = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            created.add(topics.createIfMissing(NewTopic.named("same")));
        }
        assertThat(created.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }
}
