package dev.sluice.broker.group;

import static dev.sluice.broker.metrics.Metric.counter;
import static dev.sluice.broker.metrics.Metric.gauge;

import com.yammer.metrics.core.Gauge;
import com.yammer.metrics.core.MetricsRegistry;
import dev.sluice.broker.metrics.Metric;
import dev.sluice.broker.metrics.MetricSource;
import dev.sluice.broker.metrics.Samples;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;

/** The metrics of consumer groups, which Kafka's coordinator counts itself. None but one are there before it starts. */
final class GroupMetrics implements MetricSource {
    private static final Metric RUNNING =
            gauge("sluice_broker_group_coordinator_running", "1 once a client has asked for a group since the start.");
    private static final Metric GROUPS = gauge(
            "sluice_broker_groups",
            "Groups by protocol (classic, consumer) and state; the coordinator counts them each minute.",
            "protocol",
            "state");
    private static final Metric OFFSETS = gauge("sluice_broker_group_offsets", "Committed offsets that are kept.");
    private static final Metric REBALANCES =
            counter("sluice_broker_group_rebalances_total", "Rebalances, by protocol.", "protocol");
    private static final Metric COMMITS =
            counter("sluice_broker_group_offset_commits_total", "Offsets that were committed.");
    private static final Metric EXPIRED =
            counter("sluice_broker_group_offsets_expired_total", "Offsets that were removed as too old.");

    private static final String GROUP_STATES = "consumer-group-count";
    /** Kafka's names of its counters, and ours. */
    private static final Map<String, Metric> COUNTERS =
            Map.of("offset-commit-count", COMMITS, "offset-expiration-count", EXPIRED);

    private static final Map<String, String> REBALANCE_COUNTERS =
            Map.of("group-completed-rebalance-count", "classic", "consumer-group-rebalance-count", "consumer");
    private static final String CLASSIC_PREFIX = "NumGroups";

    private final Supplier<Optional<GroupEngine>> engine;

    GroupMetrics(Supplier<Optional<GroupEngine>> engine) {
        this.engine = engine;
    }

    @Override
    public List<Metric> definitions() {
        return List.of(RUNNING, GROUPS, OFFSETS, REBALANCES, COMMITS, EXPIRED);
    }

    @Override
    public void read(Samples into) {
        Optional<GroupEngine> running = engine.get();
        into.add(RUNNING, running.isPresent() ? 1 : 0);
        running.ifPresent(found -> {
            readClassic(found.classicMetrics(), into);
            found.metrics().metrics().forEach((name, metric) -> {
                if (name.group().equals(GroupCoordinatorMetrics.METRICS_GROUP)) {
                    read(name, metric, into);
                }
            });
        });
    }

    private static void read(MetricName name, KafkaMetric metric, Samples into) {
        if (!(metric.metricValue() instanceof Number number)) {
            return;
        }
        if (name.name().equals(GROUP_STATES)) {
            into.add(
                    GROUPS,
                    number.doubleValue(),
                    "consumer",
                    lowerCase(name.tags().getOrDefault("state", "")));
        } else if (REBALANCE_COUNTERS.containsKey(name.name())) {
            into.add(REBALANCES, number.doubleValue(), REBALANCE_COUNTERS.get(name.name()));
        } else if (COUNTERS.containsKey(name.name())) {
            into.add(COUNTERS.get(name.name()), number.doubleValue());
        }
    }

    /** Kafka counts classic groups in a registry of another kind: {@code NumGroups} in all, {@code NumGroupsStable}, … */
    private static void readClassic(MetricsRegistry registry, Samples into) {
        registry.allMetrics().forEach((name, metric) -> {
            if (!(metric instanceof Gauge<?> gauge) || !(gauge.value() instanceof Number number)) {
                return;
            }
            if (name.getName().equals("NumOffsets")) {
                into.add(OFFSETS, number.doubleValue());
            } else if (name.getName().length() > CLASSIC_PREFIX.length()) {
                into.add(
                        GROUPS,
                        number.doubleValue(),
                        "classic",
                        lowerCase(name.getName().substring(CLASSIC_PREFIX.length())));
            }
        });
    }

    private static String lowerCase(String state) {
        return state.toLowerCase(Locale.ROOT);
    }
}
