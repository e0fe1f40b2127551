package dev.sluice.broker.group;

import dev.sluice.broker.log.SerialThread;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.coordinator.common.runtime.CoordinatorLoader;
import org.apache.kafka.coordinator.common.runtime.CoordinatorPlayback;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.common.runtime.Deserializer;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a partition of {@code __consumer_offsets} into the coordinator. A record that cannot be read is passed over with a
 * warning; Kafka's own loader gives up the whole partition there, and with it all groups.
 */
final class OffsetsLoader implements CoordinatorLoader<CoordinatorRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetsLoader.class);

    /** The coordinator remembers how to undo what is not committed yet: this bounds what it has to remember. */
    private static final long COMMIT_INTERVAL_OFFSETS = 16_384;

    private final OffsetsLog log;
    private final Time time;
    private final SerialThread thread = new SerialThread("group-loader");
    private final GroupCoordinatorRecordSerde serde = new GroupCoordinatorRecordSerde();
    private volatile boolean isClosed;

    OffsetsLoader(OffsetsLog log, Time time) {
        this.log = log;
        this.time = time;
    }

    @Override
    public CompletableFuture<LoadSummary> load(
            TopicPartition partition, CoordinatorPlayback<CoordinatorRecord> coordinator) {
        long start = time.milliseconds();
        return thread.submit(() -> {
            Replay replay = new Replay(partition, coordinator);
            log.scan(partition.partition(), replay::batch);
            replay.commit(log.partition(partition.partition()).endOffset());
            return new LoadSummary(start, time.milliseconds(), 0, replay.recordCount, replay.sizeBytes);
        });
    }

    @Override
    public void close() {
        isClosed = true;
        thread.close();
    }

    /** Replays one partition, on the thread of the loader. */
    private final class Replay {
        private final TopicPartition partition;
        private final CoordinatorPlayback<CoordinatorRecord> coordinator;
        private long committedOffset;
        private long recordCount;
        private long sizeBytes;

        Replay(TopicPartition partition, CoordinatorPlayback<CoordinatorRecord> coordinator) {
            this.partition = partition;
            this.coordinator = coordinator;
        }

        void batch(RecordBatch batch) {
            if (isClosed) {
                throw new IllegalStateException("the loader of groups is closed");
            }
            for (Record record : batch) {
                recordCount++;
                if (batch.isControlBatch()) {
                    marker(batch, record);
                } else {
                    record(batch, record);
                }
            }
            sizeBytes += batch.sizeInBytes();
            if (batch.nextOffset() - committedOffset >= COMMIT_INTERVAL_OFFSETS) {
                commit(batch.nextOffset());
            }
        }

        private void marker(RecordBatch batch, Record record) {
            boolean isCommit = ControlRecordType.parse(record.key()) == ControlRecordType.COMMIT;
            coordinator.replayEndTransactionMarker(
                    batch.producerId(),
                    batch.producerEpoch(),
                    isCommit ? TransactionResult.COMMIT : TransactionResult.ABORT);
        }

        private void record(RecordBatch batch, Record record) {
            CoordinatorRecord read;
            try {
                read = serde.deserialize(record.key(), record.value());
            } catch (Deserializer.UnknownRecordTypeException e) {
                passOver(record, "its type " + e.unknownType() + " is unknown");
                return;
            } catch (RuntimeException e) {
                passOver(record, String.valueOf(e.getMessage()));
                return;
            }
            coordinator.replay(record.offset(), batch.producerId(), batch.producerEpoch(), read);
        }

        private void passOver(Record record, String why) {
            LOG.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", why)
                    .log("a record of the groups cannot be read and is passed over");
        }

        /** A single node has nobody to wait for: what is written is committed. */
        void commit(long offset) {
            if (offset > committedOffset) {
                coordinator.updateLastWrittenOffset(offset);
                coordinator.updateLastCommittedOffset(offset);
                committedOffset = offset;
            }
        }
    }
}
