package dev.sluice.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.testkit.fake.StoredJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Offsets as a user could set them by mistake. */
final class OffsetNonsense {
    private static final Map<String, @Nullable Object> UNHEARD_OF = Map.of("no.such.name", "nonsense");

    private OffsetNonsense() {}

    static List<Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>>> of(SourcePosition real) {
        Map<String, @Nullable Object> wrongTypes = new HashMap<>();
        real.offset()
                .forEach((name, value) -> wrongTypes.put(name, value instanceof Number ? "nonsense" : List.of(true)));
        return List.of(
                altered(UNHEARD_OF, real.offset()),
                altered(Map.of(), real.offset()),
                altered(real.partition(), UNHEARD_OF),
                altered(real.partition(), Map.of()),
                altered(real.partition(), wrongTypes));
    }

    /** Returns one altered offset as REST hands it over: read from JSON. */
    static Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> altered(
            Map<String, ? extends @Nullable Object> partition, Map<String, ? extends @Nullable Object> offset) {
        Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> altered = new HashMap<>();
        altered.put(StoredJson.map(partition, "partition"), StoredJson.map(offset, "offset"));
        return altered;
    }

    /** Checks that a connector which alters no offsets does not say it did: it declines, or refuses in words. */
    static void assertDeclined(Callable<Boolean> alter) {
        AtomicBoolean accepted = new AtomicBoolean();
        Throwable refusal = catchThrowable(() -> accepted.set(alter.call()));
        assertThat(accepted).as("claims to use altered offsets").isFalse();
        if (refusal != null) {
            assertThat(refusal).isInstanceOf(ConnectorException.class).hasMessageStartingWith("Cannot ");
        }
    }
}
