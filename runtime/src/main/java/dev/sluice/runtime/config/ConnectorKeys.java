package dev.sluice.runtime.config;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigType;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.plugin.VersionRange;
import dev.sluice.runtime.transport.Isolation;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of the settings that every connector has, whatever its plugin. Names and meanings are Kafka Connect's. */
final class ConnectorKeys {
    private static final String COMMON = "Common";
    private static final String ERRORS = "Error Handling";
    private static final String RESTART_GROUP = "Restarts";
    private static final String EXACTLY_ONCE_GROUP = "Exactly Once Support";

    private static final String OFFSETS = "offsets.topic";
    /** Whole milliseconds, as {@code duration} reads them for names that end in {@code .ms}. */
    private static final ConfigType<Duration> MILLIS =
            ConfigKey.duration("any.ms").type();

    static final ConfigKey<String> NAME = ConfigKey.string("name")
            .check(Check.nonEmpty().and(Check.noControlCharacters()))
            .doc("Name of the connector, unique in the worker.")
            .group(COMMON)
            .orderInGroup(1)
            .importance(Importance.HIGH)
            .width(Width.MEDIUM)
            .displayName("Connector name");
    static final ConfigKey<String> CONNECTOR_CLASS = ConfigKey.string("connector.class")
            .check(Check.nonEmpty())
            .doc("Class name or alias of the connector, such as FileStreamSource.")
            .group(COMMON)
            .orderInGroup(2)
            .importance(Importance.HIGH)
            .width(Width.LONG)
            .displayName("Connector class");
    static final ConfigKey<String> CONNECTOR_VERSION = version("connector.plugin.version", "the connector", 3)
            .importance(Importance.MEDIUM)
            .width(Width.MEDIUM)
            .displayName("Connector version");
    static final ConfigKey<Integer> TASKS_MAX = ConfigKey.integer("tasks.max")
            .defaultsTo(1)
            .check(Check.atLeast(1))
            .doc("How many tasks the connector may split its work into.")
            .group(COMMON)
            .orderInGroup(4)
            .importance(Importance.HIGH)
            .width(Width.SHORT)
            .displayName("Tasks max");
    static final ConfigKey<Boolean> TASKS_MAX_ENFORCE = ConfigKey.bool("tasks.max.enforce")
            .defaultsTo(true)
            .doc(
                    "Whether a connector that asks for more tasks than tasks.max fails. Kafka Connect lets it be false for old"
                            + " connectors; here it always fails.")
            .group(COMMON)
            .orderInGroup(5)
            .importance(Importance.LOW)
            .width(Width.SHORT)
            .displayName("Enforce tasks max");
    static final ConfigKey<String> KEY_CONVERTER = converter("key.converter", "keys", "Key converter class", 6);
    static final ConfigKey<String> KEY_CONVERTER_VERSION = version(
                    "key.converter.plugin.version", "the connector's own key.converter", 7)
            .displayName("Key converter version");
    static final ConfigKey<String> VALUE_CONVERTER = converter("value.converter", "values", "Value converter class", 8);
    static final ConfigKey<String> VALUE_CONVERTER_VERSION = version(
                    "value.converter.plugin.version", "the connector's own value.converter", 9)
            .displayName("Value converter version");
    static final ConfigKey<String> HEADER_CONVERTER =
            converter("header.converter", "header values", "Header converter class", 10);
    static final ConfigKey<String> HEADER_CONVERTER_VERSION = version(
                    "header.converter.plugin.version", "the connector's own header.converter", 11)
            .displayName("Header converter version");
    static final ConfigKey<List<String>> TRANSFORMS = ConfigKey.list("transforms")
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc("Aliases of the transformations in the order in which they apply. Each needs transforms.<alias>.type.")
            .group("Transforms")
            .orderInGroup(12)
            .importance(Importance.LOW)
            .width(Width.LONG)
            .displayName("Transforms");
    static final ConfigKey<List<String>> PREDICATES = ConfigKey.list("predicates")
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc("Aliases of the predicates that transformations refer to. Each needs predicates.<alias>.type.")
            .group("Predicates")
            .orderInGroup(13)
            .importance(Importance.LOW)
            .width(Width.LONG)
            .displayName("Predicates");
    static final ConfigKey<ReloadAction> RELOAD = ConfigKey.enumeration("config.action.reload", ReloadAction.class)
            .defaultsTo(ReloadAction.RESTART)
            .doc("What happens when a value changes that a config provider gave, such as a password in a file: restart"
                    + " starts the connector and its tasks anew with the new value, none leaves them as they are.")
            .group(COMMON)
            .orderInGroup(14)
            .importance(Importance.LOW)
            .width(Width.MEDIUM)
            .displayName("Reload Action");
    static final ConfigKey<Duration> RETRY_TIMEOUT = ConfigKey.of("errors.retry.timeout", MILLIS)
            .defaultsTo(Duration.ZERO)
            .check(Check.atLeast(Duration.ofMillis(-1)))
            .doc(
                    "How long a conversion or transformation that asks for it is tried again; 0: not at all, -1: for ever.")
            .group(ERRORS)
            .orderInGroup(1)
            .width(Width.MEDIUM)
            .displayName("Retry Timeout for Errors");
    static final ConfigKey<Duration> RETRY_DELAY_MAX = ConfigKey.duration("errors.retry.delay.max.ms")
            .defaultsTo(Duration.ofMinutes(1))
            .check(Check.atLeast(Duration.ofMillis(1)))
            .doc("The longest pause between two tries. The first is 300 ms, and each further one twice as long.")
            .group(ERRORS)
            .orderInGroup(2)
            .width(Width.MEDIUM)
            .displayName("Maximum Delay Between Retries for Errors");
    static final ConfigKey<Tolerance> TOLERANCE = ConfigKey.enumeration("errors.tolerance", Tolerance.class)
            .defaultsTo(Tolerance.NONE)
            .doc(
                    "What happens to a record that cannot be converted, transformed or written: none lets the task fail at it,"
                            + " all leaves the record out, or sends it to the dead letter topic if there is one.")
            .group(ERRORS)
            .orderInGroup(3)
            .width(Width.SHORT)
            .displayName("Error Tolerance");
    static final ConfigKey<Boolean> LOG_ERRORS = ConfigKey.bool("errors.log.enable")
            .defaultsTo(false)
            .doc("Whether each record that was left out is logged, without its contents. Failures are always logged.")
            .group(ERRORS)
            .orderInGroup(4)
            .width(Width.SHORT)
            .displayName("Log Errors");
    static final ConfigKey<Boolean> LOG_CONTENTS = ConfigKey.bool("errors.log.include.messages")
            .defaultsTo(false)
            .doc("With errors.log.enable: whether the line says more of the record. Of a sink's record that is its"
                    + " timestamp; of a source's record its key and value, as JSON, which may be confidential.")
            .group(ERRORS)
            .orderInGroup(5)
            .width(Width.SHORT)
            .displayName("Log Error Details");
    static final ConfigKey<String> DEAD_LETTER_TOPIC = ConfigKey.string("errors.deadletterqueue.topic.name")
            .defaultsTo("")
            .check(Check.matching("[a-zA-Z0-9._-]{0,249}"))
            .doc("Topic that records go to which errors.tolerance=all would leave out otherwise. It is created with one"
                    + " partition when it is missing. Empty: none. A sink must not read it itself.")
            .group(ERRORS)
            .importance(Importance.MEDIUM)
            .orderInGroup(6)
            .width(Width.MEDIUM)
            .displayName("Dead Letter Queue Topic Name");
    static final ConfigKey<Short> DEAD_LETTER_COPIES = ConfigKey.shortInteger(
                    "errors.deadletterqueue.topic.replication.factor")
            .defaultsTo((short) 3)
            .doc(
                    "Copies of the dead letter topic when it is created. The built-in broker keeps one, whatever is given.")
            .group(ERRORS)
            .orderInGroup(7)
            .width(Width.MEDIUM)
            .displayName("Dead Letter Queue Topic Replication Factor");
    static final ConfigKey<Boolean> DEAD_LETTER_HEADERS = ConfigKey.bool(
                    "errors.deadletterqueue.context.headers.enable")
            .defaultsTo(false)
            .doc(
                    "Whether dead letters get headers that say where the record comes from and what was wrong with it. Their"
                            + " names begin with __connect.errors. and __sluice.errors.")
            .group(ERRORS)
            .importance(Importance.MEDIUM)
            .orderInGroup(8)
            .width(Width.MEDIUM)
            .displayName("Enable Error Context Headers");
    static final ConfigKey<Integer> BUDGET_RECORDS = ConfigKey.integer("errors.budget.records")
            .optional()
            .check(Check.between(1, 1_000_000))
            .doc(
                    "How many records each task may leave out or send to the dead letters within errors.budget.window. At the"
                            + " next one the connector is paused instead. Left out, there is no limit. Only in Sluice.")
            .group(ERRORS)
            .displayName("Failure budget");
    static final ConfigKey<Duration> BUDGET_WINDOW = ConfigKey.duration("errors.budget.window")
            .defaultsTo(Duration.ofMinutes(1))
            .check(Check.atLeast(Duration.ofMillis(1)))
            .doc("The time over which errors.budget.records counts. Only in Sluice.")
            .group(ERRORS)
            .displayName("Failure budget window");
    static final ConfigKey<Duration> PUT_RETRY_TIMEOUT = ConfigKey.duration("sink.put.retry.timeout.ms")
            .defaultsTo(Duration.ofMinutes(10))
            .check(Check.atLeast(Duration.ZERO))
            .doc("How long a batch that the sink refuses for now is given to it again, after growing pauses, before the"
                    + " task fails. 0: not at all. Only in Sluice; Kafka Connect tries for ever.")
            .group(ERRORS)
            .displayName("Put retry time-out");
    static final ConfigKey<List<String>> TOPICS = ConfigKey.list("topics")
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc("Topics to read. Either this or topics.regex must be given.")
            .group(COMMON)
            .orderInGroup(4)
            .importance(Importance.HIGH)
            .width(Width.LONG)
            .displayName("Topics");
    static final ConfigKey<Pattern> TOPICS_REGEX = ConfigKey.regex("topics.regex")
            .defaultsTo(Pattern.compile(""))
            .doc("Regular expression of Java that matches the whole names of the topics to read.")
            .group(COMMON)
            .orderInGroup(4)
            .importance(Importance.HIGH)
            .width(Width.LONG)
            .displayName("Topics regex");
    static final ConfigKey<String> EXACTLY_ONCE = ConfigKey.string("exactly.once.support")
            .defaultsTo("requested")
            .check(Check.oneOfIgnoringCase("requested", "required"))
            .doc(
                    "Whether the connector may run without exactly-once delivery: required refuses it where the worker or the"
                            + " connector's class cannot promise that, requested does not.")
            .group(EXACTLY_ONCE_GROUP)
            .orderInGroup(2)
            .width(Width.SHORT)
            .displayName("Exactly once support");
    static final ConfigKey<TransactionBoundary> TRANSACTION_BOUNDARY = ConfigKey.enumeration(
                    "transaction.boundary", TransactionBoundary.class)
            .defaultsTo(TransactionBoundary.POLL)
            .doc("What ends a transaction: each polled batch, time, or the connector, if it can.")
            .group(EXACTLY_ONCE_GROUP)
            .orderInGroup(3)
            .width(Width.SHORT)
            .displayName("Transaction Boundary");
    static final ConfigKey<Duration> TRANSACTION_INTERVAL = ConfigKey.duration("transaction.boundary.interval.ms")
            .optional()
            .check(Check.atLeast(Duration.ofMillis(1)))
            .doc("With transaction.boundary=interval: how long a transaction takes. Left out, it is the worker's"
                    + " offset.flush.interval.ms.")
            .group(EXACTLY_ONCE_GROUP)
            .orderInGroup(4)
            .importance(Importance.LOW)
            .width(Width.SHORT)
            .displayName("Transaction boundary interval");
    static final ConfigKey<String> OFFSETS_TOPIC = ConfigKey.string("offsets.storage.topic")
            .optional()
            .check(Check.nonEmpty())
            .doc("Topic for this connector's offsets. Here all connectors use the worker's offset.storage.topic.")
            .group(OFFSETS)
            .orderInGroup(1)
            .importance(Importance.LOW)
            .width(Width.LONG)
            .displayName("Offsets topic");
    static final ConfigKey<Duration> TRANSACTION_TIMEOUT = ConfigKey.duration(
                    "producer.override.transaction.timeout.ms")
            .optional()
            .check(Check.atLeast(Duration.ofMillis(1)))
            .doc(
                    "How long a transaction may stay open before the broker aborts it and the task fails. Left out, it is a"
                            + " minute more than the interval, or a minute.")
            .group(EXACTLY_ONCE_GROUP)
            .importance(Importance.LOW)
            .displayName("Transaction time-out");
    static final ConfigKey<Isolation> ISOLATION = ConfigKey.enumeration(
                    "consumer.override.isolation.level", Isolation.class)
            .optional()
            .doc("Whether this sink reads records of open and aborted transactions too; left out, the worker's"
                    + " consumer.isolation.level says it.")
            .group(COMMON)
            .importance(Importance.LOW)
            .displayName("Isolation level");

    static final ConfigKey<ReadingStart> READING_START = ConfigKey.enumeration(
                    "consumer.override.auto.offset.reset", ReadingStart.class)
            .optional()
            .doc("Where this sink begins in a partition of which it committed nothing: earliest, latest, or none, which"
                    + " fails. Left out, the worker's consumer.auto.offset.reset says it.")
            .group(COMMON)
            .importance(Importance.LOW)
            .displayName("Start of reading");
    static final ConfigKey<String> READING_GROUP = ConfigKey.string("consumer.override.group.id")
            .optional()
            .check(Check.nonEmpty())
            .doc(
                    "Name of the group under which this sink's offsets are committed; left out, it is connect- and the name.")
            .group(COMMON)
            .importance(Importance.LOW)
            .displayName("Consumer group");
    static final ConfigKey<Integer> READING_RECORDS = ConfigKey.integer("consumer.override.max.poll.records")
            .optional()
            .check(Check.atLeast(1))
            .doc("Records that a task of this sink is given in one put at most; left out, the worker's"
                    + " sink.batch.records.max says it.")
            .group(COMMON)
            .importance(Importance.LOW)
            .displayName("Records of a put");
    static final ConfigKey<Long> READING_BYTES = ConfigKey.size("consumer.override.fetch.max.bytes")
            .optional()
            .alias("consumer.override.max.partition.fetch.bytes")
            .check(Check.between(1L, (long) Integer.MAX_VALUE))
            .doc(
                    "Bytes that are read for one put of this sink at most; left out, the worker's sink.batch.bytes.max says"
                            + " it.")
            .group(COMMON)
            .importance(Importance.LOW)
            .displayName("Bytes of a put");
    /** The settings of Kafka's clients that act here. */
    static final Set<String> CLIENT_NAMES = Stream.of(
                    TRANSACTION_TIMEOUT, ISOLATION, READING_START, READING_GROUP, READING_RECORDS, READING_BYTES)
            .flatMap(key -> Stream.concat(Stream.of(key.name()), key.aliases().stream()))
            .collect(Collectors.toUnmodifiableSet());

    static final ConfigKey<Boolean> RESTARTS = ConfigKey.of("restart.policy", RestartPolicyType.INSTANCE)
            .defaultsTo(true)
            .doc(
                    "Whether a connector or task that failed starts again by itself: on-failure or never. What failed because of"
                            + " a setting or of one record never does: it would fail the same way. Only in Sluice.")
            .group(RESTART_GROUP)
            .displayName("Restart policy");
    static final ConfigKey<Integer> RESTART_ATTEMPTS = ConfigKey.integer("restart.attempts.max")
            .defaultsTo(10)
            .check(Check.atLeast(0))
            .doc("How often in a row it starts again before it stays failed. Only in Sluice.")
            .group(RESTART_GROUP)
            .displayName("Restart attempts");
    static final ConfigKey<Duration> RESTART_BACKOFF = restartPause("restart.backoff.ms", Duration.ofSeconds(1))
            .doc(
                    "The pause before the first of these starts; each further pause is about twice as long. Only in Sluice.")
            .displayName("Restart backoff");
    static final ConfigKey<Duration> RESTART_BACKOFF_MAX = restartPause("restart.backoff.max.ms", Duration.ofMinutes(5))
            .doc("The longest of these pauses. Only in Sluice.")
            .displayName("Longest restart backoff");
    static final ConfigKey<Duration> RESTART_RESET = restartPause("restart.reset.after.ms", Duration.ofMinutes(10))
            .doc("After running for this long, attempts and pauses begin anew. Only in Sluice.")
            .displayName("Restart reset");

    /** Known, and without effect here; giving one is a warning. */
    private static final List<ConfigKey<?>> UNUSED = List.of(TASKS_MAX_ENFORCE);

    private static final List<ConfigKey<?>> UNUSED_OF_SOURCES = List.of(OFFSETS_TOPIC);

    private static final ConfigSpec BOTH = ConfigSpec.of(
                    NAME,
                    CONNECTOR_CLASS,
                    CONNECTOR_VERSION,
                    TASKS_MAX,
                    TASKS_MAX_ENFORCE,
                    KEY_CONVERTER,
                    KEY_CONVERTER_VERSION,
                    VALUE_CONVERTER,
                    VALUE_CONVERTER_VERSION,
                    HEADER_CONVERTER,
                    HEADER_CONVERTER_VERSION,
                    TRANSFORMS,
                    PREDICATES,
                    RELOAD,
                    RETRY_TIMEOUT,
                    RETRY_DELAY_MAX,
                    TOLERANCE,
                    LOG_ERRORS,
                    LOG_CONTENTS,
                    DEAD_LETTER_TOPIC,
                    DEAD_LETTER_COPIES,
                    DEAD_LETTER_HEADERS,
                    BUDGET_RECORDS,
                    BUDGET_WINDOW,
                    RESTARTS,
                    RESTART_ATTEMPTS,
                    RESTART_BACKOFF,
                    RESTART_BACKOFF_MAX,
                    RESTART_RESET)
            .openPrefix(KEY_CONVERTER.name() + ".")
            .openPrefix(VALUE_CONVERTER.name() + ".")
            .openPrefix(HEADER_CONVERTER.name() + ".")
            .openPrefix("producer.override.")
            .openPrefix("consumer.override.")
            .openPrefix("admin.override.")
            .rule(UnusedKeys.warnOf(UNUSED))
            .rule(ConnectorRules::warnOfOrphanedConverterSettings)
            .rule(ClientRules::checkOverrides)
            .rule(ConnectorRules::checkPredicates)
            .rule(ConnectorRules::noteDeadLettersWithoutEffect);
    private static final ConfigSpec SINK = BOTH.plus(
                    TOPICS,
                    TOPICS_REGEX,
                    ISOLATION,
                    READING_START,
                    READING_GROUP,
                    READING_RECORDS,
                    READING_BYTES,
                    PUT_RETRY_TIMEOUT)
            .rule(ConnectorRules::checkTopics)
            .rule(ConnectorRules::checkDeadLetterTopic);
    private static final ConfigSpec SOURCE = BOTH.plus(
                    TopicCreationKeys.GROUPS,
                    EXACTLY_ONCE,
                    TRANSACTION_BOUNDARY,
                    TRANSACTION_INTERVAL,
                    OFFSETS_TOPIC,
                    TRANSACTION_TIMEOUT)
            .rule(UnusedKeys.warnOf(UNUSED_OF_SOURCES));

    /** Beginnings of the names that belong to converters, steps, clients and topic creation, not to a connector's plugin. */
    static final List<String> PREFIXES = List.of(
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "transforms.",
            "predicates.",
            "producer.override.",
            "consumer.override.",
            "admin.override.",
            "topic.creation.");

    /** The names that are the runtime's for one kind of connector at least. */
    static final Set<String> NAMES = Stream.of(SINK, SOURCE)
            .flatMap(spec -> spec.keys().stream())
            .map(ConfigKey::name)
            .collect(Collectors.toUnmodifiableSet());

    private ConnectorKeys() {}

    private static ConfigKey<String> converter(String name, String what, String displayName, int order) {
        return ConfigKey.className(name)
                .optional()
                .doc("Converter of " + what + " instead of the worker's. It takes only the settings that begin with "
                        + name + ". here, none of the worker's.")
                .group(COMMON)
                .orderInGroup(order)
                .importance(Importance.LOW)
                .width(Width.SHORT)
                .displayName(displayName);
    }

    private static ConfigKey<Duration> restartPause(String name, Duration value) {
        return ConfigKey.duration(name)
                .defaultsTo(value)
                .check(Check.atLeast(Duration.ofMillis(1)))
                .group(RESTART_GROUP)
                .importance(Importance.LOW);
    }

    private static ConfigKey<String> version(String name, String what, int order) {
        return ConfigKey.string(name)
                .optional()
                .check(VersionRange.CHECK)
                .doc("Version of " + what
                        + " that must be installed: latest, one version, or a range such as [1.0,2.0)."
                        + " Left out, the newest one runs.")
                .group(COMMON)
                .orderInGroup(order)
                .importance(Importance.LOW)
                .width(Width.SHORT);
    }

    /** Returns the settings of connectors of one kind with the transformations and predicates that are given. */
    static ConfigSpec spec(PluginKind kind, Map<String, String> given) {
        ConfigSpec spec = switch (kind) {
            case SINK -> SINK;
            case SOURCE -> TopicCreationKeys.addTo(SOURCE, given);
            case CONVERTER, HEADER_CONVERTER, TRANSFORMATION, PREDICATE, CONFIG_PROVIDER, BRIDGE ->
                throw new IllegalArgumentException("Cannot describe a connector of kind " + kind + ".");
        };
        for (String alias : aliases(TRANSFORMS, given)) {
            spec = spec.plus(StepKeys.transformation(alias));
        }
        for (String alias : aliases(PREDICATES, given)) {
            spec = spec.plus(StepKeys.predicate(alias));
        }
        return spec;
    }

    /** Aliases as far as they can be read: what is wrong with the list is reported when the list itself is read. */
    private static Set<String> aliases(ConfigKey<List<String>> key, Map<String, String> given) {
        try {
            return new LinkedHashSet<>(key.type().parse(given.getOrDefault(key.name(), "")));
        } catch (IllegalArgumentException e) {
            return new LinkedHashSet<>();
        }
    }
}
