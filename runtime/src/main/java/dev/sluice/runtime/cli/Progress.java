package dev.sluice.runtime.cli;

import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.HerderView;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.control.StatusView;
import dev.sluice.runtime.control.TaskView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Decides what a terminal is told while connectors run: each change of state, and the records of a connector when their
 * number has settled, else now and then. Pauses grow while records go on flowing, so that a log of days stays readable.
 *
 * <p>Owned by the main thread; time comes from the caller.
 */
final class Progress {
    private static final long SECOND = 1_000;
    private static final long PAUSE_MILLIS_MIN = SECOND;
    private static final long PAUSE_MILLIS_MAX = 60 * SECOND;
    private static final long UNSETTLED_MILLIS_MAX = 2 * SECOND;
    private static final long QUIET_MILLIS = 10 * SECOND;

    private final Map<String, Line> lines = new HashMap<>();

    /** Takes the states as known, because they were shown elsewhere. */
    void begin(HerderView view) {
        view.connectors().forEach(connector -> line(connector).state = state(connector));
    }

    /**
     * Returns what to print now.
     *
     * @param view the newest view
     * @param nowMillis any clock that never goes back
     */
    List<String> next(HerderView view, long nowMillis) {
        List<String> result = new ArrayList<>();
        for (ConnectorView connector : view.connectors()) {
            Line line = line(connector);
            String state = state(connector);
            if (!state.equals(line.state)) {
                line.state = state;
                result.add(connector.name() + " is " + state);
            }
            if (line.isDue(records(connector), nowMillis)) {
                result.add(connector.name() + flowed(connector));
            }
        }
        return result;
    }

    private Line line(ConnectorView connector) {
        return lines.computeIfAbsent(connector.name(), name -> new Line());
    }

    private static String flowed(ConnectorView connector) {
        String verb = connector.kind() == PluginKind.SINK ? " wrote " : " read ";
        long bytes = connector.tasks().stream().mapToLong(TaskView::bytes).sum();
        long records = records(connector);
        return verb + String.format(Locale.ROOT, "%,d", records) + (records == 1 ? " record (" : " records (")
                + Sizes.inWords(bytes) + ")";
    }

    private static long records(ConnectorView connector) {
        return connector.tasks().stream().mapToLong(TaskView::records).sum();
    }

    /** The connector's state, or that of a task which is worse off. The reason stands in the log, which shows errors. */
    static String state(ConnectorView connector) {
        return Stream.concat(
                        Stream.of(connector.status()),
                        connector.tasks().stream().map(TaskView::status))
                .map(StatusView::state)
                .filter(state -> state == RunState.FAILED || state == RunState.STUCK)
                .findFirst()
                .map(state -> state + " (the log has the reason)")
                .orElse(connector.status().state().name());
    }

    /** What is known of one connector. */
    private static final class Line {
        private String state = "";
        private long printed;
        private long seen;
        private long changedAt = Long.MIN_VALUE;
        private long printedAt = Long.MIN_VALUE / 2;
        private long pauseMillis = PAUSE_MILLIS_MIN;

        boolean isDue(long records, long now) {
            boolean hasSettled = records == seen;
            seen = records;
            if (records == printed) {
                return false;
            }
            if (changedAt == Long.MIN_VALUE) {
                changedAt = now;
            }
            long pause = now - printedAt;
            if (pause < pauseMillis || (!hasSettled && now - changedAt < UNSETTLED_MILLIS_MAX)) {
                return false;
            }
            pauseMillis =
                    pause > pauseMillis + QUIET_MILLIS ? PAUSE_MILLIS_MIN : Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX);
            printed = records;
            printedAt = now;
            changedAt = Long.MIN_VALUE;
            return true;
        }
    }
}
