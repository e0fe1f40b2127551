package dev.sluice.runtime.config;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.transport.Isolation;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The list of the settings that every connector has, whatever its plugin. Names and meanings are Kafka Connect's. */
final class ConnectorKeys {
    private static final String COMMON = "Common";
    private static final String ERRORS = "Error Handling";
    private static final String RESTART_GROUP = "Restarts";
    private static final String EXACTLY_ONCE_GROUP = "Exactly Once Support";

    static final ConfigKey<String> NAME = ConfigKey.string("name")
            .check(Check.nonEmpty().and(Check.noControlCharacters()))
            .doc("Name of the connector, unique in the worker.")
            .group(COMMON)
            .importance(Importance.HIGH)
            .width(Width.MEDIUM)
            .displayName("Connector name");
    static final ConfigKey<String> CONNECTOR_CLASS = ConfigKey.className("connector.class")
            .doc("Class name or alias of the connector, such as FileStreamSource.")
            .group(COMMON)
            .importance(Importance.HIGH)
            .width(Width.LONG)
            .displayName("Connector class");
    static final ConfigKey<Integer> TASKS_MAX = ConfigKey.integer("tasks.max")
            .defaultsTo(1)
            .check(Check.atLeast(1))
            .doc("How many tasks the connector may split its work into.")
            .group(COMMON)
            .importance(Importance.HIGH)
            .width(Width.SHORT)
            .displayName("Tasks max");
    static final ConfigKey<String> KEY_CONVERTER = converter("key.converter", "keys", "Key converter class");
    static final ConfigKey<String> VALUE_CONVERTER = converter("value.converter", "values", "Value converter class");
    static final ConfigKey<String> HEADER_CONVERTER =
            converter("header.converter", "header values", "Header converter class");
    static final ConfigKey<List<String>> TRANSFORMS = ConfigKey.list("transforms")
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc("Aliases of the transformations in the order in which they apply. Each needs transforms.<alias>.type.")
            .group("Transforms")
            .importance(Importance.LOW)
            .width(Width.LONG)
            .displayName("Transforms");
    static final ConfigKey<List<String>> PREDICATES = ConfigKey.list("predicates")
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc("Aliases of the predicates that transformations refer to. Each needs predicates.<alias>.type.")
            .group("Predicates")
            .importance(Importance.LOW)
            .width(Width.LONG)
            .displayName("Predicates");
    static final ConfigKey<Duration> RETRY_TIMEOUT = ConfigKey.duration("errors.retry.timeout")
            .defaultsTo(Duration.ZERO)
            .check(Check.atLeast(Duration.ofMillis(-1)))
            .doc(
                    "How long a conversion or transformation that asks for it is tried again; 0: not at all, -1: for ever.")
            .group(ERRORS)
            .displayName("Retry Timeout for Errors");
    static final ConfigKey<Duration> RETRY_DELAY_MAX = ConfigKey.duration("errors.retry.delay.max.ms")
            .defaultsTo(Duration.ofMinutes(1))
            .check(Check.atLeast(Duration.ofMillis(1)))
            .doc("The longest pause between two tries. The first is 300 ms, and each further one twice as long.")
            .group(ERRORS)
            .displayName("Maximum Delay Between Retries for Errors");
    static final ConfigKey<Tolerance> TOLERANCE = ConfigKey.enumeration("errors.tolerance", Tolerance.class)
            .defaultsTo(Tolerance.NONE)
            .doc("What happens to a record that cannot be converted or transformed: none lets the task fail, all leaves"
                    + " the record out.")
            .group(ERRORS)
            .displayName("Error Tolerance");
    static final ConfigKey<Boolean> LOG_ERRORS = ConfigKey.bool("errors.log.enable")
            .defaultsTo(false)
            .doc("Whether each record that was left out is logged, without its contents. Failures are always logged.")
            .group(ERRORS)
            .displayName("Log Errors");
    static final ConfigKey<List<String>> TOPICS = ConfigKey.list("topics")
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc("Topics to read. Either this or topics.regex must be given.")
            .group(COMMON)
            .importance(Importance.HIGH)
            .width(Width.LONG)
            .displayName("Topics");
    static final ConfigKey<Pattern> TOPICS_REGEX = ConfigKey.regex("topics.regex")
            .optional()
            .doc("Regular expression of Java that matches the whole names of the topics to read.")
            .group(COMMON)
            .importance(Importance.HIGH)
            .width(Width.LONG)
            .displayName("Topics regex");
    static final ConfigKey<String> DEAD_LETTER_TOPIC = ConfigKey.string("errors.deadletterqueue.topic.name")
            .defaultsTo("")
            .doc("Topic for records that cannot be converted or transformed. Not supported by this version.")
            .group(ERRORS)
            .displayName("Dead Letter Queue Topic Name");
    static final ConfigKey<String> EXACTLY_ONCE = ConfigKey.string("exactly.once.support")
            .defaultsTo("requested")
            .check(Check.oneOfIgnoringCase("requested", "required"))
            .doc(
                    "Whether the connector may run without exactly-once delivery: required refuses it where the worker or the"
                            + " connector's class cannot promise that, requested does not.")
            .group(EXACTLY_ONCE_GROUP)
            .displayName("Exactly once support");
    static final ConfigKey<TransactionBoundary> TRANSACTION_BOUNDARY = ConfigKey.enumeration(
                    "transaction.boundary", TransactionBoundary.class)
            .defaultsTo(TransactionBoundary.POLL)
            .doc("What ends a transaction: each polled batch, time, or the connector, if it can.")
            .group(EXACTLY_ONCE_GROUP)
            .displayName("Transaction Boundary");
    static final ConfigKey<Duration> TRANSACTION_INTERVAL = ConfigKey.duration("transaction.boundary.interval.ms")
            .optional()
            .check(Check.atLeast(Duration.ofMillis(1)))
            .doc("With transaction.boundary=interval: how long a transaction takes. Left out, it is the worker's"
                    + " offset.flush.interval.ms.")
            .group(EXACTLY_ONCE_GROUP)
            .importance(Importance.LOW)
            .displayName("Transaction boundary interval");
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

    private static final List<String> UNUSED = List.of(
            "config.action.reload",
            "connector.plugin.version",
            "errors.log.include.messages",
            "header.converter.plugin.version",
            "key.converter.plugin.version",
            "tasks.max.enforce",
            "value.converter.plugin.version");
    private static final List<String> UNUSED_OF_SINKS =
            List.of("errors.deadletterqueue.context.headers.enable", "errors.deadletterqueue.topic.replication.factor");
    private static final List<String> UNUSED_OF_SOURCES = List.of("offsets.storage.topic");

    private static final ConfigSpec BOTH = UnusedKeys.addTo(
                    ConfigSpec.of(
                            NAME,
                            CONNECTOR_CLASS,
                            TASKS_MAX,
                            KEY_CONVERTER,
                            VALUE_CONVERTER,
                            HEADER_CONVERTER,
                            TRANSFORMS,
                            PREDICATES,
                            RETRY_TIMEOUT,
                            RETRY_DELAY_MAX,
                            TOLERANCE,
                            LOG_ERRORS,
                            RESTARTS,
                            RESTART_ATTEMPTS,
                            RESTART_BACKOFF,
                            RESTART_BACKOFF_MAX,
                            RESTART_RESET),
                    UNUSED)
            .openPrefix(KEY_CONVERTER.name() + ".")
            .openPrefix(VALUE_CONVERTER.name() + ".")
            .openPrefix(HEADER_CONVERTER.name() + ".")
            .openPrefix("producer.override.")
            .openPrefix("consumer.override.")
            .openPrefix("admin.override.")
            .rule(ConnectorRules::warnOfOrphanedConverterSettings)
            .rule(ConnectorRules::noteClientOverrides)
            .rule(ConnectorRules::checkPredicates);
    private static final ConfigSpec SINK = UnusedKeys.addTo(
                    BOTH.plus(TOPICS, TOPICS_REGEX, DEAD_LETTER_TOPIC, ISOLATION), UNUSED_OF_SINKS)
            .rule(ConnectorRules::checkTopics)
            .rule(ConnectorRules::checkDeadLetterTopic);
    private static final ConfigSpec SOURCE = UnusedKeys.addPrefixesTo(
            UnusedKeys.addTo(
                    BOTH.plus(EXACTLY_ONCE, TRANSACTION_BOUNDARY, TRANSACTION_INTERVAL, TRANSACTION_TIMEOUT),
                    UNUSED_OF_SOURCES),
            List.of("topic.creation."));

    private ConnectorKeys() {}

    private static ConfigKey<String> converter(String name, String what, String displayName) {
        return ConfigKey.className(name)
                .optional()
                .doc("Converter of " + what + " instead of the worker's. It takes only the settings that begin with "
                        + name + ". here, none of the worker's.")
                .group(COMMON)
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

    /** Returns the settings of connectors of one kind with the transformations and predicates that are given. */
    static ConfigSpec spec(PluginKind kind, Map<String, String> given) {
        ConfigSpec spec = switch (kind) {
            case SINK -> SINK;
            case SOURCE -> SOURCE;
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
