package dev.sluice.runtime.metrics;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.RunState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connector. */
record ConnectorSubject(ConnectorView view, String connectorClass, Map<TopicPartition, Long> lags) implements Subject {
    @Override
    public List<String> labels() {
        return List.of(view.name());
    }

    /** Kafka Connect has no word for a task that hangs: it takes it for running. */
    long tasks(RunState state) {
        return view.tasks().stream()
                .filter(task -> task.status().state() == state)
                .count();
    }

    static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static double number(@Nullable Long known) {
        return known == null ? Double.NaN : known;
    }
}
