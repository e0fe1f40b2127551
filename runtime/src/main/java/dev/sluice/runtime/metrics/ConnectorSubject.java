package dev.sluice.runtime.metrics;

import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.flow.ConnectorFlow;
import dev.sluice.runtime.flow.Flow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connector. */
record ConnectorSubject(ConnectorView view, String connectorClass, Optional<ConnectorFlow> flow) implements Subject {
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

    String verdict() {
        return verdict(flow.map(ConnectorFlow::connector));
    }

    static String verdict(Optional<Flow> flow) {
        return flow.map(known -> word(known.verdict())).orElse("unknown");
    }

    /** Returns a number of the flow; NaN where it is not known. */
    double flowNumber(Function<Flow, @Nullable Long> of) {
        return flow.map(known -> number(of.apply(known.connector()))).orElse(Double.NaN);
    }

    static double number(@Nullable Long known) {
        return known == null ? Double.NaN : known;
    }
}
