package dev.sluice.broker;

import static dev.sluice.broker.BrokerSetting.decimal;
import static dev.sluice.broker.BrokerSetting.flag;
import static dev.sluice.broker.BrokerSetting.integer;
import static dev.sluice.broker.BrokerSetting.oneOf;
import static dev.sluice.broker.BrokerSetting.wholeNumber;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The list of all settings that the broker reads. Names and meanings are those of Kafka's server; a default that differs
 * from Kafka's says why.
 */
final class BrokerSettings {
    private static final long ANY = Long.MIN_VALUE;

    static final BrokerSetting<String> LOG_DIRS = new BrokerSetting<>(
            "log.dirs",
            "the path of one directory: the broker keeps all partitions in it, and a volume may join disks",
            null,
            null,
            text -> text.isBlank() || text.contains(",") ? Optional.empty() : Optional.of(text),
            "The data directory. One only: a second disk is the operating system's matter on one machine.");
    static final BrokerSetting<String> LOG_DIR = new BrokerSetting<>(
            "log.dir", LOG_DIRS.expectation(), null, null, LOG_DIRS.parser(), "Other name of log.dirs.");

    static final BrokerSetting<Integer> NODE_ID =
            integer("node.id", 1, 0, "The number of this broker, written to meta.properties.");
    /** Below 0 it asks Kafka for a number of its own choice. */
    static final BrokerSetting<Integer> BROKER_ID =
            integer("broker.id", null, -1, "Other name of node.id, from the time of ZooKeeper.");

    static final BrokerSetting<Integer> NUM_PARTITIONS =
            integer("num.partitions", 1, 1, "Partitions of a topic that is created without a number of them.");
    static final BrokerSetting<Boolean> AUTO_CREATE_TOPICS =
            flag("auto.create.topics.enable", true, "Whether asking for an unknown topic creates it.");

    static final BrokerSetting<Integer> SEGMENT_BYTES = integer(
                    "log.segment.bytes", 1 << 30, 1 << 20, "Size at which a segment ends and the next begins.")
            .forTopics("segment.bytes");
    static final BrokerSetting<Long> ROLL_MS =
            wholeNumber("log.roll.ms", null, 1, "Age at which a segment ends; wins over log.roll.hours.");
    static final BrokerSetting<Integer> ROLL_HOURS =
            integer("log.roll.hours", 168, 1, "Age in hours at which a segment ends.");
    static final BrokerSetting<Long> ROLL_JITTER_MS = wholeNumber(
                    "log.roll.jitter.ms", 0L, 0, "Random time taken off the age, so that segments do not end at once.")
            .forTopics("segment.jitter.ms");
    static final BrokerSetting<Long> RETENTION_MS = wholeNumber(
            "log.retention.ms", null, ANY, "How long records stay; wins over minutes and hours; below 0 for ever.");
    static final BrokerSetting<Long> RETENTION_MINUTES =
            wholeNumber("log.retention.minutes", null, ANY, "As log.retention.ms, in minutes; wins over hours.");
    static final BrokerSetting<Long> RETENTION_HOURS =
            wholeNumber("log.retention.hours", 168L, ANY, "As log.retention.ms, in hours.");
    static final BrokerSetting<Long> RETENTION_BYTES = wholeNumber(
                    "log.retention.bytes", -1L, ANY, "Size to which a partition is cut from its old end; -1: no limit.")
            .forTopics("retention.bytes");
    static final BrokerSetting<Long> RETENTION_CHECK_MS = wholeNumber(
            "log.retention.check.interval.ms",
            TimeUnit.MINUTES.toMillis(5),
            1,
            "How often old segments are looked for.");
    static final BrokerSetting<String> CLEANUP_POLICY = new BrokerSetting<>(
                    "log.cleanup.policy",
                    "delete, compact or both with a comma",
                    "delete",
                    null,
                    text -> List.of("delete", "compact", "delete,compact", "compact,delete")
                                    .contains(text)
                            ? Optional.of(text)
                            : Optional.empty(),
                    "What happens to old records: deleted by age and size, or by newer ones of the same key.")
            .forTopics("cleanup.policy");
    /**
     * Kafka preallocates 10 MB twice for each active segment. One machine with many small partitions wants less; 1 MB
     * still indexes a segment of 512 MB, after which the segment ends early.
     */
    static final BrokerSetting<Integer> INDEX_SIZE_MAX_BYTES = integer(
                    "log.index.size.max.bytes", 1 << 20, 4, "Size of the offset index of a segment.")
            .forTopics("segment.index.bytes");

    static final BrokerSetting<Integer> INDEX_INTERVAL_BYTES = integer(
                    "log.index.interval.bytes", 4096, 0, "Bytes between two entries of an index.")
            .forTopics("index.interval.bytes");
    static final BrokerSetting<Long> DELETE_DELAY_MS = wholeNumber(
                    "log.segment.delete.delay.ms", 60_000L, 0, "How long files stay after they left the log.")
            .forTopics("file.delete.delay.ms");
    static final BrokerSetting<Boolean> PREALLOCATE = flag(
                    "log.preallocate", false, "Whether a new segment takes its whole size on disk at once.")
            .forTopics("preallocate");
    static final BrokerSetting<Integer> MESSAGE_MAX_BYTES = integer(
                    "message.max.bytes", 1_048_588, 0, "The largest batch of records that is taken.")
            .forTopics("max.message.bytes");
    /** Kafka has no such bound; checking a batch of a thousand million records takes all its memory. */
    static final BrokerSetting<Integer> BATCH_MAX_RECORDS =
            integer("batch.max.records", 1_000_000, 1, "The most records in a compressed batch.");
    /** Kafka has no such bound. Batches that are stored as they come are not opened as a whole, and so not bounded. */
    static final BrokerSetting<Long> BATCH_MAX_UNCOMPRESSED_BYTES = wholeNumber(
            "batch.max.uncompressed.bytes",
            64L << 20,
            1,
            "The most bytes in a batch that is compressed again, as its topic has another compression.type.");

    static final BrokerSetting<String> COMPRESSION_TYPE = oneOf(
                    "compression.type",
                    "producer",
                    "How batches are stored; producer: as they come.",
                    "producer",
                    "uncompressed",
                    "gzip",
                    "snappy",
                    "lz4",
                    "zstd")
            .forTopics("compression.type");
    static final BrokerSetting<String> TIMESTAMP_TYPE = oneOf(
                    "log.message.timestamp.type",
                    "CreateTime",
                    "Whose clock stamps a record: the producer's or the broker's.",
                    "CreateTime",
                    "LogAppendTime")
            .forTopics("message.timestamp.type");
    static final BrokerSetting<Long> TIMESTAMP_BEFORE_MAX_MS = wholeNumber(
                    "log.message.timestamp.before.max.ms", Long.MAX_VALUE, 0, "How old a record's time may be.")
            .forTopics("message.timestamp.before.max.ms");
    /**
     * Kafka refuses times more than an hour ahead. Connectors write the times that their sources give, which may be
     * dates of the future; refusing them would stop a pipeline, so there is no limit here.
     */
    static final BrokerSetting<Long> TIMESTAMP_AFTER_MAX_MS = wholeNumber(
                    "log.message.timestamp.after.max.ms", Long.MAX_VALUE, 0, "How far ahead a record's time may be.")
            .forTopics("message.timestamp.after.max.ms");

    /** A word for what {@code log.flush.interval.messages} and {@code .ms} say in numbers; not one of Kafka's. */
    static final BrokerSetting<String> FSYNC = new BrokerSetting<>(
            "log.fsync",
            "one of " + String.join(", ", FlushPolicy.NAMES),
            null,
            null,
            text -> FlushPolicy.NAMES.contains(text) ? Optional.of(text) : Optional.empty(),
            "When appended records are fsynced: never (left to the system), interval (each second) or always (before the"
                    + " answer). Without it log.flush.interval.messages and log.flush.interval.ms decide.");

    static final BrokerSetting<Long> FLUSH_MESSAGES = wholeNumber(
                    "log.flush.interval.messages", Long.MAX_VALUE, 1, "Records after which a partition is fsynced.")
            .forTopics("flush.messages");
    static final BrokerSetting<Long> FLUSH_MS =
            wholeNumber("log.flush.interval.ms", null, 0, "Time after which a partition is fsynced.");
    static final BrokerSetting<Long> FLUSH_SCHEDULER_MS = wholeNumber(
            "log.flush.scheduler.interval.ms", Long.MAX_VALUE, 1, "How often partitions due for fsync are looked for.");
    static final BrokerSetting<Integer> RECOVERY_CHECKPOINT_MS = integer(
            "log.flush.offset.checkpoint.interval.ms", 60_000, 1, "How often the fsynced offsets are written down.");
    static final BrokerSetting<Integer> START_CHECKPOINT_MS = integer(
            "log.flush.start.offset.checkpoint.interval.ms",
            60_000,
            1,
            "How often the first offsets are written down.");

    static final BrokerSetting<Boolean> CLEANER_ENABLE =
            flag("log.cleaner.enable", true, "Whether compacted topics are cleaned.");
    static final BrokerSetting<Integer> CLEANER_THREADS = integer("log.cleaner.threads", 1, 1, "Cleaner threads.");
    /** Kafka takes 128 MB. 4 MB remember 157,000 distinct keys in one pass; more keys take more passes. */
    static final BrokerSetting<Long> CLEANER_DEDUPE_BYTES = wholeNumber(
            "log.cleaner.dedupe.buffer.size", 4L << 20, 1 << 20, "Memory for the keys of one cleaning pass.");

    static final BrokerSetting<Integer> CLEANER_IO_BYTES =
            integer("log.cleaner.io.buffer.size", 512 << 10, 1024, "Memory for reading and writing while cleaning.");
    static final BrokerSetting<Double> CLEANER_LOAD_FACTOR =
            decimal("log.cleaner.io.buffer.load.factor", 0.9, 0.01, 1, "How full the memory for keys may become.");
    static final BrokerSetting<Double> CLEANER_RATE = decimal(
            "log.cleaner.io.max.bytes.per.second", Double.MAX_VALUE, 1, Double.MAX_VALUE, "Brake for the cleaner.");
    static final BrokerSetting<Long> CLEANER_BACKOFF_MS =
            wholeNumber("log.cleaner.backoff.ms", 15_000L, 1, "Pause when there is nothing to clean.");
    static final BrokerSetting<Double> CLEANER_MIN_RATIO = decimal(
                    "log.cleaner.min.cleanable.ratio",
                    0.5,
                    0,
                    1,
                    "Share of uncleaned bytes from which a log is cleaned.")
            .forTopics("min.cleanable.dirty.ratio");
    static final BrokerSetting<Long> CLEANER_DELETE_RETENTION_MS = wholeNumber(
                    "log.cleaner.delete.retention.ms", 86_400_000L, 0, "How long a deletion stays readable.")
            .forTopics("delete.retention.ms");
    static final BrokerSetting<Long> CLEANER_MIN_LAG_MS = wholeNumber(
                    "log.cleaner.min.compaction.lag.ms", 0L, 0, "Time for which a record is never cleaned away.")
            .forTopics("min.compaction.lag.ms");
    static final BrokerSetting<Long> CLEANER_MAX_LAG_MS = wholeNumber(
                    "log.cleaner.max.compaction.lag.ms", Long.MAX_VALUE, 1, "Time after which a record is cleaned.")
            .forTopics("max.compaction.lag.ms");

    /** Kafka takes 50, for a cluster; one machine holds its groups in one partition. */
    static final BrokerSetting<Integer> OFFSETS_PARTITIONS =
            integer("offsets.topic.num.partitions", 1, 1, "Partitions of __consumer_offsets.");

    static final BrokerSetting<Integer> OFFSETS_SEGMENT_BYTES =
            integer("offsets.topic.segment.bytes", 100 << 20, 1 << 20, "Segment size of __consumer_offsets.");

    static final BrokerSetting<Integer> QUEUED_REQUESTS =
            integer("queued.max.requests", 500, 1, "Appends that may wait for one log thread; more block the caller.");
    /** Kafka has no limit. */
    static final BrokerSetting<Long> QUEUED_BYTES = wholeNumber(
            "queued.max.request.bytes", 64L << 20, 1, "Bytes that may wait for one log thread; more block the caller.");

    static final BrokerSetting<Integer> PRODUCER_EXPIRATION_MS = integer(
            "producer.id.expiration.ms",
            86_400_000,
            1,
            "How long the last sequence of an idle producer is remembered.");

    private static final List<BrokerSetting<?>> OWN = List.of(
            LOG_DIRS,
            LOG_DIR,
            NODE_ID,
            BROKER_ID,
            NUM_PARTITIONS,
            AUTO_CREATE_TOPICS,
            SEGMENT_BYTES,
            ROLL_MS,
            ROLL_HOURS,
            ROLL_JITTER_MS,
            RETENTION_MS,
            RETENTION_MINUTES,
            RETENTION_HOURS,
            RETENTION_BYTES,
            RETENTION_CHECK_MS,
            CLEANUP_POLICY,
            INDEX_SIZE_MAX_BYTES,
            INDEX_INTERVAL_BYTES,
            DELETE_DELAY_MS,
            PREALLOCATE,
            MESSAGE_MAX_BYTES,
            BATCH_MAX_RECORDS,
            BATCH_MAX_UNCOMPRESSED_BYTES,
            COMPRESSION_TYPE,
            TIMESTAMP_TYPE,
            TIMESTAMP_BEFORE_MAX_MS,
            TIMESTAMP_AFTER_MAX_MS,
            FSYNC,
            FLUSH_MESSAGES,
            FLUSH_MS,
            FLUSH_SCHEDULER_MS,
            RECOVERY_CHECKPOINT_MS,
            START_CHECKPOINT_MS,
            CLEANER_ENABLE,
            CLEANER_THREADS,
            CLEANER_DEDUPE_BYTES,
            CLEANER_IO_BYTES,
            CLEANER_LOAD_FACTOR,
            CLEANER_RATE,
            CLEANER_BACKOFF_MS,
            CLEANER_MIN_RATIO,
            CLEANER_DELETE_RETENTION_MS,
            CLEANER_MIN_LAG_MS,
            CLEANER_MAX_LAG_MS,
            OFFSETS_PARTITIONS,
            OFFSETS_SEGMENT_BYTES,
            QUEUED_REQUESTS,
            QUEUED_BYTES,
            PRODUCER_EXPIRATION_MS);

    static final List<BrokerSetting<?>> ALL = Stream.of(
                    OWN, GroupSettings.ALL, TransactionSettings.ALL, NetworkSettings.ALL, SecuritySettings.ALL)
            .flatMap(List::stream)
            .toList();

    private BrokerSettings() {}
}
