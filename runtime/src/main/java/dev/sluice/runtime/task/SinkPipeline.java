package dev.sluice.runtime.task;

import dev.sluice.api.convert.Converter;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.Header;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TimestampType;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.plugin.LoadedPlugin;
import dev.sluice.runtime.plugin.PluginContext;
import dev.sluice.runtime.transport.LogRecord;
import dev.sluice.runtime.transport.RawHeader;
import dev.sluice.runtime.transport.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From bytes of the log to a sink's record: header, key and value converters, then transformations. Task thread.
 *
 * <p>Values stay undecoded where the converter and the task speak the same media type and no transformation is
 * configured; then nothing can fail here, and the task gets the very bytes of the log.
 */
final class SinkPipeline {
    private final TransformChain transforms;
    private final Converters converters;
    private final StepRetries retries;
    private final Optional<String> passedThrough;

    SinkPipeline(TransformChain transforms, Converters converters, StepRetries retries, Set<String> accepted) {
        this.transforms = transforms;
        this.converters = converters;
        this.retries = retries;
        this.passedThrough = transforms.isEmpty()
                ? converters.value().plugin().mediaType().filter(accepted::contains)
                : Optional.empty();
    }

    /** Returns what became of a record. */
    Outcome<SinkRecord> fromLog(TopicPartition partition, LogRecord record) throws InterruptedException {
        RecordCoordinates origin = new RecordCoordinates(partition, record.offset());
        Supplier<String> coordinates = origin::toString;
        try {
            SinkRecord converted = convert(origin, record, coordinates);
            SinkRecord transformed = transforms.apply(converted, coordinates, retries);
            return transformed == null ? new Outcome.Dropped<>() : new Outcome.Kept<>(transformed);
        } catch (StepFailedException failed) {
            return new Outcome.Failed<>(failed.failure());
        }
    }

    /** Returns a record as the converters write it: for one that the task has changed. */
    RawRecord toLog(SinkRecord record) {
        String topic = record.topic();
        List<RawHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RawHeader(header.key(), encodeHeader(topic, header)));
        }
        Long timestamp = record.timestampMillis();
        return new RawRecord(
                encode(converters.key(), record, record.key()),
                encode(converters.value(), record, record.value()),
                headers,
                timestamp == null ? -1 : timestamp);
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private static byte @Nullable [] encode(LoadedPlugin<Converter> converter, SinkRecord record, SchemaAndValue data) {
        try (PluginContext context = converter.enter()) {
            return converter.plugin().encode(record.topic(), record.headers(), data);
        }
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private byte @Nullable [] encodeHeader(String topic, Header header) {
        try (PluginContext context = converters.header().enter()) {
            return converters.header().plugin().encode(topic, header.key(), header.value());
        }
    }

    private SinkRecord convert(RecordCoordinates origin, LogRecord record, Supplier<String> coordinates)
            throws StepFailedException, InterruptedException {
        String topic = origin.partition().topic();
        Headers headers = convertHeaders(topic, record.headers(), coordinates);
        SchemaAndValue key = retries.run(
                Stage.KEY_CONVERTER,
                converters.key().descriptor().className(),
                coordinates,
                () -> decode(converters.key(), topic, headers, record.key()));
        SchemaAndValue value = retries.run(
                Stage.VALUE_CONVERTER,
                converters.value().descriptor().className(),
                coordinates,
                () -> value(topic, headers, record.value()));
        Long timestamp = record.timestampType() == TimestampType.NONE ? null : Long.valueOf(record.timestampMillis());
        return new SinkRecord(
                topic, origin.partition().partition(), key, value, timestamp, record.timestampType(), headers, origin);
    }

    private SchemaAndValue value(String topic, Headers headers, byte @Nullable [] bytes) {
        if (bytes == null || passedThrough.isEmpty()) {
            return decode(converters.value(), topic, headers, bytes);
        }
        return SchemaAndValue.undecoded(
                new Encoded(bytes, passedThrough.get()), later -> decode(converters.value(), topic, headers, later));
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private static SchemaAndValue decode(
            LoadedPlugin<Converter> converter, String topic, Headers headers, byte @Nullable [] bytes) {
        try (PluginContext context = converter.enter()) {
            return converter.plugin().decode(topic, headers, bytes);
        }
    }

    private Headers convertHeaders(String topic, List<RawHeader> headers, Supplier<String> coordinates)
            throws StepFailedException, InterruptedException {
        if (headers.isEmpty()) {
            return Headers.EMPTY;
        }
        List<Header> converted = new ArrayList<>(headers.size());
        for (RawHeader header : headers) {
            SchemaAndValue value = retries.run(
                    Stage.HEADER_CONVERTER,
                    converters.header().descriptor().className(),
                    coordinates,
                    () -> decodeHeader(topic, header));
            converted.add(new Header(header.key(), value));
        }
        return Headers.of(converted);
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private SchemaAndValue decodeHeader(String topic, RawHeader header) {
        try (PluginContext context = converters.header().enter()) {
            return converters.header().plugin().decode(topic, header.key(), header.value());
        }
    }
}
