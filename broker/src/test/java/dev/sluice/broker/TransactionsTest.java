package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.log.AbortedBatches;
import dev.sluice.broker.log.Fetched;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.topic.NewTopic;
import dev.sluice.broker.transaction.TransactionService;
import dev.sluice.broker.transaction.TransactionalProducer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.utils.Utils;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions from inside the process, with a clock that stands still, and over restarts. */
@Timeout(60)
class TransactionsTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);
    private static final int TIMEOUT = 60_000;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final Map<String, Integer> sequences = new HashMap<>();
    private Broker broker;

    @BeforeEach
    void open() {
        broker = Broker.open(BrokerConfig.of(Map.of("log.dirs", folder.toString())), clock);
        broker.topics().createIfMissing(NewTopic.named("t").withPartitions(2)).join();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private TransactionService transactions() {
        return broker.transactions();
    }

    private TransactionalProducer init(String id) {
        return transactions().init(id, TIMEOUT).join();
    }

    private void add(TransactionalProducer producer, TopicPartition... partitions) {
        transactions().addPartitions(producer, List.of(partitions)).join();
    }

    private void end(TransactionalProducer producer, TransactionResult result) {
        transactions().end(producer, result).join();
    }

    private void append(TransactionalProducer producer, TopicPartition partition, String value) {
        int sequence = sequences.merge(producer + "/" + partition, 1, Integer::sum) - 1;
        log(partition).append(batch(producer, sequence, value)).join();
    }

    private static MemoryRecords batch(TransactionalProducer producer, int sequence, String value) {
        return MemoryRecords.withTransactionalRecords(
                Compression.NONE,
                producer.id(),
                producer.epoch(),
                sequence,
                new SimpleRecord(1_000, value.getBytes(StandardCharsets.UTF_8)));
    }

    private PartitionLog log(TopicPartition partition) {
        return broker.log(partition.topic(), partition.partition());
    }

    private List<String> committed(TopicPartition partition) {
        List<String> values = new ArrayList<>();
        PartitionLog log = log(partition);
        for (long offset = log.startOffset(); offset < log.stableOffset(); ) {
            Fetched fetched = log.readCommitted(offset, 1 << 20);
            AbortedBatches aborted = new AbortedBatches(fetched.aborted());
            for (var batch : fetched.records().batches()) {
                if (!aborted.contain(batch) && !batch.isControlBatch()) {
                    batch.forEach(record -> values.add(Utils.utf8(record.value())));
                }
                offset = batch.nextOffset();
            }
        }
        return values;
    }

    private static void assertFails(CompletableFuture<?> request, Class<? extends Throwable> with) {
        assertThatThrownBy(request::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(with);
    }

    private static void assertRefused(ThrowingCallable append, Class<? extends Throwable> with, String why) {
        assertThatThrownBy(append)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(BrokerException.BatchRefused.class)
                .hasMessageContaining(why)
                .hasCauseInstanceOf(with);
    }

    private String state(String id) {
        return transactions().describe(id).join().state();
    }

    @Test
    void showsCommittedRecordsAllAtOnceAndAbortedOnesNever() {
        TransactionalProducer producer = init("a");
        add(producer, T0, T1);
        append(producer, T0, "one");
        append(producer, T1, "two");
        assertThat(committed(T0)).isEmpty();
        assertThat(log(T0).stableOffset()).isZero();
        assertThat(log(T0).endOffset()).isEqualTo(1);

        end(producer, TransactionResult.COMMIT);
        assertThat(committed(T0)).containsExactly("one");
        assertThat(committed(T1)).containsExactly("two");

        add(producer, T0);
        append(producer, T0, "three");
        end(producer, TransactionResult.ABORT);
        assertThat(committed(T0)).containsExactly("one");
        assertThat(log(T0).stableOffset()).isEqualTo(log(T0).endOffset());
        assertThat(Batches.values(log(T0), 0)).contains("three");
    }

    @Test
    void wakesReadersWhenATransactionEnds() {
        TransactionalProducer producer = init("a");
        add(producer, T0);
        append(producer, T0, "one");
        CompletableFuture<Long> stable = new CompletableFuture<>();
        var subscription = log(T0).onAppend(() -> stable.complete(log(T0).stableOffset()));
        try (subscription) {
            end(producer, TransactionResult.COMMIT);
            assertThat(stable.join()).isEqualTo(2);
        }
    }

    @Test
    void takesTransactionalBatchesOnlyWhereTheTransactionIsOpen() {
        TransactionalProducer producer = init("a");
        assertRefused(() -> append(producer, T0, "x"), TransactionAbortableException.class, "was not added");
        add(producer, T1);
        assertRefused(() -> append(producer, T0, "x"), TransactionAbortableException.class, "was not added");
        add(producer, T0);
        log(T0).append(batch(producer, 0, "one")).join();
        end(producer, TransactionResult.COMMIT);
        assertRefused(
                () -> log(T0).append(batch(producer, 1, "x")).join(),
                TransactionAbortableException.class,
                "was not added");
        TransactionalProducer stranger = new TransactionalProducer("a", 4_711, (short) 0);
        assertRefused(
                () -> log(T0).append(batch(stranger, 0, "x")).join(),
                InvalidPidMappingException.class,
                "no transactional id has the producer id 4711");
    }

    @Test
    void shutsOutTheOlderProducerAndAbortsWhatItHadOpen() {
        TransactionalProducer older = init("a");
        add(older, T0);
        append(older, T0, "lost");

        TransactionalProducer newer = init("a");

        assertThat(newer.id()).isEqualTo(older.id());
        assertThat(newer.epoch()).isEqualTo((short) (older.epoch() + 2));
        assertThat(log(T0).stableOffset()).isEqualTo(log(T0).endOffset());
        assertFails(transactions().addPartitions(older, List.of(T0)), ProducerFencedException.class);
        assertFails(transactions().end(older, TransactionResult.COMMIT), ProducerFencedException.class);
        assertRefused(
                () -> log(T0).append(batch(older, 1, "x")).join(),
                InvalidProducerEpochException.class,
                "has the epoch 2 by now, and the batch is of epoch 0");
        add(newer, T0);
        append(newer, T0, "kept");
        end(newer, TransactionResult.COMMIT);
        assertThat(committed(T0)).containsExactly("kept");
    }

    @Test
    void answersEndingAgainAsTheFirstTime() {
        TransactionalProducer producer = init("a");
        assertFails(transactions().end(producer, TransactionResult.COMMIT), InvalidTxnStateException.class);
        add(producer, T0);
        append(producer, T0, "one");
        end(producer, TransactionResult.COMMIT);
        long end = log(T0).endOffset();
        end(producer, TransactionResult.COMMIT);
        assertThat(log(T0).endOffset()).as("no second marker").isEqualTo(end);
        assertThatThrownBy(() -> end(producer, TransactionResult.ABORT))
                .cause()
                .isInstanceOf(InvalidTxnStateException.class)
                .hasMessage("Cannot end the transaction of a with ABORT: its state is CompleteCommit.");
    }

    @Test
    void letsAProducerGoOnAfterAnErrorUnlessAnotherCameBetween() {
        TransactionalProducer first = init("a");
        TransactionalProducer next =
                transactions().init("a", TIMEOUT, Optional.of(first)).join();
        assertThat(next).isEqualTo(new TransactionalProducer("a", first.id(), (short) 1));
        // The answer got lost, and the producer asks again.
        assertThat(transactions().init("a", TIMEOUT, Optional.of(first)).join()).isEqualTo(next);

        TransactionalProducer other = init("a");
        assertThat(other.epoch()).isEqualTo((short) 2);
        assertFails(transactions().init("a", TIMEOUT, Optional.of(next)), ProducerFencedException.class);
        assertFails(
                transactions().init("a", TIMEOUT, Optional.of(new TransactionalProducer("a", 77, (short) 2))),
                ProducerFencedException.class);
    }

    @Test
    void givesANewProducerIdWhenTheEpochsAreUsedUp() {
        TransactionalProducer producer = init("a");
        long id = producer.id();
        while (producer.epoch() < Short.MAX_VALUE - 1) {
            producer = init("a");
        }
        assertThat(producer.id()).isEqualTo(id);
        add(producer, T0);
        append(producer, T0, "lost");

        TransactionalProducer fresh = init("a");

        assertThat(fresh.id()).isNotEqualTo(id);
        assertThat(fresh.epoch()).isZero();
        assertFails(transactions().addPartitions(producer, List.of(T0)), InvalidPidMappingException.class);
        add(fresh, T0);
        append(fresh, T0, "kept");
        end(fresh, TransactionResult.COMMIT);
        assertThat(committed(T0)).containsExactly("kept");
    }

    @Test
    void abortsWhatIsOpenForTooLong() {
        TransactionalProducer slow = init("slow");
        TransactionalProducer patient =
                transactions().init("patient", 10 * TIMEOUT).join();
        add(slow, T0);
        append(slow, T0, "lost");
        add(patient, T1);
        append(patient, T1, "kept");

        clock.advance(Duration.ofMillis(TIMEOUT + 1));
        broker.transactionCoordinator().abortTimedOut().join();

        assertThat(state("slow")).isEqualTo("CompleteAbort");
        assertThat(state("patient")).isEqualTo("Ongoing");
        assertThat(log(T0).stableOffset()).isEqualTo(log(T0).endOffset());
        assertFails(transactions().end(slow, TransactionResult.COMMIT), ProducerFencedException.class);
        end(patient, TransactionResult.COMMIT);
        assertThat(committed(T0)).isEmpty();
        assertThat(committed(T1)).containsExactly("kept");
    }

    @Test
    void refusesTimeOutsBeyondTheLimitAndEmptyIds() {
        assertThatThrownBy(() -> transactions().init("a", 900_001).join())
                .cause()
                .isInstanceOf(InvalidTxnTimeoutException.class)
                .hasMessage("The time-out of a transaction must be from 1 to transaction.max.timeout.ms=900000 ms,"
                        + " and 900001 was asked for.");
        assertFails(transactions().init("a", 0), InvalidTxnTimeoutException.class);
        assertFails(transactions().init("", 1), org.apache.kafka.common.errors.InvalidRequestException.class);
        assertThat(transactions().init("a", 900_000).join().epoch()).isZero();
    }

    @Test
    void forgetsIdsThatNobodyUses() {
        TransactionalProducer idle = init("idle");
        TransactionalProducer open = transactions().init("open", 900_000).join();
        add(open, T0);
        append(open, T0, "x");
        clock.advance(Duration.ofDays(8));
        init("fresh");

        broker.transactionCoordinator().removeExpired().join();

        assertThat(transactions().list().join())
                .extracting(each -> each.producer().transactionalId())
                .containsExactly("fresh", "open");
        assertFails(transactions().describe("idle"), TransactionalIdNotFoundException.class);
        assertFails(transactions().addPartitions(idle, List.of(T0)), InvalidPidMappingException.class);
        assertThat(init("idle").id()).isNotEqualTo(idle.id());
        close();
        open();
        assertThat(transactions().list().join())
                .extracting(each -> each.producer().transactionalId())
                .containsExactly("fresh", "idle", "open");
    }

    @Test
    void keepsOpenTransactionsOverARestart() {
        TransactionalProducer producer = init("a");
        add(producer, T0);
        append(producer, T0, "one");
        close();
        open();
        assertThat(transactions().describe("a").join()).satisfies(found -> {
            assertThat(found.producer()).isEqualTo(producer);
            assertThat(found.state()).isEqualTo("Ongoing");
            assertThat(found.partitions()).containsExactly(T0);
            assertThat(found.timeoutMillis()).isEqualTo(TIMEOUT);
            assertThat(found.startMillis()).isEqualTo(clock.millis());
        });
        assertThat(log(T0).stableOffset()).isZero();
        append(producer, T0, "two");
        end(producer, TransactionResult.COMMIT);
        assertThat(committed(T0)).containsExactly("one", "two");
    }

    @Test
    void endsATransactionWhoseTopicWasDeleted() {
        broker.topics().create(NewTopic.named("gone").withPartitions(1)).join();
        TransactionalProducer producer = init("a");
        TopicPartition gone = new TopicPartition("gone", 0);
        add(producer, T0, gone);
        append(producer, T0, "one");
        append(producer, gone, "two");
        broker.topics().delete("gone").join();
        end(producer, TransactionResult.COMMIT);
        assertThat(committed(T0)).containsExactly("one");
    }

    @Test
    void commitsOffsetsOfAGroupWithTheTransaction() {
        TransactionalProducer producer = init("a");
        log(T0).append(Batches.of("1", "2", "3")).join();
        transactions().commitOffsets(producer, "g", Map.of(T0, 3L)).join();
        assertThat(broker.groups().committed("g")).isEmpty();
        end(producer, TransactionResult.COMMIT);
        assertThat(broker.groups().committed("g")).containsExactly(Map.entry(T0, 3L));

        transactions().commitOffsets(producer, "g", Map.of(T0, 1L)).join();
        end(producer, TransactionResult.ABORT);
        assertThat(broker.groups().committed("g")).containsExactly(Map.entry(T0, 3L));
    }

    @Test
    void makesNoTopicUntilSomebodyWantsATransaction() {
        assertThat(transactions().list().join()).isEmpty();
        assertFails(transactions().describe("a"), TransactionalIdNotFoundException.class);
        assertThat(broker.topics().find("__transaction_state")).isEmpty();
        init("a");
        assertThat(broker.topics().find("__transaction_state").orElseThrow().settings())
                .containsEntry("cleanup.policy", "compact");
    }

    @Test
    void letsRecordsBeDeletedBelowAndInsideAnOpenTransaction() {
        log(T0).append(Batches.of("0", "1")).join();
        TransactionalProducer producer = init("a");
        add(producer, T0);
        append(producer, T0, "2");
        append(producer, T0, "3");
        assertThat(log(T0).stableOffset()).isEqualTo(2);
        assertThat(log(T0).deleteRecordsBefore(3).join()).isEqualTo(3);
        assertThat(log(T0).stableOffset()).isBetween(3L, 4L);
        end(producer, TransactionResult.COMMIT);
        assertThat(log(T0).stableOffset()).isEqualTo(log(T0).endOffset());
        assertThat(committed(T0)).containsExactly("3");
    }
}
