package dev.sluice.runtime.config;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.NearestName;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.transport.Isolation;
import dev.sluice.runtime.transport.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connector that the runtime itself acts on. What the connector's plugin knows beside them is read by
 * the plugin's own spec from {@link #originals()}. Immutable.
 */
public final class ConnectorConfig {
    private static final String GROUP_PREFIX = "connect-";

    private final PluginKind kind;
    private final Config config;
    private final WorkerConfig worker;

    private ConnectorConfig(PluginKind kind, Config config, WorkerConfig worker) {
        this.kind = kind;
        this.config = config;
        this.worker = worker;
    }

    /**
     * Returns the class that a connector names, which must be known before the rest can be read.
     *
     * @param settings all settings of the connector
     * @return class name or alias
     * @throws ConfigException if none is given
     */
    public static String connectorClass(Map<String, String> settings) {
        ConfigSpec spec = ConfigSpec.of(ConnectorKeys.CONNECTOR_CLASS);
        return spec.parse(new LinkedHashMap<>(settings)).get(ConnectorKeys.CONNECTOR_CLASS);
    }

    /**
     * Reads the runtime's part of the settings.
     *
     * @param settings all settings of the connector
     * @param kind source or sink
     * @param worker gives the converters that the connector does not name
     * @return the settings
     * @throws ConfigException with every problem of the runtime's part at once
     */
    public static ConnectorConfig parse(Map<String, String> settings, PluginKind kind, WorkerConfig worker) {
        Map<String, @Nullable String> given = new LinkedHashMap<>(settings);
        Config config = spec(kind, settings).parse(given);
        DeadLetterSettings.problem(config.get(ConnectorKeys.DEAD_LETTER_TOPIC), worker)
                .ifPresent(problem -> {
                    throw new ConfigException(List.of(problem));
                });
        return new ConnectorConfig(kind, config, worker);
    }

    /**
     * Returns the definitions of the settings that every connector of a kind has, with those of the transformations and
     * predicates that the given settings name.
     *
     * @param kind source or sink
     * @param settings settings of a connector; may be empty
     */
    public static ConfigSpec spec(PluginKind kind, Map<String, String> settings) {
        return ConnectorKeys.spec(kind, settings);
    }

    /** Returns whether a setting of that name is the runtime's own, of sources or sinks, whatever else is set. */
    public static boolean isFrameworkName(String name) {
        return ConnectorKeys.NAMES.contains(name);
    }

    /** Returns the settings that Kafka Connect lists for every connector of a kind, in its order; others are Sluice's alone. */
    public static List<String> connectNames(PluginKind kind) {
        return ConnectNames.of(kind);
    }

    /** Returns the definition of an override of a Kafka client that has no effect here; empty for other settings. */
    public static Optional<ConfigKey<?>> override(String name) {
        return ClientKeys.override(name)
                .flatMap(given -> given.client()
                        .spec()
                        .prefixed(given.client().overridePrefix())
                        .key(name));
    }

    /** Returns whether a setting of that name is never the connector's plugin's: one of a converter, a step or a client. */
    public static boolean isFrameworkPrefix(String name) {
        return ConnectorKeys.PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Returns whether this is a source or a sink. */
    public PluginKind kind() {
        return kind;
    }

    /** Returns the name. */
    public String name() {
        return config.get(ConnectorKeys.NAME);
    }

    /** Returns class name or alias of the connector, as given. */
    public String connectorClass() {
        return config.get(ConnectorKeys.CONNECTOR_CLASS);
    }

    /** Returns how many tasks there may be. */
    public int tasksMax() {
        return config.get(ConnectorKeys.TASKS_MAX);
    }

    /** Returns the converter of keys: the connector's own with its own settings only, else the worker's. */
    public ConverterChoice keyConverter() {
        return converter(ConnectorKeys.KEY_CONVERTER, worker.keyConverter());
    }

    /** Returns the converter of values, as for keys. */
    public ConverterChoice valueConverter() {
        return converter(ConnectorKeys.VALUE_CONVERTER, worker.valueConverter());
    }

    /** Returns the converter of header values, as for keys. */
    public ConverterChoice headerConverter() {
        return converter(ConnectorKeys.HEADER_CONVERTER, worker.headerConverter());
    }

    private ConverterChoice converter(ConfigKey<String> key, ConverterChoice inherited) {
        return config.find(key)
                .map(name -> new ConverterChoice(name, own(key.name() + ".", Set.of("plugin.version"))))
                .orElse(inherited);
    }

    /** Returns what happens when a value changes that a config provider gave. */
    public ReloadAction reloadAction() {
        return config.get(ConnectorKeys.RELOAD);
    }

    /** Returns the transformations in the order in which they apply. */
    public List<TransformStep> transforms() {
        return config.get(ConnectorKeys.TRANSFORMS).stream().map(this::step).toList();
    }

    private TransformStep step(String alias) {
        String prefix = StepKeys.transformationPrefix(alias);
        Config part = config.withPrefix(prefix);
        return new TransformStep(
                alias,
                part.get(StepKeys.TYPE),
                own(prefix, StepKeys.OF_TRANSFORMATION),
                part.find(StepKeys.PREDICATE).orElse(null),
                part.get(StepKeys.NEGATE));
    }

    /** Returns the predicates that transformations refer to. */
    public List<PredicateChoice> predicates() {
        return config.get(ConnectorKeys.PREDICATES).stream()
                .map(this::predicate)
                .toList();
    }

    private PredicateChoice predicate(String alias) {
        String prefix = StepKeys.predicatePrefix(alias);
        String type = config.withPrefix(prefix).get(StepKeys.TYPE);
        return new PredicateChoice(alias, type, own(prefix, StepKeys.OF_PREDICATE));
    }

    private Map<String, String> own(String prefix, Set<String> frameworks) {
        Map<String, String> settings =
                new LinkedHashMap<>(config.withPrefix(prefix).originals());
        settings.keySet().removeAll(frameworks);
        return settings;
    }

    /** Returns the topics that a sink lists; empty if it gives a pattern, and for a source. */
    public List<String> topics() {
        return kind == PluginKind.SINK ? config.get(ConnectorKeys.TOPICS) : List.of();
    }

    /** Returns the pattern of the whole names of the topics that a sink reads; empty if it lists them. */
    public Optional<Pattern> topicsRegex() {
        return topics().isEmpty() && kind == PluginKind.SINK
                ? Optional.of(config.get(ConnectorKeys.TOPICS_REGEX))
                        .filter(regex -> !regex.pattern().isEmpty())
                : Optional.empty();
    }

    /** Returns the topics in which the worker keeps its own state, which no pattern of a sink is meant to match. */
    public Set<String> storageTopics() {
        return worker.storageTopics();
    }

    /** Returns what happens to records that cannot be converted, transformed or written. */
    public ErrorSettings errors() {
        return new ErrorSettings(
                config.get(ConnectorKeys.TOLERANCE),
                errorLog(),
                config.get(ConnectorKeys.RETRY_TIMEOUT),
                config.get(ConnectorKeys.RETRY_DELAY_MAX),
                Optional.of(config.get(ConnectorKeys.DEAD_LETTER_TOPIC))
                        .filter(topic -> !topic.isEmpty())
                        .map(topic -> new DeadLetterSettings(topic, config.get(ConnectorKeys.DEAD_LETTER_HEADERS))),
                config.find(ConnectorKeys.BUDGET_RECORDS)
                        .map(count -> new BudgetSettings(count, config.get(ConnectorKeys.BUDGET_WINDOW))));
    }

    private ErrorLog errorLog() {
        if (!config.get(ConnectorKeys.LOG_ERRORS)) {
            return ErrorLog.OFF;
        }
        return config.get(ConnectorKeys.LOG_CONTENTS) ? ErrorLog.CONTENTS : ErrorLog.PLACE;
    }

    /** Returns how long a sink's batch is put again after retriable failures. */
    public Duration putRetryTimeout() {
        return config.get(ConnectorKeys.PUT_RETRY_TIMEOUT);
    }

    /**
     * Returns what happens when the connector or a task of it fails. Settings that cannot be read count as left out: a
     * connector that fails because of them fails for good anyway.
     *
     * @param settings all settings of the connector
     */
    public static RestartSettings restarts(Map<String, String> settings) {
        ConfigSpec spec = ConfigSpec.of(
                        ConnectorKeys.RESTARTS,
                        ConnectorKeys.RESTART_ATTEMPTS,
                        ConnectorKeys.RESTART_BACKOFF,
                        ConnectorKeys.RESTART_BACKOFF_MAX,
                        ConnectorKeys.RESTART_RESET)
                .openPrefix("");
        Config read = readable(spec, settings);
        return new RestartSettings(
                read.get(ConnectorKeys.RESTARTS),
                read.get(ConnectorKeys.RESTART_ATTEMPTS),
                read.get(ConnectorKeys.RESTART_BACKOFF),
                read.get(ConnectorKeys.RESTART_BACKOFF_MAX),
                read.get(ConnectorKeys.RESTART_RESET));
    }

    private static Config readable(ConfigSpec spec, Map<String, String> settings) {
        try {
            return spec.parse(new LinkedHashMap<>(settings));
        } catch (ConfigException unreadable) {
            return spec.parse(Map.of());
        }
    }

    /** Returns which records a sink reads; for a source, which records the worker's sinks read. */
    public Isolation isolation() {
        return kind == PluginKind.SINK
                ? config.find(ConnectorKeys.ISOLATION).orElse(worker.sinkIsolation())
                : worker.sinkIsolation();
    }

    /** Returns the group under which a sink's offsets are committed, as Kafka Connect names it unless told otherwise. */
    public String sinkGroup() {
        return kind == PluginKind.SINK
                ? config.find(ConnectorKeys.READING_GROUP).orElse(GROUP_PREFIX + name())
                : GROUP_PREFIX + name();
    }

    /**
     * Returns the group of a sink whose settings need not be readable in all.
     *
     * @param settings all settings of the connector, resolved
     */
    public static String sinkGroup(String name, Map<String, String> settings) {
        String given = settings.getOrDefault(ConnectorKeys.READING_GROUP.name(), "");
        return given.isBlank() ? GROUP_PREFIX + name : given;
    }

    /** Returns where a sink begins in a partition of which nothing is committed. */
    public ReadingStart readingStart() {
        return kind == PluginKind.SINK
                ? config.find(ConnectorKeys.READING_START).orElse(worker.readingStart())
                : worker.readingStart();
    }

    /** Returns how many records a put is given at most. */
    public int sinkBatchRecordsMax() {
        return kind == PluginKind.SINK
                ? config.find(ConnectorKeys.READING_RECORDS).orElse(worker.sinkBatchRecordsMax())
                : worker.sinkBatchRecordsMax();
    }

    /** Returns how many bytes are read for one put at most. */
    public int sinkBatchBytesMax() {
        return kind == PluginKind.SINK
                ? config.find(ConnectorKeys.READING_BYTES).map(Math::toIntExact).orElse(worker.sinkBatchBytesMax())
                : worker.sinkBatchBytesMax();
    }

    /** Returns whether a source must not run unless it delivers exactly once. */
    public boolean requiresExactlyOnce() {
        return kind == PluginKind.SOURCE
                && config.get(ConnectorKeys.EXACTLY_ONCE).equalsIgnoreCase("required");
    }

    /** Returns how a source writes in transactions; empty if it delivers at least once, and for a sink. */
    public Optional<TransactionSettings> transactions() {
        if (kind != PluginKind.SOURCE || worker.exactlyOnceSources() != ExactlyOnceSources.ENABLED) {
            return Optional.empty();
        }
        TransactionBoundary boundary = config.get(ConnectorKeys.TRANSACTION_BOUNDARY);
        Duration interval = config.find(ConnectorKeys.TRANSACTION_INTERVAL).orElse(worker.offsetFlushInterval());
        Duration longest = boundary == TransactionBoundary.INTERVAL ? interval : Duration.ZERO;
        return Optional.of(new TransactionSettings(
                worker.group() + "-" + name() + "-",
                boundary,
                interval,
                config.find(ConnectorKeys.TRANSACTION_TIMEOUT).orElse(longest.plusMinutes(1))));
    }

    /** Returns how a source's new topics are made. */
    public TopicCreation topicCreation() {
        if (kind != PluginKind.SOURCE
                || !TopicCreationKeys.areUsed(config.originals().keySet())) {
            return TopicCreation.DEFAULTS;
        }
        TopicSettings others = newTopics(TopicCreationKeys.DEFAULT_GROUP, TopicSettings.DEFAULT);
        List<TopicCreation.Group> groups = config.get(TopicCreationKeys.GROUPS).stream()
                .filter(group -> !group.equals(TopicCreationKeys.DEFAULT_GROUP))
                .map(group -> topicGroup(group, others.partitionCount()))
                .toList();
        return new TopicCreation(groups, others);
    }

    private TopicCreation.Group topicGroup(String group, int inheritedCount) {
        Config part = config.withPrefix(TopicCreationKeys.prefix(group));
        return new TopicCreation.Group(
                part.get(TopicCreationKeys.INCLUDE),
                part.get(TopicCreationKeys.EXCLUDE),
                newTopics(group, inheritedCount));
    }

    private TopicSettings newTopics(String group, int inheritedCount) {
        String prefix = TopicCreationKeys.prefix(group);
        int partitionCount =
                config.withPrefix(prefix).find(TopicCreationKeys.PARTITIONS).orElse(inheritedCount);
        return new TopicSettings(partitionCount, own(prefix, TopicCreationKeys.OWN));
    }

    /** Returns all settings as given, those of the plugin included, secrets in clear. */
    public Map<String, String> originals() {
        return config.originals();
    }

    /**
     * Returns what is remarkable about the settings though they can be used: names that neither the runtime nor the
     * plugin knows, and names without effect.
     *
     * @param plugin the spec of the connector's plugin
     */
    public List<ConfigProblem> warnings(ConfigSpec plugin) {
        ConfigSpec framework = spec(kind, originals());
        List<ConfigProblem> warnings = new ArrayList<>();
        for (String name : originals().keySet()) {
            if (!knows(framework, name) && !knows(plugin, name)) {
                warnings.add(unknown(name, framework, plugin));
            }
        }
        config.warnings().stream()
                .filter(problem -> knows(framework, problem.key()))
                .forEach(warnings::add);
        return List.copyOf(warnings);
    }

    private static boolean knows(ConfigSpec spec, String name) {
        return spec.key(name).isPresent()
                || spec.removedKeys().containsKey(name)
                || spec.openPrefixes().stream().anyMatch(name::startsWith);
    }

    private static ConfigProblem unknown(String name, ConfigSpec framework, ConfigSpec plugin) {
        List<String> known = new ArrayList<>();
        framework.keys().forEach(key -> known.add(key.name()));
        plugin.keys().forEach(key -> known.add(key.name()));
        String fix = NearestName.of(name, known)
                .map(near -> "Did you mean " + near + "?")
                .orElse(null);
        return ConfigProblem.warning(name, "Setting " + name + " is not known and has no effect.", fix);
    }

    /** Returns the known settings, secrets hidden; nothing of the plugin's. */
    @Override
    public String toString() {
        return "Connector" + config;
    }
}
