package dev.sluice.runtime.config;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.runtime.transport.Isolation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of a worker. All have defaults, so that none need be given. Immutable. */
public final class WorkerConfig {
    private static final String VERSION_PIN = "plugin.version";

    private final Config config;

    private WorkerConfig(Config config) {
        this.config = config;
    }

    /**
     * Reads settings.
     *
     * @param settings texts by name, as in a worker file
     * @return the settings
     * @throws ConfigException with every problem at once
     */
    public static WorkerConfig parse(Map<String, String> settings) {
        return new WorkerConfig(WorkerKeys.SPEC.parse(new LinkedHashMap<>(settings)));
    }

    /** Returns the definitions of all settings, for reference pages. */
    public static ConfigSpec spec() {
        return WorkerKeys.SPEC;
    }

    /** Returns what is remarkable about the settings though they can be used. */
    public List<ConfigProblem> warnings() {
        return config.warnings();
    }

    /** Returns where REST listens; each has host and port. Port 0 is any free one. */
    public List<URI> listeners() {
        return config.get(RestKeys.LISTENERS);
    }

    /** Returns the settings of the REST API. */
    public RestConfig rest() {
        return new RestConfig(config);
    }

    /** Returns the plugin folders beside those that are shipped, absolute. */
    public List<Path> pluginPath() {
        return config.get(WorkerKeys.PLUGIN_PATH).stream()
                .map(WorkerConfig::absolute)
                .toList();
    }

    /** Returns the config providers that replace variables. */
    public List<ProviderChoice> configProviders() {
        return ProviderKeys.choices(config);
    }

    /** Returns the converter of keys for connectors that name none. */
    public ConverterChoice keyConverter() {
        return converter(WorkerKeys.KEY_CONVERTER);
    }

    /** Returns the converter of values for connectors that name none. */
    public ConverterChoice valueConverter() {
        return converter(WorkerKeys.VALUE_CONVERTER);
    }

    /** Returns the converter of header values for connectors that name none. */
    public ConverterChoice headerConverter() {
        return converter(WorkerKeys.HEADER_CONVERTER);
    }

    private ConverterChoice converter(ConfigKey<String> key) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (!config.isSet(key) && config.get(key).equals(WorkerKeys.CONVERTER_DEFAULT)) {
            settings.put("schemas.enable", "false");
        }
        settings.putAll(config.withPrefix(key.name() + ".").originals());
        settings.remove(VERSION_PIN);
        return new ConverterChoice(config.get(key), settings);
    }

    /** Returns the broker's data directory, absolute. */
    public Path dataDir() {
        return absolute(config.get(WorkerKeys.DATA_DIR));
    }

    /** Returns where the broker shall serve Kafka clients; empty: only this process. */
    public List<URI> brokerListeners() {
        return config.get(WorkerKeys.BROKER_LISTENERS);
    }

    /**
     * Returns the broker's settings under Kafka's server keys, the data directory as {@code log.dirs} among them, and {@code
     * listeners} only where the broker shall serve other processes. The broker checks them; its names lack the {@code broker.} that they have in a worker file.
     */
    public Map<String, String> brokerSettings() {
        Map<String, String> settings =
                new LinkedHashMap<>(config.withPrefix(WorkerKeys.BROKER_PREFIX).originals());
        // Read here, in words of our own: these are no keys of Kafka's server.
        settings.keySet().removeAll(List.of("data.dir", "log.dir"));
        settings.put("log.dirs", dataDir().toString());
        if (brokerListeners().isEmpty()) {
            settings.remove("listeners");
        }
        return Map.copyOf(settings);
    }

    /** Returns the number of partitions of topics that are created on their first write. */
    public int topicPartitionsDefault() {
        return config.get(WorkerKeys.BROKER_PARTITIONS);
    }

    /** Returns whether a source's first write to a topic creates it. */
    public boolean createsTopics() {
        return config.get(WorkerKeys.TOPIC_CREATION);
    }

    /** Returns the topics in which the worker keeps its own state. */
    public Set<String> storageTopics() {
        return Set.of(configTopic(), offsetTopic(), statusTopic());
    }

    /** Returns the topic of connector configs. */
    public String configTopic() {
        return config.get(WorkerKeys.CONFIG_TOPIC);
    }

    /** Returns the topic of source offsets. */
    public String offsetTopic() {
        return config.get(WorkerKeys.OFFSET_TOPIC);
    }

    /** Returns the topic of statuses. */
    public String statusTopic() {
        return config.get(WorkerKeys.STATUS_TOPIC);
    }

    /** Returns how often offsets are committed. */
    public Duration offsetFlushInterval() {
        return config.get(WorkerKeys.OFFSET_FLUSH_INTERVAL);
    }

    /** Returns how long one commit of offsets may take. */
    public Duration offsetFlushTimeout() {
        return config.get(WorkerKeys.OFFSET_FLUSH_TIMEOUT);
    }

    /** Returns the name of the worker group. */
    public String group() {
        return config.get(WorkerKeys.GROUP);
    }

    /** Returns whether sources deliver exactly once. */
    public ExactlyOnceSources exactlyOnceSources() {
        return config.get(WorkerKeys.EXACTLY_ONCE_SOURCES);
    }

    /** Returns which records sinks read, unless a connector says otherwise. */
    public Isolation sinkIsolation() {
        return config.get(WorkerKeys.SINK_ISOLATION);
    }

    /** Returns where sinks begin in a partition of which nothing is committed, unless a connector says otherwise. */
    public ReadingStart readingStart() {
        return config.get(WorkerKeys.READING_START);
    }

    /** Returns which settings of Kafka's clients connectors may override. */
    public OverridePolicy overridePolicy() {
        return config.get(WorkerKeys.OVERRIDE_POLICY);
    }

    /** Returns the names in the client that {@link OverridePolicy#ALLOWLIST} lets pass. */
    public List<String> overrideAllowlist() {
        return config.get(WorkerKeys.OVERRIDE_ALLOWLIST);
    }

    /**
     * Reads the config providers out of settings of which everything else may still hold variables.
     *
     * @throws ConfigException with every problem of theirs
     */
    public static List<ProviderChoice> configProviders(Map<String, String> settings) {
        return ProviderKeys.parse(settings);
    }

    /** Returns how long all tasks together may take to stop. */
    public Duration shutdownTimeout() {
        return config.get(WorkerKeys.SHUTDOWN_TIMEOUT);
    }

    /** Returns whether the worker notes which topics each connector uses. */
    public boolean tracksTopics() {
        return config.get(WorkerKeys.TOPIC_TRACKING);
    }

    /** Returns whether what is noted of topics may be forgotten. */
    public boolean allowsTopicReset() {
        return config.get(WorkerKeys.TOPIC_TRACKING_RESET);
    }

    /** Returns how long a task may have work without progress before it counts as stalled. */
    public Duration stalledAfter() {
        return config.get(WorkerKeys.STALLED_AFTER);
    }

    /** Returns how long a sink may have taken records without confirming any before it counts as stalled. */
    public Duration unconfirmedAfter() {
        return config.get(WorkerKeys.UNCONFIRMED_AFTER);
    }

    /** Returns how long one call into a plugin may take. */
    public Duration callTimeout() {
        return config.get(WorkerKeys.CALL_TIMEOUT);
    }

    /** Returns how many records of a source task may be on their way. */
    public int inflightRecordsMax() {
        return config.get(WorkerKeys.INFLIGHT_RECORDS);
    }

    /** Returns how many bytes of a source task may be on their way. */
    public long inflightBytesMax() {
        return config.get(WorkerKeys.INFLIGHT_BYTES);
    }

    /** Returns how many records a put is given at most. */
    public int sinkBatchRecordsMax() {
        return config.get(WorkerKeys.SINK_BATCH_RECORDS);
    }

    /** Returns how many bytes are read for one put at most. */
    public int sinkBatchBytesMax() {
        return Math.toIntExact(config.get(WorkerKeys.SINK_BATCH_BYTES));
    }

    /** Returns how many bytes all tasks together may have in hand; by default a quarter of the heap. */
    public long bufferBytesMax() {
        return config.find(WorkerKeys.BUFFER_BYTES)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / 4);
    }

    /** Returns how lines of the log are written. */
    public LogFormat logFormat() {
        return config.get(LogKeys.FORMAT);
    }

    /** Returns what of the metrics is shown. */
    public MetricsSettings metrics() {
        return MetricsKeys.settings(config);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** Returns the known settings, secrets hidden. */
    @Override
    public String toString() {
        return "Worker" + config;
    }
}
