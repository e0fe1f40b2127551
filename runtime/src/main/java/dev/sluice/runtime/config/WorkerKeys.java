package dev.sluice.runtime.config;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigKind;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigType;
import dev.sluice.api.config.Importance;
import dev.sluice.runtime.transport.Isolation;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of all settings of a worker. Names and meanings are Kafka Connect's unless the text says otherwise. */
final class WorkerKeys {
    static final String CONVERTER_DEFAULT = "JsonConverter";
    static final String BROKER_PREFIX = "broker.";

    private static final String BROKER = "Built-in broker";
    private static final String PLUGINS = "Plugins";
    private static final String DATA = "Data";
    private static final String LIMITS = "Limits";
    private static final ConfigType<Path> PATH =
            ConfigType.of(ConfigKind.STRING, "the path of a folder", WorkerKeys::path, Path::toString);

    static final ConfigKey<List<Path>> PLUGIN_PATH = ConfigKey.listOf("plugin.path", PATH)
            .defaultsTo(List.of())
            .doc(
                    "Folders with plugins, beside those that are shipped. Each child folder or jar is one plugin with class"
                            + " loader of its own.")
            .group(PLUGINS)
            .importance(Importance.HIGH);

    static final ConfigKey<String> KEY_CONVERTER = converter("key.converter", "keys");
    static final ConfigKey<String> VALUE_CONVERTER = converter("value.converter", "values");
    static final ConfigKey<String> HEADER_CONVERTER = ConfigKey.className("header.converter")
            .defaultsTo("SimpleHeaderConverter")
            .doc("Converter of header values. Settings that begin with header.converter. are the converter's own.")
            .group(DATA)
            .importance(Importance.LOW);

    static final ConfigKey<Path> DATA_DIR = ConfigKey.of("broker.data.dir", PATH)
            .alias("broker.log.dirs")
            .alias("broker.log.dir")
            .defaultsTo(Path.of("data"))
            .doc("Folder that holds every topic, in Kafka's own format. A relative path starts at the working folder.")
            .group(BROKER)
            .importance(Importance.HIGH);

    static final ConfigKey<List<URI>> BROKER_LISTENERS = ConfigKey.listOf("broker.listeners", ListenerType.BROKER)
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc(
                    "Where the built-in broker serves Kafka clients, such as PLAINTEXT://localhost:9092. Empty: it serves only"
                            + " this process. Whoever reaches a PLAINTEXT address may read and write everything; see"
                            + " docs/security.md for SSL, SASL_PLAINTEXT and SASL_SSL.")
            .group(BROKER);

    static final ConfigKey<Integer> BROKER_PARTITIONS = ConfigKey.integer("broker.num.partitions")
            .defaultsTo(1)
            .check(Check.atLeast(1))
            .doc("Partitions of a topic that is created on its first write.")
            .group(BROKER);

    static final ConfigKey<List<String>> BOOTSTRAP_SERVERS = ConfigKey.list("bootstrap.servers")
            .defaultsTo(List.of())
            .doc("Brokers to work with. This version works with its built-in broker only: leave it out, or give the"
                    + " addresses of broker.listeners.")
            .group(BROKER)
            .importance(Importance.HIGH);

    static final ConfigKey<String> CONFIG_TOPIC = topic("config.storage.topic", "connect-configs", "connector configs");
    static final ConfigKey<String> OFFSET_TOPIC = topic("offset.storage.topic", "connect-offsets", "source offsets");
    static final ConfigKey<String> STATUS_TOPIC = topic("status.storage.topic", "connect-status", "statuses");

    static final ConfigKey<String> OFFSET_FILE = ConfigKey.string("offset.storage.file.filename")
            .optional()
            .doc(
                    "File of Kafka Connect standalone for source offsets. Accepted without effect: offsets live in the topic"
                            + " offset.storage.topic names.")
            .group(DATA)
            .importance(Importance.LOW);

    static final ConfigKey<Boolean> TOPIC_CREATION = ConfigKey.bool("topic.creation.enable")
            .defaultsTo(true)
            .doc("Whether a source's first write to a topic creates it. If not, the write fails and names the topic.")
            .group(DATA);

    static final ConfigKey<Boolean> TOPIC_TRACKING = ConfigKey.bool("topic.tracking.enable")
            .defaultsTo(true)
            .doc("Whether the worker notes which topics each connector uses, for GET /connectors/{name}/topics.")
            .group(DATA)
            .importance(Importance.LOW);

    static final ConfigKey<Boolean> TOPIC_TRACKING_RESET = ConfigKey.bool("topic.tracking.allow.reset")
            .defaultsTo(true)
            .doc("Whether PUT /connectors/{name}/topics/reset may forget the topics that a connector used.")
            .group(DATA)
            .importance(Importance.LOW);

    static final ConfigKey<Duration> OFFSET_FLUSH_INTERVAL = duration("offset.flush.interval.ms", 5_000)
            .doc("How often offsets are committed: those of sources that were written, and those of sinks after their"
                    + " flush. It bounds what is read or written again after a crash. Kafka Connect commits every 60"
                    + " seconds; a commit is cheap here, so that the default is shorter.")
            .group(DATA);

    static final ConfigKey<Duration> OFFSET_FLUSH_TIMEOUT = duration("offset.flush.timeout.ms", 5_000)
            .doc("How long one commit of offsets may take before it is given up and tried again at the next interval.")
            .group(LIMITS)
            .importance(Importance.LOW);

    static final ConfigKey<Duration> SHUTDOWN_TIMEOUT = duration("task.shutdown.graceful.timeout.ms", 5_000)
            .doc("How long all tasks together may take to stop before they are abandoned.")
            .group(LIMITS)
            .importance(Importance.LOW);

    static final ConfigKey<Duration> CALL_TIMEOUT = duration("task.call.timeout.ms", 30_000)
            .doc("How long one call into a plugin (start, poll, put, flush, stop and the like) may take. A task or"
                    + " connector whose call takes longer is shown as STUCK, interrupted, and abandoned if that does not"
                    + " help. Only in Sluice.")
            .group(LIMITS);

    static final ConfigKey<Duration> STALLED_AFTER = duration("flow.stalled.after.ms", 10_000)
            .doc("How long a task may have work without any progress before its status says STALLED. Records that moved"
                    + " within that time make it FLOWING. Only in Sluice.")
            .group(LIMITS)
            .importance(Importance.LOW);

    static final ConfigKey<Duration> UNCONFIRMED_AFTER = duration("flow.unconfirmed.after.ms", 300_000)
            .doc("How long a sink may have taken records without confirming any, so that no offset moves, before its"
                    + " status says STALLED. Raise it for sinks that confirm a whole file or so. Only in Sluice.")
            .group(LIMITS)
            .importance(Importance.LOW);

    static final ConfigKey<Integer> INFLIGHT_RECORDS = count("task.inflight.records.max", 20_000)
            .doc(
                    "Records of a source task that may be on their way to the log. More make the task wait. Only in Sluice.")
            .group(LIMITS)
            .importance(Importance.LOW);

    static final ConfigKey<Long> INFLIGHT_BYTES = size("task.inflight.bytes.max", 16L << 20)
            .doc("Bytes of a source task that may be on their way to the log. More make the task wait. Only in Sluice.")
            .group(LIMITS)
            .importance(Importance.LOW);

    static final ConfigKey<Integer> SINK_BATCH_RECORDS = count("sink.batch.records.max", 2_000)
            .alias("consumer.max.poll.records")
            .doc("Records that a sink task is given in one put at most. Only in Sluice; Kafka Connect's"
                    + " consumer.max.poll.records.")
            .group(LIMITS)
            .importance(Importance.LOW);

    static final ConfigKey<Long> SINK_BATCH_BYTES = size("sink.batch.bytes.max", 4L << 20)
            .alias("consumer.fetch.max.bytes")
            .doc("Bytes that are read for one put of a sink task at most; a single larger record still passes. Only in"
                    + " Sluice.")
            .group(LIMITS)
            .importance(Importance.LOW);

    static final ConfigKey<Long> BUFFER_BYTES = ConfigKey.size("worker.buffer.bytes.max")
            .optional()
            .check(Check.atLeast(1L << 20))
            .doc(
                    "Bytes that all tasks together may have in hand: what sources have in flight, and what sinks have read and"
                            + " not written yet. Half of it is divided equally, so that a slow sink leaves each other task its share;"
                            + " the rest is for whoever needs more. Left out, it is a quarter of the heap. Only in Sluice.")
            .group(LIMITS)
            .importance(Importance.LOW);

    static final ConfigKey<String> GROUP = ConfigKey.string("group.id")
            .defaultsTo("sluice")
            .check(Check.nonEmpty())
            .doc("Name of the worker group. It begins the transactional ids of sources with exactly-once delivery.")
            .group(DATA)
            .importance(Importance.LOW);

    static final ConfigKey<ExactlyOnceSources> EXACTLY_ONCE_SOURCES = ConfigKey.enumeration(
                    "exactly.once.source.support", ExactlyOnceSources.class)
            .defaultsTo(ExactlyOnceSources.DISABLED)
            .doc(
                    "Whether sources write their records and offsets in transactions, so that after a crash each record is in"
                            + " its topic once. Readers must read committed records only, as sinks here do unless told otherwise.")
            .group(DATA);

    static final ConfigKey<Isolation> SINK_ISOLATION = ConfigKey.enumeration(
                    "consumer.isolation.level", Isolation.class)
            .defaultsTo(Isolation.READ_COMMITTED)
            .doc(
                    "Whether sinks read records of open and aborted transactions too. Kafka Connect reads them by default.")
            .group(DATA)
            .importance(Importance.LOW);

    static final ConfigKey<ReadingStart> READING_START = ConfigKey.enumeration(
                    "consumer.auto.offset.reset", ReadingStart.class)
            .defaultsTo(ReadingStart.EARLIEST)
            .doc(
                    "Where sinks begin in a partition of which they committed nothing: earliest, latest, or none, which fails"
                            + " the task.")
            .group(DATA)
            .importance(Importance.LOW);

    static final ConfigKey<OverridePolicy> OVERRIDE_POLICY = ConfigKey.of(
                    "connector.client.config.override.policy",
                    ConfigType.of(
                            ConfigKind.STRING,
                            "All, None, Allowlist or Principal",
                            OverridePolicy::parse,
                            OverridePolicy::word))
            .defaultsTo(OverridePolicy.ALL)
            .doc(
                    "Which settings of Kafka's clients connectors may override by producer.override., consumer.override. and"
                            + " admin.override.: All, None, those of the Allowlist, or those of a Principal (security.protocol,"
                            + " sasl.mechanism, sasl.jaas.config).")
            .group(DATA)
            .importance(Importance.LOW);

    static final ConfigKey<List<String>> OVERRIDE_ALLOWLIST = ConfigKey.list(
                    "connector.client.config.override.allowlist")
            .defaultsTo(List.of())
            .doc("With the policy Allowlist: the settings that may be overridden, by their names in the client.")
            .group(DATA)
            .importance(Importance.LOW);

    /** The settings of Kafka's clients that act here. */
    static final Set<String> CLIENT_NAMES = Stream.of(
                    SINK_ISOLATION, READING_START, SINK_BATCH_RECORDS, SINK_BATCH_BYTES)
            .flatMap(key -> Stream.concat(Stream.of(key.name()), key.aliases().stream()))
            .collect(Collectors.toUnmodifiableSet());

    private static final ConfigSpec USED = RestKeys.SPEC
            .plus(
                    PLUGIN_PATH,
                    ProviderKeys.PROVIDERS,
                    KEY_CONVERTER,
                    VALUE_CONVERTER,
                    HEADER_CONVERTER,
                    DATA_DIR,
                    BROKER_LISTENERS,
                    BROKER_PARTITIONS,
                    BOOTSTRAP_SERVERS,
                    CONFIG_TOPIC,
                    OFFSET_TOPIC,
                    STATUS_TOPIC,
                    OFFSET_FILE,
                    TOPIC_CREATION,
                    TOPIC_TRACKING,
                    TOPIC_TRACKING_RESET,
                    OFFSET_FLUSH_INTERVAL,
                    OFFSET_FLUSH_TIMEOUT,
                    GROUP,
                    EXACTLY_ONCE_SOURCES,
                    SINK_ISOLATION,
                    READING_START,
                    OVERRIDE_POLICY,
                    OVERRIDE_ALLOWLIST,
                    SHUTDOWN_TIMEOUT,
                    CALL_TIMEOUT,
                    STALLED_AFTER,
                    UNCONFIRMED_AFTER,
                    INFLIGHT_RECORDS,
                    INFLIGHT_BYTES,
                    SINK_BATCH_RECORDS,
                    SINK_BATCH_BYTES,
                    BUFFER_BYTES)
            .openPrefix(BROKER_PREFIX)
            .openPrefix(KEY_CONVERTER.name() + ".")
            .openPrefix(VALUE_CONVERTER.name() + ".")
            .openPrefix(HEADER_CONVERTER.name() + ".")
            .openPrefix(ProviderKeys.PREFIX)
            .openPrefix("internal.key.converter")
            .openPrefix("internal.value.converter")
            .rule(WorkerRules::checkBootstrapServers)
            .rule(WorkerRules::checkStorageTopics)
            .openPrefix("admin.")
            .openPrefix("consumer.")
            .openPrefix("producer.")
            .rule(ProviderKeys::check)
            .rule(ClientRules::checkWorker)
            .rule(WorkerRules::noteWhatHasNoEffect)
            .plus(MetricsKeys.SPEC)
            .plus(LogKeys.SPEC);

    static final ConfigSpec SPEC =
            UnusedKeys.addPrefixesTo(UnusedKeys.addTo(USED, WorkerUnusedNames.NAMES), WorkerUnusedNames.PREFIXES);

    private WorkerKeys() {}

    private static ConfigKey<String> converter(String name, String what) {
        return ConfigKey.className(name)
                .defaultsTo(CONVERTER_DEFAULT)
                .doc("Converter of " + what + ", unless a connector names its own. Settings that begin with " + name
                        + ". are the converter's own. Left out, it is JSON without schemas (schemas.enable=false).")
                .group(DATA)
                .importance(Importance.HIGH);
    }

    private static ConfigKey<String> topic(String name, String value, String what) {
        return ConfigKey.string(name)
                .defaultsTo(value)
                .check(Check.matching("[a-zA-Z0-9._-]{1,249}"))
                .doc("Compacted topic that holds the " + what + ".")
                .group(DATA)
                .importance(Importance.LOW);
    }

    private static ConfigKey<Duration> duration(String name, long millis) {
        return ConfigKey.duration(name)
                .defaultsTo(Duration.ofMillis(millis))
                .check(Check.atLeast(Duration.ofMillis(1)));
    }

    private static ConfigKey<Integer> count(String name, int value) {
        return ConfigKey.integer(name).defaultsTo(value).check(Check.atLeast(1));
    }

    private static ConfigKey<Long> size(String name, long value) {
        return ConfigKey.size(name).defaultsTo(value).check(Check.between(1L, (long) Integer.MAX_VALUE));
    }

    private static Path path(String text) {
        try {
            if (!text.isBlank()) {
                return Path.of(text.trim());
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("it must be the path of a folder: " + e.getReason(), e);
        }
        throw new IllegalArgumentException("it must be the path of a folder");
    }
}
