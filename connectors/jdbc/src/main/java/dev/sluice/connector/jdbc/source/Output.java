package dev.sluice.connector.jdbc.source;

import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches from the reading thread to the task: one is being filled, one lies ready. All methods but {@link #poll} belong
 * to the reading thread.
 */
final class Output {
    private final BlockingQueue<Batch> ready = new ArrayBlockingQueue<>(1);
    private final int rowsMax;
    private final long bytesMax;
    private Ahead ahead = Ahead.NOTHING;
    private List<SourceRecord> filling = new ArrayList<>();
    private long bytes;

    /** Says which places must be stored before records are handed over. */
    interface Ahead {
        /** Asks for nothing. */
        Ahead NOTHING = records -> List.of();

        List<SourcePosition> of(List<SourceRecord> records);
    }

    Output(int rowsMax, long bytesMax) {
        this.rowsMax = rowsMax;
        this.bytesMax = bytesMax;
    }

    void add(SourceRecord record, long sizeBytes) throws InterruptedException {
        if (bytes + sizeBytes > bytesMax) {
            flush();
        }
        filling.add(record);
        bytes += sizeBytes;
        if (filling.size() >= rowsMax) {
            flush();
        }
    }

    void addBad(SourceRecord row, DataException why) throws InterruptedException {
        flush();
        ready.put(Batch.bad(row, why));
    }

    /** Tells that a place was reached, behind all records before. */
    void reach(SourcePosition place) throws InterruptedException {
        flush();
        ready.put(Batch.reached(place));
    }

    /** Says what must be stored before the records that are added from now on. */
    void ahead(Ahead next) {
        ahead = next;
    }

    void fail(RuntimeException failure) throws InterruptedException {
        flush();
        ready.put(Batch.failed(failure));
    }

    void flush() throws InterruptedException {
        if (filling.isEmpty()) {
            return;
        }
        List<SourceRecord> full = filling;
        filling = new ArrayList<>(full.size());
        bytes = 0;
        for (SourcePosition before : ahead.of(full)) {
            // A poll of its own, which is stored before the next one is in the log; some are large.
            ready.put(Batch.reached(before));
        }
        ready.put(Batch.of(full));
    }

    /** Takes what is ready, or null after waiting in vain; for the task's thread. */
    @Nullable
    Batch poll(long waitMillis) throws InterruptedException {
        return ready.poll(waitMillis, TimeUnit.MILLISECONDS);
    }
}
