package dev.sluice.runtime.transport;

import dev.sluice.api.record.TimestampType;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.Fetched;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.Subscription;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.CloseableIterator;
import org.jspecify.annotations.Nullable;

/** Reads a partition of the built-in broker and takes its batches apart; one task thread. */
final class LocalReader implements PartitionReader {
    private final PartitionLog log;
    private final Subscription subscription;
    private final BufferSupplier buffers = BufferSupplier.create();

    LocalReader(PartitionLog log, Runnable wakeUp) {
        this.log = log;
        this.subscription = log.onAppend(wakeUp);
    }

    @Override
    public ReadBatch read(long offset, int recordsMax, int bytesMax) throws InterruptedException {
        long from = Math.max(offset, log.startOffset());
        if (from >= log.endOffset()) {
            return new ReadBatch(List.of(), from, log.endOffset());
        }
        try {
            return records(log.read(from, bytesMax), from, recordsMax);
        } catch (BrokerException.Interrupted interrupted) {
            throw (InterruptedException) new InterruptedException(interrupted.getMessage()).initCause(interrupted);
        } catch (BrokerException.OffsetOutOfRange moved) {
            // Retention moved the start between the question and the read; the next read starts there.
            return new ReadBatch(List.of(), Math.max(from, moved.startOffset()), moved.endOffset());
        } catch (BrokerException failed) {
            throw LocalTransport.inWords(failed);
        }
    }

    private ReadBatch records(Fetched fetched, long from, int recordsMax) {
        List<LogRecord> records = new ArrayList<>();
        long next = from;
        for (MutableRecordBatch batch : fetched.records().batches()) {
            if (batch.lastOffset() < from) {
                continue;
            }
            if (batch.isControlBatch()) {
                next = batch.nextOffset();
                continue;
            }
            TimestampType timestampType = timestampType(batch);
            try (CloseableIterator<Record> iterator = batch.streamingIterator(buffers)) {
                while (iterator.hasNext()) {
                    Record record = iterator.next();
                    if (record.offset() < from) {
                        continue;
                    }
                    if (records.size() == recordsMax) {
                        return new ReadBatch(records, next, fetched.highWatermark());
                    }
                    records.add(logRecord(record, timestampType));
                    next = record.offset() + 1;
                }
            }
            // Compaction may have removed the last records of a batch; the batch still covers their offsets.
            next = batch.nextOffset();
        }
        return new ReadBatch(records, next, fetched.highWatermark());
    }

    private static LogRecord logRecord(Record record, TimestampType timestampType) {
        return new LogRecord(
                record.offset(),
                record.timestamp(),
                record.timestamp() < 0 ? TimestampType.NONE : timestampType,
                bytes(record.key()),
                bytes(record.value()),
                headers(record.headers()));
    }

    private static TimestampType timestampType(RecordBatch batch) {
        return switch (batch.timestampType()) {
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
        return log.endOffset();
    }

    @Override
    public void close() {
        subscription.close();
        buffers.close();
    }
}
