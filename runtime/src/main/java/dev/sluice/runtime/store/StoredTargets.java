package dev.sluice.runtime.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What connectors are wanted to do, in Kafka Connect's form: readers of its first version, which know no stopped connector,
 * see a paused one.
 */
final class StoredTargets {
    private static final String PREFIX = "target-state-";
    private static final String STATE = "state";
    private static final String STATE_2 = "state.v2";
    private static final String REASON = "sluice.reason";

    private StoredTargets() {}

    static String key(String connector) {
        return PREFIX + connector;
    }

    static StateTopic.Entry<String, Map<String, @Nullable Object>> entry(String connector, StoredTarget target) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        TargetState first = target.state() == TargetState.STOPPED ? TargetState.PAUSED : target.state();
        value.put(STATE, first.name());
        value.put(STATE_2, target.state().name());
        if (target.reason() != null) {
            value.put(REASON, target.reason());
        }
        return new StateTopic.Entry<>(key(connector), value);
    }

    /** A word that nobody knows counts as started, as in Kafka Connect. */
    static StoredTarget read(@Nullable Map<String, @Nullable Object> value) {
        if (value == null) {
            return StoredTarget.STARTED;
        }
        Object word = value.get(STATE_2) == null ? value.get(STATE) : value.get(STATE_2);
        Object reason = value.get(REASON);
        for (TargetState state : TargetState.values()) {
            if (state.name().equals(word)) {
                return new StoredTarget(state, reason == null ? null : reason.toString());
            }
        }
        return StoredTarget.STARTED;
    }
}
