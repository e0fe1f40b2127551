package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.topic.NewTopic;
import dev.sluice.broker.transaction.TransactionalProducer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.coordinator.transaction.TransactionLog;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.TxnTransitMetadata;
import org.apache.kafka.server.common.TransactionVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Crashes between the steps by which a transaction ends: what was decided is done, and once, when the broker opens. */
@Timeout(60)
class TransactionRecoveryTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);
    private static final TopicPartition OFFSETS = new TopicPartition("__consumer_offsets", 0);

    @TempDir
    Path folder;

    private TransactionalProducer producer = new TransactionalProducer("none", -1, (short) -1);
    private Path afterCrash;

    @BeforeEach
    void choose() {
        afterCrash = folder.resolve("after");
    }

    private interface Step {
        void run(Broker broker);
    }

    private void crashAfter(Step step) throws IOException {
        Path before = folder.resolve("before");
        try (Broker broker = open(before)) {
            broker.topics().create(NewTopic.named("t").withPartitions(2)).join();
            producer = broker.transactions().init("a", 60_000).join();
            broker.transactions().addPartitions(producer, List.of(T0, T1)).join();
            append(broker, T0, "zero");
            append(broker, T1, "one");
            broker.transactions().commitOffsets(producer, "g", Map.of(T0, 1L)).join();
            step.run(broker);
            Path unused = Folders.copyAsAfterCrash(before, afterCrash);
        }
    }

    private static Broker open(Path directory) {
        return Broker.open(BrokerConfig.of(Map.of("log.dirs", directory.toString())));
    }

    private void append(Broker broker, TopicPartition partition, String value) {
        MemoryRecords batch = MemoryRecords.withTransactionalRecords(
                Compression.NONE,
                producer.id(),
                producer.epoch(),
                0,
                new SimpleRecord(value.getBytes(StandardCharsets.UTF_8)));
        broker.append(partition.topic(), partition.partition(), batch).join();
    }

    private void note(Broker broker, TransactionState state) {
        TxnTransitMetadata prepared = new TxnTransitMetadata(
                producer.id(),
                -1,
                -1,
                producer.epoch(),
                (short) -1,
                60_000,
                state,
                new HashSet<>(Set.of(T0, T1, OFFSETS)),
                1_000,
                2_000,
                TransactionVersion.TV_0);
        SimpleRecord record = new SimpleRecord(
                2_000, TransactionLog.keyToBytes("a"), TransactionLog.valueToBytes(prepared, TransactionVersion.TV_1));
        broker.log("__transaction_state", 0)
                .appendOwn(MemoryRecords.withRecords(Compression.NONE, record))
                .join();
    }

    private void mark(Broker broker, TopicPartition partition, ControlRecordType type) {
        broker.log(partition.topic(), partition.partition())
                .appendOwn(MemoryRecords.withEndTransactionMarker(
                        producer.id(), producer.epoch(), new EndTransactionMarker(type, 0)))
                .join();
    }

    private static List<ControlRecordType> markers(Broker broker, TopicPartition partition) {
        PartitionLog log = broker.log(partition.topic(), partition.partition());
        List<ControlRecordType> markers = new ArrayList<>();
        for (var batch : log.read(0, 1 << 20).records().batches()) {
            if (batch.isControlBatch()) {
                batch.forEach(record -> markers.add(ControlRecordType.parse(record.key())));
            }
        }
        return markers;
    }

    private static void assertEnded(Broker broker, ControlRecordType how, String state) {
        while (!broker.transactions().describe("a").join().state().equals(state)) {
            Thread.onSpinWait();
        }
        for (TopicPartition partition : List.of(T0, T1, OFFSETS)) {
            assertThat(markers(broker, partition)).as("%s", partition).containsExactly(how);
            PartitionLog log = broker.log(partition.topic(), partition.partition());
            assertThat(log.stableOffset()).isEqualTo(log.endOffset());
        }
        assertThat(broker.groups().committed("g"))
                .isEqualTo(how == ControlRecordType.COMMIT ? Map.of(T0, 1L) : Map.of());
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionState.class,
            names = {"PREPARE_COMMIT", "PREPARE_ABORT"})
    void writesTheMarkersThatACrashPrevented(TransactionState prepared) throws IOException {
        boolean isCommit = prepared == TransactionState.PREPARE_COMMIT;
        crashAfter(broker -> note(broker, prepared));
        ControlRecordType how = isCommit ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
        String state = isCommit ? "CompleteCommit" : "CompleteAbort";
        try (Broker broker = open(afterCrash)) {
            assertEnded(broker, how, state);
        }
        try (Broker broker = open(afterCrash)) {
            assertEnded(broker, how, state);
        }
    }

    @Test
    void writesOnlyTheMarkersThatAreMissing() throws IOException {
        crashAfter(broker -> {
            note(broker, TransactionState.PREPARE_COMMIT);
            mark(broker, T0, ControlRecordType.COMMIT);
        });
        try (Broker broker = open(afterCrash)) {
            assertEnded(broker, ControlRecordType.COMMIT, "CompleteCommit");
        }
    }

    @Test
    void writesNoMarkerTwiceWhenOnlyTheirEndWasNotNoted() throws IOException {
        crashAfter(broker -> {
            note(broker, TransactionState.PREPARE_COMMIT);
            mark(broker, T0, ControlRecordType.COMMIT);
            mark(broker, T1, ControlRecordType.COMMIT);
            mark(broker, OFFSETS, ControlRecordType.COMMIT);
        });
        try (Broker broker = open(afterCrash)) {
            assertEnded(broker, ControlRecordType.COMMIT, "CompleteCommit");
        }
    }

    @Test
    void keepsOpenWhatWasNotDecided() throws IOException {
        crashAfter(broker -> {});
        try (Broker broker = open(afterCrash)) {
            assertThat(broker.transactions().describe("a").join().state()).isEqualTo("Ongoing");
            assertThat(broker.log("t", 0).stableOffset()).isZero();
            TransactionalProducer next = broker.transactions().init("a", 60_000).join();
            assertThat(next.epoch()).isEqualTo((short) 2);
            assertEnded(broker, ControlRecordType.ABORT, "Empty");
        }
    }
}
