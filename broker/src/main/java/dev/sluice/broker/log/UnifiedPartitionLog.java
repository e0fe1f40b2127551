package dev.sluice.broker.log;

import dev.sluice.broker.BrokerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.server.common.TransactionVersion;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.FetchDataInfo;
import org.apache.kafka.storage.internals.log.LogAppendInfo;
import org.apache.kafka.storage.internals.log.LogStartOffsetIncrementReason;
import org.apache.kafka.storage.internals.log.RecordValidationException;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A partition kept by Kafka's {@link UnifiedLog}. One node is always the leader, and of its first epoch. */
final class UnifiedPartitionLog implements PartitionLog {
    private static final Logger LOG = LoggerFactory.getLogger(UnifiedPartitionLog.class);
    private static final int LEADER_EPOCH = 0;

    private enum State {
        OPEN,
        DELETED,
        CLOSED
    }

    private final UnifiedLog log;
    private final LogThread thread;
    private final Readers readers;
    private final DirectoryFailure failure;
    private final BatchBounds bounds;
    private final LogMetrics metrics;
    private final TopicTraffic traffic;
    private final TransactionGate gate;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    /** Written where settings change, read on the log thread. */
    private volatile boolean isSynced;

    private volatile long syncedOffset;
    /** Belongs to the log thread. */
    private long syncedSegment = Syncs.NONE;

    private volatile State state = State.OPEN;

    UnifiedPartitionLog(
            UnifiedLog log,
            LogThread thread,
            Readers readers,
            DirectoryFailure failure,
            BatchBounds bounds,
            LogMetrics metrics,
            TransactionGate gate) {
        this.log = log;
        this.thread = thread;
        this.readers = readers;
        this.failure = failure;
        this.bounds = bounds;
        this.metrics = metrics;
        traffic = metrics.traffic(log.topicPartition().topic());
        this.gate = gate;
    }

    @Override
    public TopicPartition partition() {
        return log.topicPartition();
    }

    @Override
    public CompletableFuture<Appended> append(MemoryRecords batches) {
        return thread.submit(batches.sizeInBytes(), () -> appendNow(batches, AppendOrigin.CLIENT));
    }

    @Override
    public CompletableFuture<Appended> appendOwn(MemoryRecords batches) {
        return thread.submit(batches.sizeInBytes(), () -> appendNow(batches, AppendOrigin.COORDINATOR));
    }

    @Override
    public Optional<CompletableFuture<Appended>> tryAppend(MemoryRecords batches) {
        return thread.trySubmit(batches.sizeInBytes(), () -> appendNow(batches, AppendOrigin.CLIENT));
    }

    private Appended appendNow(MemoryRecords batches, AppendOrigin origin) {
        long startNanos = System.nanoTime();
        Appended appended;
        try {
            appended = writeAll(batches, origin);
        } catch (RuntimeException e) {
            traffic.onRefused();
            throw e;
        } finally {
            if (isSynced) {
                thread.round().add(this); // where it failed, batches before the bad one may be written
            }
        }
        traffic.onAppended(appended.lastOffset() - appended.baseOffset() + 1, batches.sizeInBytes());
        metrics.append().record(System.nanoTime() - startNanos);
        return appended;
    }

    private Appended writeAll(MemoryRecords batches, AppendOrigin origin) {
        checkOpen("append to");
        failure.check();
        Integer firstBytes = batches.firstBatchSize();
        if (firstBytes == null) {
            throw new BrokerException.BatchRefused("Cannot append to " + partition() + ": there is no whole batch.");
        }
        LogAppendInfo first;
        LogAppendInfo last;
        try {
            if (firstBytes == batches.sizeInBytes()) {
                first = write(batches, origin);
                last = first;
            } else {
                List<MemoryRecords> parts = split(batches);
                first = write(parts.get(0), origin);
                last = first;
                for (MemoryRecords part : parts.subList(1, parts.size())) {
                    last = write(part, origin);
                }
            }
        } finally {
            if (!isSynced) {
                wakeUpAll();
            }
        }
        return new Appended(first.firstOffset(), last.lastOffset(), first.logAppendTime(), last.logStartOffset());
    }

    /** Kafka's log takes one batch of the v2 format at a time. */
    private static List<MemoryRecords> split(MemoryRecords batches) {
        List<MemoryRecords> parts = new ArrayList<>();
        ByteBuffer buffer = batches.buffer();
        int position = buffer.position();
        for (var batch : batches.batches()) {
            parts.add(MemoryRecords.readableRecords(buffer.slice(position, batch.sizeInBytes())));
            position += batch.sizeInBytes();
        }
        return parts;
    }

    private LogAppendInfo write(MemoryRecords batches, AppendOrigin origin) {
        try {
            gate.check(partition(), batches);
            bounds.check(partition(), batches, log.config(), thread.buffers().bufferSupplier());
            LogAppendInfo info = log.appendAsLeader(
                    batches,
                    LEADER_EPOCH,
                    origin,
                    thread.buffers(),
                    VerificationGuard.SENTINEL,
                    TransactionVersion.TV_1.featureLevel());
            if (!isSynced) {
                // A single node has nobody to wait for: what is written can be read.
                log.updateHighWatermark(log.logEndOffset());
            }
            return info;
        } catch (RecordTooLargeException | RecordBatchTooLargeException e) {
            throw new BrokerException.BatchTooLarge(
                    "Cannot append to " + partition() + ": a batch of " + largestBatchBytes(batches)
                            + " bytes is larger than max.message.bytes="
                            + log.config().maxMessageSize()
                            + " or segment.bytes=" + log.config().segmentSize()
                            + ". Write smaller batches or raise the topic's setting.",
                    e);
        } catch (KafkaStorageException | IOException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (InternalError e) {
            // So the JVM reports a full disk under a memory-mapped index.
            throw failed(e);
        } catch (RecordValidationException e) {
            throw refused(e.invalidException(), byPlace(e.recordErrors()));
        } catch (KafkaException e) {
            throw refused(e, Map.of());
        } catch (UnsupportedOperationException e) {
            // Kafka's check skips keys and values, and then misses them where the numbers of the records have gaps.
            throw refused(
                    new InvalidRecordException("the records of a compressed batch are not numbered in order", e),
                    Map.of());
        } catch (IllegalArgumentException e) {
            // No other class of error is there for a compression that nobody knows.
            throw refused(new InvalidRecordException(String.valueOf(e.getMessage()), e), Map.of());
        }
    }

    /**
     * Brings what was appended to the disk; from then on it can be read, so that nobody has seen what a power cut takes. On
     * the log thread.
     */
    void syncNow() {
        if (state == State.DELETED) {
            return;
        }
        try {
            syncedSegment = metrics.syncs().sync(log, syncedSegment);
            syncedOffset = log.logEndOffset();
            log.updateHighWatermark(syncedOffset);
        } catch (IOException | KafkaStorageException e) {
            throw failure.report("syncing " + partition() + " failed", e.getCause() == null ? e : e.getCause());
        }
        wakeUpAll();
    }

    /** Whether appends are answered after a sync from now on; those before are synced with the next one or by time. */
    void setSynced(boolean newIsSynced) {
        isSynced = newIsSynced;
    }

    /** Returns the offset below which a power cut takes nothing. */
    long syncedOffset() {
        return Math.max(syncedOffset, log.recoveryPoint());
    }

    private BrokerException failed(Throwable cause) {
        checkOpen("append to");
        return failure.report("appending to " + partition() + " failed", cause);
    }

    private static int largestBatchBytes(MemoryRecords batches) {
        int largest = 0;
        for (var batch : batches.batches()) {
            largest = Math.max(largest, batch.sizeInBytes());
        }
        return largest;
    }

    private static Map<Integer, String> byPlace(List<ProduceResponse.RecordError> errors) {
        Map<Integer, String> records = new HashMap<>();
        errors.forEach(error -> records.put(error.batchIndex, Objects.requireNonNullElse(error.message, "")));
        return records;
    }

    private BrokerException refused(KafkaException cause, Map<Integer, String> records) {
        return new BrokerException.BatchRefused(
                "Cannot append to " + partition() + ": " + cause.getMessage(), cause, records);
    }

    @Override
    public Fetched read(long offset, int bytesMax) {
        return readers.call(() -> readNow(offset, bytesMax, Isolation.UNCOMMITTED));
    }

    @Override
    public Fetched readCommitted(long offset, int bytesMax) {
        return readers.call(() -> readNow(offset, bytesMax, Isolation.COMMITTED));
    }

    @Override
    public CompletableFuture<Fetched> readAsync(long offset, int bytesMax) {
        return readers.submit(() -> readNow(offset, bytesMax, Isolation.UNCOMMITTED));
    }

    private Fetched readNow(long offset, int bytesMax, Isolation isolation) {
        try {
            Located found = locateNow(offset, bytesMax, isolation);
            MemoryRecords records = load(found.records());
            traffic.onRead(records.sizeInBytes());
            return new Fetched(
                    records, found.startOffset(), found.highWatermark(), found.stableOffset(), found.aborted());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Located locate(long offset, int bytesMax, Isolation isolation) {
        return readers.call(() -> locateNow(offset, bytesMax, isolation));
    }

    private Located locateNow(long offset, int bytesMax, Isolation isolation) {
        checkOpen("read");
        boolean isAll = isolation == Isolation.UNCOMMITTED;
        try {
            FetchDataInfo found = log.read(
                    offset, bytesMax, isAll ? FetchIsolation.HIGH_WATERMARK : FetchIsolation.TXN_COMMITTED, true);
            return new Located(
                    found.records, log.logStartOffset(), log.highWatermark(), log.lastStableOffset(), aborted(found));
        } catch (OffsetOutOfRangeException e) {
            throw outOfRange("read", offset);
        } catch (KafkaStorageException | CorruptRecordException | IOException e) {
            throw unreadable(e);
        }
    }

    private static List<AbortedTransaction> aborted(FetchDataInfo found) {
        if (found.abortedTransactions.isEmpty()) {
            return List.of();
        }
        return found.abortedTransactions.get().stream()
                .map(each -> new AbortedTransaction(each.producerId(), each.firstOffset()))
                .toList();
    }

    private BrokerException unreadable(Exception cause) {
        checkOpen("read");
        return new BrokerException.DirectoryFailed(
                "Cannot read " + partition() + " in " + log.parentDir() + ": " + cause.getMessage()
                        + ". Check the disk, then restart.",
                cause);
    }

    /** One read into one buffer; a batch that does not fit whole is left for the next read. */
    private static MemoryRecords load(Records records) throws IOException {
        if (!(records instanceof FileRecords file)) {
            return MemoryRecords.EMPTY;
        }
        ByteBuffer buffer = ByteBuffer.allocate(file.sizeInBytes());
        file.readInto(buffer, 0);
        MemoryRecords loaded = MemoryRecords.readableRecords(buffer);
        int wholeBytes = loaded.validBytes();
        if (wholeBytes == buffer.limit()) {
            return loaded;
        }
        buffer.limit(wholeBytes);
        return MemoryRecords.readableRecords(buffer);
    }

    private BrokerException outOfRange(String action, long offset) {
        return new BrokerException.OffsetOutOfRange(
                "Cannot " + action + " " + partition() + " at offset " + offset + ": it holds the offsets from "
                        + startOffset() + " to " + endOffset() + ". Start at one of these.",
                startOffset(),
                endOffset());
    }

    @Override
    public long startOffset() {
        return log.logStartOffset();
    }

    @Override
    public long endOffset() {
        return log.highWatermark();
    }

    @Override
    public long stableOffset() {
        return log.lastStableOffset();
    }

    @Override
    public List<ActiveProducer> producers() {
        return log.activeProducers().stream()
                .map(each -> new ActiveProducer(
                        each.producerId(),
                        (short) each.producerEpoch(),
                        each.lastSequence(),
                        each.lastTimestamp(),
                        each.coordinatorEpoch(),
                        each.currentTxnStartOffset()))
                .toList();
    }

    @Override
    public OptionalLong offsetForTimestamp(long timestampMillis) {
        Optional<TimedOffset> found = findByTimestamp(timestampMillis);
        return found.isPresent() ? OptionalLong.of(found.get().offset()) : OptionalLong.empty();
    }

    @Override
    public Optional<TimedOffset> findByTimestamp(long timestampMillis) {
        if (timestampMillis < 0) {
            throw new BrokerException.BatchRefused("Cannot look up time " + timestampMillis + " in " + partition()
                    + ": a time is counted in milliseconds since 1970.");
        }
        return readers.call(() -> findNow(timestampMillis));
    }

    @Override
    public Optional<TimedOffset> latestByTimestamp() {
        return readers.call(() -> findNow(ListOffsetsRequest.MAX_TIMESTAMP));
    }

    private Optional<TimedOffset> findNow(long timestampMillis) {
        checkOpen("read");
        try {
            return log.fetchOffsetByTimestamp(timestampMillis, Optional.empty())
                    .timestampAndOffsetOpt()
                    .map(found -> new TimedOffset(found.offset, found.timestamp));
        } catch (KafkaStorageException e) {
            throw unreadable(e);
        }
    }

    @Override
    public CompletableFuture<Long> deleteRecordsBefore(long offset) {
        return thread.submit(0, () -> deleteNow(offset));
    }

    private long deleteNow(long offset) {
        checkOpen("delete records of");
        failure.check();
        thread.round().end(); // only what can be read can be deleted
        try {
            log.maybeIncrementLogStartOffset(offset, LogStartOffsetIncrementReason.ClientRecordDeletion);
            return log.logStartOffset();
        } catch (OffsetOutOfRangeException e) {
            throw outOfRange("delete records of", offset);
        }
    }

    @Override
    public Subscription onAppend(Runnable wakeUp) {
        Listener listener = new Listener(wakeUp);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void wakeUpAll() {
        for (Listener listener : listeners) {
            try {
                listener.wakeUp.run();
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("topic", partition().topic())
                        .addKeyValue("partition", partition().partition())
                        .log("a wake-up of a waiting reader failed");
            }
        }
    }

    @Override
    public void onSent(long byteCount) {
        traffic.onRead(byteCount);
    }

    @Override
    public long sizeBytes() {
        return log.size();
    }

    private void checkOpen(String action) {
        switch (state) {
            case OPEN -> {}
            case DELETED ->
                throw new BrokerException.UnknownPartition(
                        "Cannot " + action + " " + partition() + ": the topic was deleted.");
            case CLOSED ->
                throw new BrokerException.Closed("Cannot " + action + " " + partition() + ": the broker is closed.");
        }
    }

    UnifiedLog log() {
        return log;
    }

    LogThread thread() {
        return thread;
    }

    /** Later calls say that the topic is gone; those who wait are woken. */
    void markDeleted() {
        state = State.DELETED;
        wakeUpAll();
    }

    void markClosed() {
        state = State.CLOSED;
        wakeUpAll();
    }

    /** A class of its own, because the same runnable may be subscribed twice. */
    private static final class Listener {
        private final Runnable wakeUp;

        private Listener(Runnable wakeUp) {
            this.wakeUp = wakeUp;
        }
    }

    @Override
    public String toString() {
        return "PartitionLog " + partition();
    }
}
