package dev.sluice.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.api.record.TimestampType;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.api.transform.Transformation;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of a transformation: it works on source and sink records alike, changes copies only, keeps no state, and
 * copes with null. What it makes of a record is for the author's own tests.
 *
 * <p>Extend it and fill in {@link #newPlugin()}, {@link #settings()} and {@link #input()}, which each call makes anew.
 */
public abstract class TransformationBehaviour extends PluginBehaviour<Transformation> {
    private static final SourcePosition POSITION = new SourcePosition(Map.of("file", "a"), Map.of("position", 17L));

    /** For subclasses. */
    protected TransformationBehaviour() {}

    /** Returns a value that the transformation works on, made anew by every call. */
    protected abstract SchemaAndValue input();

    /** Returns a key that the transformation works on, made anew by every call; the input unless overridden. */
    protected SchemaAndValue inputKey() {
        return input();
    }

    /** Returns what the transformation can do; everything unless overridden. */
    protected Set<TransformationAbility> abilities() {
        return EnumSet.allOf(TransformationAbility.class);
    }

    /** Returns a source record with the test's input. */
    protected final SourceRecord sourceRecord() {
        return SourceRecord.of("testing", input(), POSITION)
                .withKey(inputKey())
                .withTimestampMillis(1_700_000_000_000L);
    }

    /** Returns a sink record with the test's input. */
    protected final SinkRecord sinkRecord() {
        RecordCoordinates origin = new RecordCoordinates(new TopicPartition("testing", 3), 42);
        SinkRecord record = SinkRecord.of(origin, input()).withKey(inputKey());
        return new SinkRecord(
                record.topic(),
                record.partition(),
                record.key(),
                record.value(),
                1_700_000_000_000L,
                TimestampType.CREATE_TIME,
                record.headers(),
                origin);
    }

    /** Returns a transformation with the test's settings. */
    protected final Transformation configured() {
        Transformation transformation = newPlugin();
        transformation.configure(config());
        return transformation;
    }

    @Test
    void leavesItsInputAlone() {
        try (Transformation transformation = configured()) {
            SourceRecord source = sourceRecord();
            SinkRecord sink = sinkRecord();
            applyAndForget(transformation, source);
            applyAndForget(transformation, sink);
            assertThat(source).isEqualTo(sourceRecord());
            assertThat(sink).isEqualTo(sinkRecord());
        }
    }

    @Test
    void keepsWhereARecordComesFrom() {
        try (Transformation transformation = configured()) {
            SourceRecord source = transformation.apply(sourceRecord());
            SinkRecord sink = transformation.apply(sinkRecord());
            assertThat(source == null ? POSITION : source.position()).isEqualTo(POSITION);
            assertThat(sink == null ? sinkRecord().origin() : sink.origin())
                    .isEqualTo(sinkRecord().origin());
        }
    }

    @Test
    void doesTheSameToSourceAndSinkRecords() {
        try (Transformation transformation = configured()) {
            SourceRecord source = transformation.apply(sourceRecord());
            SinkRecord sink = transformation.apply(sinkRecord());
            assertThat(source == null).as("dropped").isEqualTo(sink == null);
            if (source != null && sink != null) {
                assertThat(sink.topic()).isEqualTo(source.topic());
                assertThat(sink.key()).isEqualTo(source.key());
                assertThat(sink.value()).isEqualTo(source.value());
                assertThat(sink.headers()).isEqualTo(source.headers());
            }
        }
    }

    @Test
    void remembersNothingBetweenRecords() {
        try (Transformation used = configured();
                Transformation fresh = configured()) {
            SourceRecord first = used.apply(sourceRecord());
            SourceRecord second = used.apply(sourceRecord());
            assertThat(second).isEqualTo(first).isEqualTo(fresh.apply(sourceRecord()));
        }
    }

    @Test
    void takesOrRefusesNullValues() {
        assertTaken(sourceRecord().withValue(SchemaAndValue.NULL), TransformationAbility.NULL_VALUES);
        assertTaken(sinkRecord().withValue(SchemaAndValue.NULL), TransformationAbility.NULL_VALUES);
    }

    @Test
    void takesOrRefusesNullKeys() {
        assertTaken(sourceRecord().withKey(SchemaAndValue.NULL), TransformationAbility.NULL_KEYS);
        assertTaken(sinkRecord().withKey(SchemaAndValue.NULL), TransformationAbility.NULL_KEYS);
    }

    private <R extends ConnectRecord<R>> void assertTaken(R record, TransformationAbility ability) {
        try (Transformation transformation = configured()) {
            if (abilities().contains(ability)) {
                @Nullable R applied = transformation.apply(record);
                assertThat(applied == null || !applied.topic().isBlank()).isTrue();
            } else {
                assertThatThrownBy(() -> applyAndForget(transformation, record))
                        .isInstanceOf(DataException.class)
                        .hasMessageStartingWith("Cannot ");
            }
        }
    }

    @Test
    void closesWithoutHavingBeenConfigured() {
        Transformation transformation = newPlugin();
        transformation.close();
        assertThat(transformation.configSpec()).isNotNull();
    }

    private static <R extends ConnectRecord<R>> void applyAndForget(Transformation transformation, R record) {
        Object applied = transformation.apply(record);
        assertThat(Objects.requireNonNullElse(applied, record)).isInstanceOf(ConnectRecord.class);
    }
}
