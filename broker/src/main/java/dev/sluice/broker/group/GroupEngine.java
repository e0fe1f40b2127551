package dev.sluice.broker.group;

import com.yammer.metrics.core.MetricsRegistry;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.log.PartitionLogs;
import dev.sluice.broker.topic.Topic;
import dev.sluice.broker.topic.TopicCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.coordinator.common.runtime.CoordinatorLoader;
import org.apache.kafka.coordinator.common.runtime.CoordinatorPlayback;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.coordinator.group.GroupCoordinatorService;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorRuntimeMetrics;
import org.apache.kafka.server.share.persister.NoOpStatePersister;
import org.apache.kafka.server.util.timer.SystemTimer;
import org.apache.kafka.server.util.timer.SystemTimerReaper;

/**
 * Kafka's group coordinator, running: made, loaded, told about topics and closed on the thread {@code groups}. It brings
 * threads of its own: one for groups, one for assignments, two for its timer.
 */
final class GroupEngine {
    private static final int LEADER_EPOCH = 0;

    private final GroupCoordinator coordinator;
    private final Metrics metrics;
    private final MetricsRegistry classicMetrics = new MetricsRegistry();
    private final TopicImages images;
    private final List<CompletableFuture<Void>> loaded = new ArrayList<>();

    /**
     * What the coordinator works on.
     *
     * @param config the settings
     * @param topics the topics
     * @param logs the partitions
     * @param offsets where groups are written
     * @param time the clock; time-outs of members go by the system's
     */
    record Parts(BrokerConfig config, TopicCatalog topics, PartitionLogs logs, OffsetsLog offsets, Time time) {}

    private GroupEngine(Parts parts) {
        metrics = new Metrics(parts.time);
        images = new TopicImages(parts.config.nodeId());
        for (int number = 0; number < parts.offsets.partitionCount(); number++) {
            loaded.add(new CompletableFuture<>());
        }
        coordinator = make(parts);
    }

    private GroupCoordinator make(Parts parts) {
        CoordinatorSettings settings = new CoordinatorSettings(parts.config.groupSettings());
        return new GroupCoordinatorService.Builder(parts.config.nodeId(), settings.coordinator())
                .withWriter(new OffsetsWriter(
                        parts.offsets,
                        parts.topics,
                        number -> loaded.get(number).complete(null)))
                .withLoader(new ReportingLoader(new OffsetsLoader(parts.offsets, parts.time)))
                .withTime(parts.time)
                .withTimer(new SystemTimerReaper("group-timer", new SystemTimer("group-timer-tasks")))
                .withCoordinatorRuntimeMetrics(new GroupCoordinatorRuntimeMetrics(metrics))
                .withGroupCoordinatorMetrics(new GroupCoordinatorMetrics(classicMetrics, metrics))
                .withGroupConfigManager(settings.groupConfigs())
                .withPersister(new NoOpStatePersister())
                .withAuthorizerPlugin(Optional.empty())
                .withPartitionMetadataClient(new LogEnds(parts.logs))
                .build();
    }

    /** Makes the coordinator and reads the groups; returns when they can be asked for. */
    static GroupEngine start(Parts parts) {
        GroupEngine engine = new GroupEngine(parts);
        try {
            engine.load(parts);
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private void load(Parts parts) {
        coordinator.startup(() -> loaded.size());
        show(parts.topics.all());
        for (int number = 0; number < loaded.size(); number++) {
            coordinator.onElection(number, LEADER_EPOCH);
        }
        CompletableFuture.allOf(loaded.toArray(CompletableFuture[]::new)).join();
    }

    /** Tells the coordinator about the topics; waits while it removes the offsets of deleted ones. */
    void show(Map<String, Topic> topics) {
        images.next(topics).ifPresent(change -> coordinator.onMetadataUpdate(change.delta(), change.image()));
    }

    GroupCoordinator coordinator() {
        return coordinator;
    }

    /** Returns what the coordinator counts, but for classic groups. */
    Metrics metrics() {
        return metrics;
    }

    /** Returns what the coordinator counts of classic groups. */
    MetricsRegistry classicMetrics() {
        return classicMetrics;
    }

    void close() {
        coordinator.shutdown();
        Utils.closeQuietly(metrics, "metrics of groups");
    }

    /** Reports a failed load to whoever waits for the start; the coordinator itself only logs it. */
    private final class ReportingLoader implements CoordinatorLoader<CoordinatorRecord> {
        private final OffsetsLoader loader;

        ReportingLoader(OffsetsLoader loader) {
            this.loader = loader;
        }

        @Override
        public CompletableFuture<LoadSummary> load(
                TopicPartition partition, CoordinatorPlayback<CoordinatorRecord> coordinatorState) {
            return loader.load(partition, coordinatorState).whenComplete((summary, failure) -> {
                if (failure != null) {
                    loaded.get(partition.partition()).completeExceptionally(failure);
                }
            });
        }

        @Override
        public void close() {
            loader.close();
        }
    }
}
