package dev.sluice.testkit.sample;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.api.transform.Transformation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds an entry to values that are maps; perhaps with a flaw. */
final class TaggingTransformation implements Transformation {
    static final ConfigKey<String> TAG = ConfigKey.string("tag").doc("What to add.");

    private final TransformationFlaw flaw;
    private @Nullable String tag;
    private int count;

    TaggingTransformation(TransformationFlaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public ConfigSpec configSpec() {
        return ConfigSpec.of(TAG);
    }

    @Override
    public void configure(Config config) {
        tag = config.get(TAG);
    }

    @Override
    public <R extends ConnectRecord<R>> @Nullable R apply(R record) {
        if (flaw == TransformationFlaw.TRIPS_OVER_NULL_KEYS) {
            Objects.requireNonNull(record.key().value(), "key");
        }
        if (flaw == TransformationFlaw.TREATS_SINK_RECORDS_OTHERWISE && record instanceof SinkRecord) {
            return record.withTopic("other");
        }
        return moved(record.value().value() instanceof Map<?, ?> map ? tagged(record, map) : untagged(record));
    }

    private <R extends ConnectRecord<R>> R tagged(R record, Map<?, ?> map) {
        count++;
        String added = flaw == TransformationFlaw.COUNTS ? tag + count : String.valueOf(tag);
        if (flaw == TransformationFlaw.CHANGES_ITS_INPUT) {
            @SuppressWarnings("unchecked") // The test's map.
            Map<Object, Object> changed = (Map<Object, Object>) map;
            changed.put("tag", added);
            return record;
        }
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
        copy.put("tag", added);
        return record.withValue(SchemaAndValue.schemaless(copy));
    }

    private <R extends ConnectRecord<R>> R untagged(R record) {
        if (flaw == TransformationFlaw.TRIPS_OVER_NULL_VALUES) {
            Objects.requireNonNull(record.value().value(), "value");
        }
        return record;
    }

    @SuppressWarnings("unchecked") // A source record's own type is SourceRecord.
    private <R extends ConnectRecord<R>> R moved(R record) {
        if (flaw != TransformationFlaw.MOVES_THE_POSITION || !(record instanceof SourceRecord source)) {
            return record;
        }
        SourcePosition next = new SourcePosition(source.position().partition(), Map.of("position", 99));
        return (R) SourceRecord.of(source.topic(), source.value(), next).withKey(source.key());
    }

    @Override
    public void close() {
        if (flaw == TransformationFlaw.CANNOT_CLOSE) {
            throw new IllegalStateException("Cannot close: tag is " + tag + ".");
        }
    }
}
