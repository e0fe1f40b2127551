package dev.sluice.broker.handler;

import dev.sluice.broker.log.Isolation;
import dev.sluice.broker.log.Located;
import dev.sluice.broker.log.PartitionLog;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchResponseData.AbortedTransaction;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.jspecify.annotations.Nullable;

/** One partition of a fetch request, and what can be said of it at once. */
final class FetchedPartition {
    private final Backend backend;
    private final FetchPartition wanted;
    private final Isolation isolation;
    private final @Nullable TopicPartition partition;
    /** What is wrong with the request itself; NONE if nothing is. */
    private final Errors requestError;

    private final Errors unknown;

    private FetchedPartition(
            Backend backend, Named named, FetchPartition wanted, Isolation isolation, Errors requestError) {
        this.backend = backend;
        this.wanted = wanted;
        this.isolation = isolation;
        this.requestError = requestError;
        unknown = named.unknown();
        partition = named.topic()
                .map(topic -> new TopicPartition(topic, wanted.partition()))
                .orElse(null);
    }

    static FetchedPartition of(Backend backend, Named named, FetchPartition wanted, Isolation isolation) {
        return new FetchedPartition(
                backend,
                named,
                wanted,
                isolation,
                LeaderEpochs.check(wanted.currentLeaderEpoch()).orElse(Errors.NONE));
    }

    /** Returns the log, looked up anew, because topics come and go while a fetch waits. */
    Optional<PartitionLog> log() {
        return partition == null ? Optional.empty() : backend.broker().logs().find(partition);
    }

    /** What is known without a look at the disk: an error, or that there is nothing new; empty if it must be read. */
    Optional<PartitionData> atOnce() {
        Optional<PartitionLog> found = log();
        if (found.isEmpty()) {
            return Optional.of(failed(unknown));
        }
        if (requestError != Errors.NONE) {
            return Optional.of(failed(requestError));
        }
        PartitionLog log = found.get();
        long end = log.endOffset();
        if (wanted.fetchOffset() > end || wanted.fetchOffset() < log.startOffset()) {
            return Optional.of(failed(Errors.OFFSET_OUT_OF_RANGE));
        }
        long stable = log.stableOffset();
        return wanted.fetchOffset() >= (isolation == Isolation.COMMITTED ? stable : end)
                ? Optional.of(found(new Located(MemoryRecords.EMPTY, log.startOffset(), end, stable, List.of())))
                : Optional.empty();
    }

    /**
     * Finds the batches. Runs on a reader thread.
     *
     * @param room how many bytes the answer has left
     * @param isFirst whether nothing was found before: then the first batch comes even if it is larger than the room
     */
    PartitionData read(int room, boolean isFirst) {
        try {
            int bytesMax = Math.max(0, Math.min(room, wanted.partitionMaxBytes()));
            PartitionLog log = log().orElseThrow(unknown::exception);
            Located located = log.locate(wanted.fetchOffset(), bytesMax, isolation);
            boolean isTooLarge = !isFirst && located.records().sizeInBytes() > room;
            PartitionData found = found(located);
            return isTooLarge ? found.setRecords(MemoryRecords.EMPTY) : found;
        } catch (RuntimeException e) {
            return failed(ErrorCodes.of(e));
        }
    }

    private PartitionData found(Located located) {
        List<AbortedTransaction> aborted = located.aborted().stream()
                .map(each -> new AbortedTransaction()
                        .setProducerId(each.producerId())
                        .setFirstOffset(each.firstOffset()))
                .toList();
        return new PartitionData()
                .setPartitionIndex(wanted.partition())
                .setHighWatermark(located.highWatermark())
                .setLastStableOffset(located.stableOffset())
                .setLogStartOffset(located.startOffset())
                .setAbortedTransactions(isolation == Isolation.COMMITTED ? aborted : null)
                .setRecords(located.records());
    }

    PartitionData failed(Errors error) {
        return new PartitionData()
                .setPartitionIndex(wanted.partition())
                .setErrorCode(error.code())
                .setHighWatermark(-1)
                .setRecords(MemoryRecords.EMPTY);
    }
}
