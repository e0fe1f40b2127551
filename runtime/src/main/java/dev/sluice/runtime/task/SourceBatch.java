package dev.sluice.runtime.task;

import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.api.record.TopicPartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One polled batch on its way: what goes into the log, and which positions that covers. Task thread. */
final class SourceBatch {
    private final boolean isRemembered;
    private final List<OutgoingRecord> kept;
    /** Dead letters; empty nearly always. */
    private final List<OutgoingRecord> letters = new ArrayList<>(0);

    private final List<SourceReporter.Report> reports = new ArrayList<>(0);
    private final NewestPositions positions = new NewestPositions();
    /** With record commits: the polled records, and which of them were kept. */
    private final List<SourceRecord> polled = new ArrayList<>();

    private final List<Boolean> keeps = new ArrayList<>();
    /** The times that kept records bear themselves. */
    private long[] timestamps = {};

    private int timestampCount;
    private int recordCount;
    private long bytes;

    /** Makes room for a batch; {@code isRemembered} keeps its records for {@link #commitRecords}. */
    SourceBatch(int size, boolean isRemembered) {
        this.isRemembered = isRemembered;
        this.kept = new ArrayList<>(size);
    }

    /** Books one record; positions of records that were dropped or tolerated count too (invariant 1). */
    void add(SourceRecord record, Outcome<OutgoingRecord> outcome) {
        boolean isKept = outcome instanceof Outcome.Kept<OutgoingRecord>;
        if (outcome instanceof Outcome.Kept<OutgoingRecord> keep) {
            kept.add(keep.record());
            bytes += keep.record().bytes().sizeBytes();
            addTimestamp(record.timestampMillis());
        }
        recordCount++;
        positions.add(record.position());
        if (isRemembered) {
            polled.add(record);
            keeps.add(isKept);
        }
    }

    private void addTimestamp(@Nullable Long timestamp) {
        if (timestamp != null) {
            if (timestampCount == timestamps.length) {
                timestamps = Arrays.copyOf(timestamps, Math.max(16, timestampCount * 2));
            }
            timestamps[timestampCount++] = timestamp;
        }
    }

    /** Counts how long the kept records took to their end, which is now. */
    void countLatencies(TaskCounters counters) {
        long now = counters.nowMillis();
        for (int i = 0; i < timestampCount; i++) {
            counters.onLatency(timestamps[i], now);
        }
    }

    /** Books a dead letter for a record that was booked as failed. */
    void add(OutgoingRecord letter) {
        letters.add(letter);
        bytes += letter.bytes().sizeBytes();
    }

    /** Books records that the task reported instead of returning them. Before all others, which may lie behind them. */
    void addReported(List<SourceReporter.Report> reported) {
        for (SourceReporter.Report report : reported) {
            recordCount++;
            positions.add(report.record().position());
            OutgoingRecord letter = report.letter();
            if (letter != null) {
                add(letter);
            }
        }
        reports.addAll(reported);
    }

    /** Tells the task that its reports are in the log. Any thread. */
    void completeReports() {
        reports.forEach(report -> report.done().complete(null));
    }

    /** Books positions that lie behind all records of the batch. */
    void advance(List<SourcePosition> advances) {
        advances.forEach(positions::add);
    }

    /** Returns how many records go where the source sent them. */
    int keptCount() {
        return kept.size();
    }

    /** Returns the records for the log: those that were kept, then the dead letters. */
    List<OutgoingRecord> outgoing() {
        if (letters.isEmpty()) {
            return kept;
        }
        List<OutgoingRecord> all = new ArrayList<>(kept);
        all.addAll(letters);
        return all;
    }

    /** Returns the newest position of each source partition, once. */
    List<SourcePosition> takePositions() {
        return positions.take();
    }

    /** Returns how many records were booked, dropped ones included. */
    int recordCount() {
        return recordCount;
    }

    /** Returns the bytes of the records for the log. */
    long bytes() {
        return bytes;
    }

    /** Lets none of the records count as kept, and none become a dead letter. */
    void dropAll() {
        kept.clear();
        timestampCount = 0;
        keeps.replaceAll(keep -> false);
    }

    /** Tells the task of each record, in order, where it stands. */
    void commitRecords(SourceTask task, List<RecordCoordinates> places) {
        int place = 0;
        for (int i = 0; i < polled.size(); i++) {
            task.commitRecord(polled.get(i), keeps.get(i) ? places.get(place++) : null);
        }
    }

    /** Returns where each record for the log went, given the first offset of each of the log's batches. */
    static List<RecordCoordinates> places(Router.Routed routed, List<Long> baseOffsets) {
        Map<TopicPartition, Long> next = new HashMap<>();
        for (int i = 0; i < baseOffsets.size(); i++) {
            next.put(routed.batches().get(i).partition(), baseOffsets.get(i));
        }
        List<RecordCoordinates> places = new ArrayList<>(routed.places().size());
        for (TopicPartition place : routed.places()) {
            long offset = next.merge(place, 1L, Long::sum) - 1;
            places.add(new RecordCoordinates(place, offset));
        }
        return places;
    }
}
