package dev.sluice.connector.elasticsearch.sink;

import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Knows per partition how far all records are finished, though they finish in any order. The places are those of the log, whatever
 * transformations made of topic and partition.
 *
 * <p>Where a partition is read again from an earlier offset, the earliest that is not finished counts, of both readings.
 */
final class OffsetTracker {
    private final Map<TopicPartition, Track> tracks = new HashMap<>();
    private @Nullable TopicPartition lastPartition;
    private @Nullable Track lastTrack;
    private int held;

    /** The records of one partition in the order in which they came, from the first that is not finished. */
    private static final class Track {
        final ArrayDeque<Tracked> records = new ArrayDeque<>();
        long lastOffset = -1;
        boolean wentBack;
    }

    /** A record that was put; once it is done, only its place: many may wait behind one that is not. */
    static final class Tracked {
        private final long offset;
        private final Track track;
        private @Nullable SinkRecord record;

        private Tracked(SinkRecord record, Track track) {
            this.offset = record.origin().offset();
            this.track = track;
            this.record = record;
        }

        /** Returns the record, which must not be done. */
        SinkRecord record() {
            return Objects.requireNonNull(record, "A record that is done was let go.");
        }

        boolean isDone() {
            return record == null;
        }
    }

    /** Takes a record in. */
    Tracked begin(SinkRecord record) {
        Track track = track(record.origin().partition());
        Tracked tracked = new Tracked(record, track);
        track.wentBack |= tracked.offset <= track.lastOffset && !track.records.isEmpty();
        track.lastOffset = tracked.offset;
        track.records.add(tracked);
        held++;
        return tracked;
    }

    private Track track(TopicPartition partition) {
        Track known = lastTrack;
        if (known == null || !partition.equals(lastPartition)) {
            known = tracks.computeIfAbsent(partition, unused -> new Track());
            lastPartition = partition;
            lastTrack = known;
        }
        return known;
    }

    /** Learns that a record is written, dropped or reported. */
    void done(Tracked tracked) {
        tracked.record = null;
        ArrayDeque<Tracked> records = tracked.track.records;
        while (!records.isEmpty() && records.element().isDone()) {
            records.remove();
            held--;
        }
        tracked.track.wentBack &= !records.isEmpty();
    }

    /**
     * Returns how far is finished.
     *
     * @param given per partition the offset after the last record that was put
     */
    Map<TopicPartition, Long> safe(Map<TopicPartition, Long> given) {
        Map<TopicPartition, Long> safe = new HashMap<>();
        given.forEach((partition, offset) -> {
            Track track = tracks.get(partition);
            safe.put(partition, track == null ? offset : Math.min(offset, firstUnfinished(track, offset)));
        });
        return safe;
    }

    private static long firstUnfinished(Track track, long otherwise) {
        if (track.records.isEmpty()) {
            return otherwise;
        }
        long first = track.records.element().offset;
        if (track.wentBack) {
            for (Tracked tracked : track.records) {
                first = tracked.isDone() ? first : Math.min(first, tracked.offset);
            }
        }
        return first;
    }

    /** Returns how many records it holds: those that are not finished, and those behind them. */
    int held() {
        return held;
    }

    /** Lets partitions go. */
    void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Track gone = tracks.remove(partition);
            held -= gone == null ? 0 : gone.records.size();
            if (gone != null) {
                gone.records.clear();
            }
        }
        lastPartition = null;
        lastTrack = null;
    }
}
