package dev.sluice.testkit.behaviour;

import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** One partition of the log: numbers records from 0 and remembers their texts. */
final class SinkFeed {
    private final TopicPartition partition;
    private final BiFunction<RecordCoordinates, String, SinkRecord> maker;
    private final List<String> texts = new ArrayList<>();

    SinkFeed(TopicPartition partition, BiFunction<RecordCoordinates, String, SinkRecord> maker) {
        this.partition = partition;
        this.maker = maker;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Returns the next records, one per text. */
    List<SinkRecord> next(List<String> more) {
        List<SinkRecord> records = new ArrayList<>();
        for (String text : more) {
            records.add(maker.apply(nextPlace(), text));
            texts.add(text);
        }
        return records;
    }

    /** Returns so many next records with texts that tell partition and order. */
    List<SinkRecord> next(int count, boolean nasty) {
        int from = texts.size();
        return next(SampleTexts.of(partition.toString(), from + count, nasty).subList(from, from + count));
    }

    RecordCoordinates nextPlace() {
        return new RecordCoordinates(partition, texts.size());
    }

    /** Returns the texts of all records so far, in order. */
    List<String> texts() {
        return List.copyOf(texts);
    }
}
