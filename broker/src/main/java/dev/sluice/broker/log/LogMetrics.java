package dev.sluice.broker.log;

import static dev.sluice.broker.metrics.Metric.counter;
import static dev.sluice.broker.metrics.Metric.gauge;
import static dev.sluice.broker.metrics.Metric.histogram;

import dev.sluice.broker.metrics.Histogram;
import dev.sluice.broker.metrics.Metric;
import dev.sluice.broker.metrics.MetricSource;
import dev.sluice.broker.metrics.Samples;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.storage.internals.log.UnifiedLog;

/** The metrics of topics, of their partitions on disk and of the threads that write them. */
final class LogMetrics implements MetricSource {
    private static final Metric RECORDS_IN =
            counter("sluice_broker_topic_records_in_total", "Records appended, by clients and the worker.", "topic");
    private static final Metric BYTES_IN =
            counter("sluice_broker_topic_bytes_in_total", "Bytes of batches appended.", "topic");
    private static final Metric BYTES_OUT = counter(
            "sluice_broker_topic_bytes_out_total", "Bytes of batches read, by clients and the worker.", "topic");
    private static final Metric REFUSED =
            counter("sluice_broker_topic_appends_refused_total", "Appends that were refused or failed.", "topic");
    private static final Metric PARTITIONS = gauge("sluice_broker_partitions", "Open partitions.");
    private static final Metric SIZE =
            gauge("sluice_broker_partition_size_bytes", "Bytes of all segments.", "topic", "partition");
    private static final Metric SEGMENTS =
            gauge("sluice_broker_partition_segments", "Files that hold the records.", "topic", "partition");
    private static final Metric START =
            gauge("sluice_broker_partition_start_offset", "The first offset.", "topic", "partition");
    private static final Metric END =
            gauge("sluice_broker_partition_end_offset", "The offset of the next record.", "topic", "partition");
    private static final Metric UNSYNCED = gauge(
            "sluice_broker_partition_unsynced_records",
            "Records that a power cut may take: not fsynced yet.",
            "topic",
            "partition");
    private static final Metric QUEUED =
            histogram("sluice_broker_log_queue_seconds", "How long appends wait for their log thread.");
    private static final Metric APPEND =
            histogram("sluice_broker_log_append_seconds", "How long appends take on their log thread.");
    private static final Metric SYNC =
            histogram("sluice_broker_log_sync_seconds", "How long the fsyncs take that appends wait for.");
    private static final Metric FAILED =
            gauge("sluice_broker_directory_failed", "1 when the data directory has failed and nothing is written.");
    private static final Metric CLEANER =
            gauge("sluice_broker_cleaner_running", "1 once the cleaner of compacted topics is at work.");
    private static final Metric CLEANER_DEAD =
            gauge("sluice_broker_cleaner_dead_threads", "Threads of the cleaner that ended by a fault.");

    private final Map<TopicPartition, UnifiedPartitionLog> logs;
    private final Upkeep upkeep;
    private final DirectoryFailure failure;
    private final Histogram queued;
    private final Histogram append = new Histogram();
    private final Syncs syncs = new Syncs();
    private final Map<String, TopicTraffic> byTopic = new ConcurrentHashMap<>();

    LogMetrics(
            Map<TopicPartition, UnifiedPartitionLog> logs, Upkeep upkeep, DirectoryFailure failure, Histogram queued) {
        this.logs = logs;
        this.upkeep = upkeep;
        this.failure = failure;
        this.queued = queued;
    }

    TopicTraffic traffic(String topic) {
        return byTopic.computeIfAbsent(topic, name -> new TopicTraffic());
    }

    Syncs syncs() {
        return syncs;
    }

    Histogram append() {
        return append;
    }

    /** Forgets a topic that has no partition left. */
    void forget(String topic) {
        if (logs.keySet().stream().noneMatch(partition -> partition.topic().equals(topic))) {
            byTopic.remove(topic);
        }
    }

    @Override
    public List<Metric> definitions() {
        return List.of(
                RECORDS_IN,
                BYTES_IN,
                BYTES_OUT,
                REFUSED,
                PARTITIONS,
                SIZE,
                SEGMENTS,
                START,
                END,
                UNSYNCED,
                QUEUED,
                APPEND,
                SYNC,
                FAILED,
                CLEANER,
                CLEANER_DEAD);
    }

    @Override
    public void read(Samples into) {
        byTopic.forEach((topic, traffic) -> {
            into.add(RECORDS_IN, traffic.recordsIn(), topic);
            into.add(BYTES_IN, traffic.bytesIn(), topic);
            into.add(BYTES_OUT, traffic.bytesOut(), topic);
            into.add(REFUSED, traffic.refused(), topic);
        });
        into.add(PARTITIONS, logs.size());
        logs.forEach((partition, log) -> read(partition, log, into));
        into.add(QUEUED, queued);
        into.add(APPEND, append);
        into.add(SYNC, syncs.durations());
        into.add(FAILED, failure.reason().isPresent() ? 1 : 0);
        into.add(CLEANER, upkeep.isCleanerRunning() ? 1 : 0);
        into.add(CLEANER_DEAD, upkeep.deadCleanerThreads());
    }

    private static void read(TopicPartition partition, UnifiedPartitionLog partitionLog, Samples into) {
        UnifiedLog log = partitionLog.log();
        String topic = partition.topic();
        String number = Integer.toString(partition.partition());
        long end = log.logEndOffset();
        into.add(SIZE, log.size(), topic, number);
        into.add(SEGMENTS, log.numberOfSegments(), topic, number);
        into.add(START, log.logStartOffset(), topic, number);
        into.add(END, end, topic, number);
        into.add(UNSYNCED, Math.max(0, end - partitionLog.syncedOffset()), topic, number);
    }
}
