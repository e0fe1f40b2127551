package dev.sluice.runtime.transport;

import dev.sluice.api.record.TimestampType;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.AbortedBatches;
import dev.sluice.broker.log.Fetched;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.Subscription;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.CloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a partition of the built-in broker and takes its batches apart; one task thread. What one fetch brought and
 * nobody asked for yet is kept for the next read, so that no byte is read twice.
 */
final class LocalReader implements PartitionReader {
    /** Bounds what is kept per partition, and what one fetch makes the log's reader thread copy. */
    private static final int FETCH_BYTES_MAX = 1 << 19;

    private final PartitionLog log;
    private final boolean isCommittedOnly;
    private final BooleanSupplier isReplaced;
    private final Subscription subscription;
    private final BufferSupplier buffers = BufferSupplier.create();
    /** Where the records that are kept continue. */
    private long position = -1;

    private boolean isDeleted;
    private int fetchedBytes;
    private AbortedBatches aborted = new AbortedBatches(List.of());
    private Iterator<? extends RecordBatch> batches = Collections.emptyIterator();
    private @Nullable RecordBatch batch;
    private @Nullable CloseableIterator<Record> records;

    /** Reads that log; {@code isReplaced} tells whether the partition's name stands for another one by now. */
    LocalReader(PartitionLog log, Isolation isolation, Runnable wakeUp, BooleanSupplier isReplaced) {
        this.log = log;
        this.isCommittedOnly = isolation == Isolation.READ_COMMITTED;
        this.isReplaced = isReplaced;
        this.subscription = log.onAppend(wakeUp);
    }

    @Override
    public ReadBatch read(long offset, int recordsMax, int bytesMax) throws InterruptedException {
        if (offset != position) {
            discard();
            position = Math.max(offset, log.startOffset());
        }
        long end = endOffset();
        List<LogRecord> taken = new ArrayList<>();
        long bytes = 0;
        while (taken.size() < recordsMax && bytes < bytesMax) {
            Record record = next();
            if (record != null) {
                taken.add(logRecord(record));
                bytes += record.sizeInBytes();
            } else if (position >= end || !fetch(end, bytesMax - bytes)) {
                break;
            }
        }
        skipGap();
        return new ReadBatch(taken, position, Math.max(end, position), bytes);
    }

    @Override
    public long bufferedBytes() {
        return batches.hasNext() || records != null ? fetchedBytes : 0;
    }

    @Override
    public void dropBuffer() {
        discard();
    }

    /** Returns the next record that is kept, or null. */
    private @Nullable Record next() {
        while (true) {
            CloseableIterator<Record> open = records;
            while (open != null && open.hasNext()) {
                Record record = open.next();
                if (record.offset() >= position) {
                    position = record.offset() + 1;
                    return record;
                }
            }
            skipGap();
            if (!batches.hasNext()) {
                batches = Collections.emptyIterator();
                return null;
            }
            open(batches.next());
        }
    }

    private void open(RecordBatch next) {
        batch = next;
        boolean isAborted = aborted.contain(next);
        records = isAborted || next.isControlBatch() || next.lastOffset() < position
                ? CloseableIterator.wrap(Collections.emptyIterator())
                : next.streamingIterator(buffers);
    }

    /** Compaction may have removed the last records of a batch; the batch still covers their offsets. */
    private void skipGap() {
        CloseableIterator<Record> open = records;
        RecordBatch covering = batch;
        if (open != null && covering != null && !open.hasNext()) {
            position = Math.max(position, covering.nextOffset());
            open.close();
            records = null;
            batch = null;
        }
    }

    /** Fetches from the position on; returns false where the next read may know more. */
    private boolean fetch(long end, long bytesMax) throws InterruptedException {
        try {
            int bytes = (int) Math.min(bytesMax, FETCH_BYTES_MAX);
            Fetched fetched = isCommittedOnly ? log.readCommitted(position, bytes) : log.read(position, bytes);
            aborted = new AbortedBatches(fetched.aborted());
            batches = fetched.records().batches().iterator();
            fetchedBytes = fetched.records().sizeInBytes();
            if (!batches.hasNext()) {
                position = end; // Compaction removed all records up to there.
            }
            return batches.hasNext();
        } catch (BrokerException.Interrupted interrupted) {
            throw (InterruptedException) new InterruptedException(interrupted.getMessage()).initCause(interrupted);
        } catch (BrokerException.OffsetOutOfRange moved) {
            // Retention moved the start between the question and the read; the next read starts there.
            position = Math.max(position, moved.startOffset());
            return false;
        } catch (BrokerException.UnknownPartition deleted) {
            isDeleted = true;
            return false;
        } catch (BrokerException failed) {
            throw LocalTransport.inWords(failed);
        }
    }

    private LogRecord logRecord(Record record) {
        return new LogRecord(
                record.offset(),
                record.timestamp(),
                record.timestamp() < 0 ? TimestampType.NONE : timestampType(),
                bytes(record.key()),
                bytes(record.value()),
                headers(record.headers()));
    }

    private TimestampType timestampType() {
        RecordBatch of = batch;
        if (of == null) {
            return TimestampType.NONE;
        }
        return switch (of.timestampType()) {
            case NO_TIMESTAMP_TYPE -> TimestampType.NONE;
            case CREATE_TIME -> TimestampType.CREATE_TIME;
            case LOG_APPEND_TIME -> TimestampType.LOG_APPEND_TIME;
        };
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return copy;
    }

    private static List<RawHeader> headers(Header[] headers) {
        if (headers.length == 0) {
            return List.of();
        }
        List<RawHeader> copied = new ArrayList<>(headers.length);
        for (Header header : headers) {
            copied.add(new RawHeader(header.key(), header.value()));
        }
        return copied;
    }

    @Override
    public long startOffset() {
        return log.startOffset();
    }

    @Override
    public long endOffset() {
        return isDeleted ? 0 : isCommittedOnly ? log.stableOffset() : log.endOffset();
    }

    @Override
    public long logEndOffset() {
        return isDeleted ? 0 : log.endOffset();
    }

    @Override
    public boolean isDeleted() {
        return isDeleted || isReplaced.getAsBoolean();
    }

    private void discard() {
        CloseableIterator<Record> open = records;
        if (open != null) {
            open.close();
        }
        records = null;
        batch = null;
        batches = Collections.emptyIterator();
    }

    @Override
    public void close() {
        subscription.close();
        discard();
        buffers.close();
    }
}
