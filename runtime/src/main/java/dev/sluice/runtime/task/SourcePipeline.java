package dev.sluice.runtime.task;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.Header;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.runtime.plugin.PluginContext;
import dev.sluice.runtime.transport.RawHeader;
import dev.sluice.runtime.transport.RawRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From a source's record to bytes for the log: transformations, then header, key and value converters. Task thread. */
final class SourcePipeline {
    private final TransformChain transforms;
    private final Converters converters;
    private final StepRetries retries;
    private final Clock clock;

    SourcePipeline(TransformChain transforms, Converters converters, StepRetries retries, Clock clock) {
        this.transforms = transforms;
        this.converters = converters;
        this.retries = retries;
        this.clock = clock;
    }

    /** Returns what became of a record. */
    Outcome<OutgoingRecord> toLog(SourceRecord record) throws InterruptedException {
        Supplier<String> coordinates = () -> coordinates(record);
        try {
            SourceRecord transformed = transforms.apply(record, coordinates, retries);
            if (transformed == null) {
                return new Outcome.Dropped<>();
            }
            return new Outcome.Kept<>(convert(transformed, coordinates));
        } catch (StepFailedException failed) {
            return new Outcome.Failed<>(failed.failure());
        }
    }

    /** Returns where a record stands in its source, in words. */
    static String coordinates(SourceRecord record) {
        return "source offset " + record.position().offset() + " of "
                + record.position().partition();
    }

    private OutgoingRecord convert(SourceRecord record, Supplier<String> coordinates)
            throws StepFailedException, InterruptedException {
        List<RawHeader> headers = convertHeaders(record, coordinates);
        byte[] key = retries.run(
                Stage.KEY_CONVERTER, converters.key().descriptor().className(), coordinates, () -> encodeKey(record));
        byte[] value = retries.run(
                Stage.VALUE_CONVERTER,
                converters.value().descriptor().className(),
                coordinates,
                () -> encodeValue(record));
        Long timestamp = record.timestampMillis();
        long millis = timestamp == null ? clock.millis() : timestamp;
        return new OutgoingRecord(record.topic(), record.partition(), new RawRecord(key, value, headers, millis));
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private byte @Nullable [] encodeKey(SourceRecord record) {
        try (PluginContext context = converters.key().enter()) {
            return converters.key().plugin().encode(record.topic(), record.headers(), record.key());
        }
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private byte @Nullable [] encodeValue(SourceRecord record) {
        try (PluginContext context = converters.value().enter()) {
            return converters.value().plugin().encode(record.topic(), record.headers(), record.value());
        }
    }

    private List<RawHeader> convertHeaders(SourceRecord record, Supplier<String> coordinates)
            throws StepFailedException, InterruptedException {
        Headers headers = record.headers();
        if (headers.isEmpty()) {
            return List.of();
        }
        List<RawHeader> converted = new ArrayList<>(headers.size());
        for (Header header : headers) {
            byte[] bytes = retries.run(
                    Stage.HEADER_CONVERTER,
                    converters.header().descriptor().className(),
                    coordinates,
                    () -> encodeHeader(record.topic(), header.key(), header.value()));
            converted.add(new RawHeader(header.key(), bytes));
        }
        return converted;
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private byte @Nullable [] encodeHeader(String topic, String key, SchemaAndValue value) {
        try (PluginContext context = converters.header().enter()) {
            return converters.header().plugin().encode(topic, key, value);
        }
    }
}
