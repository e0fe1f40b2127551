package dev.sluice.plugin.standard.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.transform.Transformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The same transformation of ours and of Kafka Connect's, side by side. */
final class Parity implements AutoCloseable {
    private final Transformation ours;
    private final org.apache.kafka.connect.transforms.Transformation<?> theirs;

    private final Map<String, String> settings;
    private final List<Exception> refusals = new ArrayList<>();
    private Predicate<SchemaAndValue> exception = data -> false;

    private Parity(
            Map<String, String> settings,
            Transformation ours,
            org.apache.kafka.connect.transforms.Transformation<?> theirs) {
        this.settings = settings;
        this.ours = ours;
        this.theirs = theirs;
    }

    /**
     * Configures both, or returns null if both refuse the settings.
     *
     * @param ours ours, whose class has the name of theirs in another package
     */
    static @Nullable Parity of(Transformation ours, Map<String, String> settings) {
        var theirs = theirs(ours);
        Exception refused = configured(theirs, settings);
        try {
            ours.configure(ours.configSpec().parse(settings));
        } catch (ConfigException e) {
            assertThat(refused)
                    .as("Kafka Connect's refusal of %s, as ours: %s", settings, e)
                    .isNotNull();
            return null;
        }
        assertThat(refused)
                .as("Kafka Connect's refusal of %s, which we accept", settings)
                .isNull();
        return new Parity(settings, ours, theirs);
    }

    private static org.apache.kafka.connect.transforms.Transformation<?> theirs(Plugin ours) {
        String name = "org.apache.kafka.connect.transforms"
                + ours.getClass()
                        .getName()
                        .substring(ours.getClass().getPackageName().length());
        try {
            return Class.forName(name)
                    .asSubclass(org.apache.kafka.connect.transforms.Transformation.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Kafka Connect has no " + name, e);
        }
    }

    private static @Nullable Exception configured(
            org.apache.kafka.connect.transforms.Transformation<?> theirs, Map<String, String> settings) {
        try {
            theirs.configure(settings);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /**
     * Leaves out records of which ours makes something else on purpose; the class's Javadoc says what.
     *
     * @param isDifferent decides by a key or value
     */
    Parity except(Predicate<SchemaAndValue> isDifferent) {
        exception = exception.or(isDifferent);
        return this;
    }

    /** Asserts that both make the same of a record, or both refuse it; returns whether they made something of it. */
    <R extends ConnectRecord<R>> boolean assertSame(R record) {
        if (exception.test(record.key()) || exception.test(record.value())) {
            return false;
        }
        refusals.clear();
        Object expected = theirResult(record);
        Object actual = ourResult(record);
        assertThat(actual)
                .as(
                        "%s %s of %s %s; refusals: %s",
                        ours.getClass(),
                        settings,
                        record.key().schema(),
                        record.value().schema(),
                        refusals)
                .isEqualTo(expected);
        return refusals.isEmpty();
    }

    private <R extends ConnectRecord<R>> Object ourResult(R record) {
        try {
            R result = ours.apply(record);
            return result == null ? "dropped" : facts(KafkaRecords.twin(result));
        } catch (DataException refused) {
            refusals.add(refused);
            assertThat(refused).hasMessageStartingWith("Cannot ").hasMessageEndingWith(".");
            return "refused";
        }
    }

    private Object theirResult(ConnectRecord<?> record) {
        try {
            org.apache.kafka.connect.connector.ConnectRecord<?> result = apply(theirs, KafkaRecords.twin(record));
            if (result == null) {
                return "dropped";
            }
            validate(result.key());
            validate(result.value());
            return facts(result);
        } catch (RuntimeException refused) {
            refusals.add(refused);
            return "refused";
        }
    }

    @SuppressWarnings("unchecked") // Kafka Connect's transformations take any record.
    private static <T extends org.apache.kafka.connect.connector.ConnectRecord<T>> @Nullable T apply(
            org.apache.kafka.connect.transforms.Transformation<?> theirs,
            org.apache.kafka.connect.connector.ConnectRecord<?> record) {
        return ((org.apache.kafka.connect.transforms.Transformation<T>) theirs).apply((T) record);
    }

    private static void validate(@Nullable Object value) {
        if (value instanceof Struct struct) {
            struct.validate();
        }
    }

    private static List<@Nullable Object> facts(org.apache.kafka.connect.connector.ConnectRecord<?> record) {
        List<@Nullable Object> facts = new ArrayList<>();
        facts.add(record.topic());
        facts.add(record.kafkaPartition());
        facts.add(record.keySchema());
        facts.add(record.key());
        facts.add(record.valueSchema());
        facts.add(record.value());
        facts.add(record.timestamp());
        record.headers().forEach(facts::add);
        return facts;
    }

    @Override
    public void close() {
        ours.close();
        theirs.close();
    }
}
