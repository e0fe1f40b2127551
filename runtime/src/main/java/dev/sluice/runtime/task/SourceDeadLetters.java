package dev.sluice.runtime.task;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.Header;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.runtime.transport.RawHeader;
import dev.sluice.runtime.transport.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters of a source's records, which have no bytes of the log yet: see {@link JsonRendition}. They travel in
 * the batch of the records beside them, so that positions are stored only when they are in the log (invariant 1), and with
 * exactly-once delivery in the same transaction. Task thread.
 *
 * @param topic where they go
 * @param counters counts them
 * @param clock dates those that have no time of their own
 */
record SourceDeadLetters(DeadLetterTopic topic, ErrorCounters counters, Clock clock) {
    /** Returns the dead letter of a record as the source gave it, before any transformation. */
    OutgoingRecord letter(SourceRecord record, Failure failure) {
        counters.onDeadLetter();
        Long timestamp = record.timestampMillis();
        RawRecord bytes = new RawRecord(
                JsonRendition.bytes(record.key()),
                JsonRendition.bytes(record.value()),
                headers(record),
                timestamp == null ? clock.millis() : timestamp);
        RawRecord explained = topic.explained(bytes, DeadLetterHeaders.Place.of(record), failure);
        return new OutgoingRecord(topic.ensured(), null, explained);
    }

    private static List<RawHeader> headers(SourceRecord record) {
        List<RawHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RawHeader(header.key(), bytes(header.value())));
        }
        return headers;
    }

    /** Headers are mostly texts, which every tool shows as they are. */
    private static byte @Nullable [] bytes(SchemaAndValue value) {
        boolean isText = value.encoded().isEmpty() && value.value() instanceof String;
        return isText ? String.valueOf(value.value()).getBytes(StandardCharsets.UTF_8) : JsonRendition.bytes(value);
    }

    /** Returns what the log of errors says of a record where its contents are wanted. */
    static String contents(SourceRecord record) {
        return "[topic=" + record.topic() + " key=" + text(record.key()) + " value=" + text(record.value()) + "]";
    }

    private static @Nullable String text(SchemaAndValue data) {
        byte[] bytes = JsonRendition.bytes(data);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
