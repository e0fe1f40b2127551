package dev.sluice.broker;

import dev.sluice.broker.group.CoordinatorSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a broker, read once from the keys of Kafka's {@code server.properties}.
 *
 * @param dataDir the data directory
 * @param values every setting that was given or has a default, by key
 * @param warnings one sentence per key that nobody knows; for whoever wrote the settings
 * @param notes one sentence per key of Kafka's that has no effect here, saying what holds instead
 */
public record BrokerConfig(Path dataDir, Map<String, Object> values, List<String> warnings, List<String> notes) {
    private static final Map<String, Object> DEFAULTS = BrokerSettings.ALL.stream()
            .filter(setting -> setting.defaultValue() != null)
            .collect(Collectors.toUnmodifiableMap(BrokerSetting::key, BrokerSetting::defaultValue));

    public BrokerConfig {
        values = Map.copyOf(values);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /**
     * Reads settings.
     *
     * @param properties Kafka's server keys and their texts; {@code log.dirs} is required
     * @return the settings
     * @throws BrokerException.BadConfig with every problem at once
     */
    public static BrokerConfig of(Map<String, String> properties) {
        List<String> problems = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        for (BrokerSetting<?> setting : BrokerSettings.ALL) {
            read(setting, properties.get(setting.key()), values, problems);
        }
        readListenerSettings(properties, values, problems);
        refuseAccessRules(properties, problems);
        Object directory = values.getOrDefault(
                BrokerSettings.LOG_DIRS.key(), values.getOrDefault(BrokerSettings.LOG_DIR.key(), ""));
        if (directory.equals("") && problems.isEmpty()) {
            problems.add(
                    "Cannot open the broker: log.dirs is missing. Set log.dirs to the path of its data directory.");
        }
        if (problems.isEmpty() && properties.keySet().stream().anyMatch(key -> key.startsWith("group."))) {
            CoordinatorSettings.problem(GroupSettings.texts(values)).ifPresent(problems::add);
        }
        FlushPolicy.problem(properties).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new BrokerException.BadConfig(problems);
        }
        List<String> unread = unread(properties);
        return new BrokerConfig(Path.of(directory.toString()), values, warnings(unread), notes(unread));
    }

    /** To ignore them would open what somebody has closed. */
    private static void refuseAccessRules(Map<String, String> properties, List<String> problems) {
        String rules = properties.getOrDefault("authorizer.class.name", "");
        if (!rules.isBlank()) {
            problems.add("Cannot use authorizer.class.name=" + rules + ": the built-in broker has no access rules,"
                    + " everybody who is let in may do everything. Leave it out and let in only whom you trust.");
        }
    }

    private static void readListenerSettings(
            Map<String, String> properties, Map<String, Object> values, List<String> problems) {
        properties.forEach((key, text) -> ListenerSettings.find(key)
                .ifPresent(setting -> parse(key.toLowerCase(Locale.ROOT), setting, text, values, problems)));
    }

    private static void read(
            BrokerSetting<?> setting, @Nullable String text, Map<String, Object> values, List<String> problems) {
        if (text != null) {
            parse(setting.key(), setting, text, values, problems);
        } else if (setting.defaultValue() != null) {
            values.put(setting.key(), setting.defaultValue());
        }
    }

    private static void parse(
            String key, BrokerSetting<?> setting, String text, Map<String, Object> values, List<String> problems) {
        Optional<?> value = setting.parser().apply(text.strip());
        if (value.isEmpty()) {
            problems.add("Cannot use " + key + "=" + text + ": must be " + setting.expectation() + ". "
                    + "Correct it or leave it out.");
            return;
        }
        values.put(key, value.get());
    }

    private static List<String> warnings(List<String> keys) {
        List<String> known = BrokerSettings.ALL.stream().map(BrokerSetting::key).toList();
        return keys.stream()
                .filter(key -> UnusedSettings.instead(key).isEmpty())
                .map(key -> "The setting " + key + " is unknown and ignored. Did you mean " + NearestKey.of(key, known)
                        + "?")
                .toList();
    }

    private static List<String> notes(List<String> keys) {
        return keys.stream()
                .flatMap(key -> UnusedSettings.instead(key)
                        .map(instead ->
                                "The setting " + key + " has no effect in the built-in broker: " + instead + ".")
                        .stream())
                .toList();
    }

    /** The keys that no setting of ours has, in order. */
    private static List<String> unread(Map<String, String> properties) {
        List<String> known = BrokerSettings.ALL.stream().map(BrokerSetting::key).toList();
        return properties.keySet().stream()
                .filter(key ->
                        !known.contains(key) && ListenerSettings.find(key).isEmpty())
                .sorted()
                .toList();
    }

    /** Partitions of a topic that is created without a number of them. */
    public int partitionCountDefault() {
        return get(BrokerSettings.NUM_PARTITIONS);
    }

    /** Whether asking for an unknown topic shall create it; for those who ask, the broker itself never does. */
    public boolean autoCreatesTopics() {
        return get(BrokerSettings.AUTO_CREATE_TOPICS);
    }

    /** The number of this broker. */
    public int nodeId() {
        return find(BrokerSettings.BROKER_ID).filter(id -> id >= 0).orElseGet(() -> get(BrokerSettings.NODE_ID));
    }

    /** How often old segments are looked for. */
    public long retentionCheckMillis() {
        return get(BrokerSettings.RETENTION_CHECK_MS);
    }

    /** How often partitions that are due for fsync are looked for; empty if only topics may ask for it. */
    public Optional<Long> flushCheckMillis() {
        return find(BrokerSettings.FLUSH_SCHEDULER_MS).filter(millis -> millis < Long.MAX_VALUE);
    }

    /** How often the fsynced offsets are written down. */
    public long recoveryCheckpointMillis() {
        return get(BrokerSettings.RECOVERY_CHECKPOINT_MS);
    }

    /** How often the first offsets are written down. */
    public long startCheckpointMillis() {
        return get(BrokerSettings.START_CHECKPOINT_MS);
    }

    /** Partitions of {@code __consumer_offsets}. */
    public int offsetsPartitionCount() {
        return get(BrokerSettings.OFFSETS_PARTITIONS);
    }

    /** Segment size of {@code __consumer_offsets}. */
    public int offsetsSegmentBytes() {
        return get(BrokerSettings.OFFSETS_SEGMENT_BYTES);
    }

    /** The settings of consumer groups, as texts under Kafka's keys. */
    public Map<String, String> groupSettings() {
        return GroupSettings.texts(values);
    }

    /** Appends that may wait for one log thread. */
    public int queuedRequestsMax() {
        return get(BrokerSettings.QUEUED_REQUESTS);
    }

    /** Bytes that may wait for one log thread. */
    public int queuedBytesMax() {
        return (int) Math.min(Integer.MAX_VALUE, get(BrokerSettings.QUEUED_BYTES));
    }

    /** How long the last sequence of an idle producer is remembered. */
    public int producerExpirationMillis() {
        return get(BrokerSettings.PRODUCER_EXPIRATION_MS);
    }

    /** How transactions work. */
    public Transactions transactions() {
        return new Transactions(
                get(TransactionSettings.TIMEOUT_MAX_MS),
                get(TransactionSettings.PARTITIONS),
                get(TransactionSettings.SEGMENT_BYTES),
                get(TransactionSettings.ID_EXPIRATION_MS),
                get(TransactionSettings.TIMEOUT_CHECK_MS),
                get(TransactionSettings.EXPIRATION_CHECK_MS));
    }

    /** How the cleaner works. */
    public Cleaner cleaner() {
        return new Cleaner(
                get(BrokerSettings.CLEANER_ENABLE),
                get(BrokerSettings.CLEANER_THREADS),
                get(BrokerSettings.CLEANER_DEDUPE_BYTES),
                get(BrokerSettings.CLEANER_IO_BYTES),
                get(BrokerSettings.CLEANER_LOAD_FACTOR),
                get(BrokerSettings.CLEANER_BACKOFF_MS));
    }

    /** The most bytes per second that the cleaner reads and writes. */
    public double cleanerBytesPerSecondMax() {
        return get(BrokerSettings.CLEANER_RATE);
    }

    /** The largest batch that is taken where a topic does not say otherwise. */
    public int batchBytesMax() {
        return get(BrokerSettings.MESSAGE_MAX_BYTES);
    }

    /** The most records in a compressed batch. */
    public int batchRecordsMax() {
        return get(BrokerSettings.BATCH_MAX_RECORDS);
    }

    /** The most bytes in a batch that is compressed again. */
    public long batchUncompressedBytesMax() {
        return get(BrokerSettings.BATCH_MAX_UNCOMPRESSED_BYTES);
    }

    /** The settings of the front that speaks Kafka's protocol. */
    public Network network() {
        return new Network(
                get(NetworkSettings.LISTENERS),
                find(NetworkSettings.ADVERTISED_LISTENERS).orElse(""),
                get(NetworkSettings.PROTOCOL_MAP),
                get(NetworkSettings.CONTROLLER_NAMES),
                new Limits(
                        get(NetworkSettings.CONNECTIONS_MAX),
                        get(NetworkSettings.CONNECTIONS_PER_IP_MAX),
                        get(NetworkSettings.CONNECTIONS_PER_IP_OVERRIDES),
                        new RequestLimits(
                                get(NetworkSettings.REQUEST_MAX_BYTES),
                                get(NetworkSettings.CONTROL_REQUEST_MAX_BYTES),
                                get(BrokerSettings.QUEUED_BYTES),
                                get(NetworkSettings.RECEIVE_MAX_MS),
                                get(NetworkSettings.IDLE_MAX_MS),
                                get(NetworkSettings.IN_FLIGHT_MAX))),
                get(NetworkSettings.NETWORK_THREADS));
    }

    /** How a listener encrypts and who may come in; it is named as in the setting of all listeners. */
    public ListenerSecurity security(String listener) {
        return ListenerSecurity.of(listener, values);
    }

    /** The most bytes of records in an answer to a fetch. */
    public int fetchBytesMax() {
        return get(NetworkSettings.FETCH_MAX_BYTES);
    }

    /** The most partitions that one answer describes. */
    public int describedPartitionsMax() {
        return get(NetworkSettings.DESCRIBED_PARTITIONS_MAX);
    }

    /** Whether a topic may ask for more replicas than the one that it gets. */
    public boolean acceptsAnyReplicationFactor() {
        return get(NetworkSettings.ANY_REPLICATION_FACTOR);
    }

    /** All settings as they hold, for those who want to see them. */
    public List<Entry> entries() {
        return BrokerSettings.ALL.stream()
                .map(setting -> new Entry(
                        setting.key(),
                        shown(values.get(setting.key())),
                        Objects.equals(values.get(setting.key()), setting.defaultValue()),
                        setting.isSecret(),
                        setting.doc()))
                .toList();
    }

    /** Secrets are not shown, as if they were not set. */
    private static @Nullable String shown(@Nullable Object value) {
        if (value instanceof List<?> words) {
            return words.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value == null || value instanceof Password ? null : value.toString();
    }

    /** The topic keys whose defaults somebody set, as against those that are this broker's own. */
    public Set<String> givenTopicDefaults() {
        Map<String, String> own = new BrokerConfig(dataDir, DEFAULTS, List.of(), List.of()).topicDefaults();
        return topicDefaults().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(own.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The defaults of all topic settings, under Kafka's topic keys. */
    public Map<String, String> topicDefaults() {
        Map<String, String> defaults = new HashMap<>();
        for (BrokerSetting<?> setting : BrokerSettings.ALL) {
            if (setting.topicKey() != null) {
                defaults.put(setting.topicKey(), String.valueOf(values.get(setting.key())));
            }
        }
        defaults.put("retention.ms", Long.toString(retentionMillis()));
        defaults.put(
                "segment.ms",
                Long.toString(find(BrokerSettings.ROLL_MS)
                        .orElseGet(() -> TimeUnit.HOURS.toMillis(get(BrokerSettings.ROLL_HOURS)))));
        defaults.put(
                "flush.ms",
                Long.toString(find(BrokerSettings.FLUSH_MS).orElseGet(() -> get(BrokerSettings.FLUSH_SCHEDULER_MS))));
        find(BrokerSettings.FSYNC).ifPresent(policy -> defaults.putAll(FlushPolicy.topicDefaults(policy)));
        return defaults;
    }

    private long retentionMillis() {
        long millis = find(BrokerSettings.RETENTION_MS)
                .orElseGet(() -> find(BrokerSettings.RETENTION_MINUTES)
                        .map(TimeUnit.MINUTES::toMillis)
                        .orElseGet(() -> TimeUnit.HOURS.toMillis(get(BrokerSettings.RETENTION_HOURS))));
        return Math.max(millis, -1);
    }

    private <T> T get(BrokerSetting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalStateException("setting " + setting.key() + " should have a default"));
    }

    @SuppressWarnings("unchecked") // put under this key by the parser of the same setting, or its default
    private <T> Optional<T> find(BrokerSetting<T> setting) {
        return Optional.ofNullable((T) values.get(setting.key()));
    }

    /**
     * How the cleaner of compacted topics works.
     *
     * @param isEnabled whether it works at all
     * @param threadCount its threads
     * @param dedupeBytes memory for the keys of one pass, over all threads
     * @param ioBytes memory for reading and writing, over all threads
     * @param loadFactor how full the memory for keys may become
     * @param backoffMillis pause when there is nothing to clean
     */
    public record Cleaner(
            boolean isEnabled, int threadCount, long dedupeBytes, int ioBytes, double loadFactor, long backoffMillis) {}

    /**
     * How transactions work.
     *
     * @param timeoutMillisMax the longest time that one may stay open
     * @param partitionCount partitions of {@code __transaction_state}
     * @param segmentBytes its segment size
     * @param idExpirationMillis how long a transactional id is known that nobody uses
     * @param timeoutCheckMillis how often those are looked for that were open for too long
     * @param expirationCheckMillis how often unused ids are looked for
     */
    public record Transactions(
            int timeoutMillisMax,
            int partitionCount,
            int segmentBytes,
            long idExpirationMillis,
            long timeoutCheckMillis,
            long expirationCheckMillis) {
        /** The settings of the topic {@code __transaction_state}. */
        public Map<String, String> topicSettings() {
            return Map.of(
                    "cleanup.policy",
                    "compact",
                    "compression.type",
                    "uncompressed",
                    "segment.bytes",
                    Integer.toString(segmentBytes));
        }
    }

    /**
     * A setting as it holds.
     *
     * @param key Kafka's name
     * @param value its text; null where it is a secret, or not set and has no default
     * @param isDefault whether it is the default
     * @param isSecret whether nobody shall see it
     * @param doc what it does
     */
    public record Entry(String key, @Nullable String value, boolean isDefault, boolean isSecret, String doc) {}

    /**
     * How clients connect. The texts are read by the front.
     *
     * @param listeners where it listens
     * @param advertisedListeners what clients are told, or empty
     * @param protocolMap protocols by listener name
     * @param controllerNames listeners to leave out
     * @param limits the bounds of requests and connections
     * @param threadCountMax the most event loops
     */
    public record Network(
            String listeners,
            String advertisedListeners,
            String protocolMap,
            String controllerNames,
            Limits limits,
            int threadCountMax) {}

    /**
     * The bounds of connections and of what comes over them.
     *
     * @param connectionsMax the most connections
     * @param connectionsPerAddressMax the most connections from one address
     * @param connectionsByHost the same for single addresses or host names
     * @param requests the bounds of requests
     */
    public record Limits(
            int connectionsMax,
            int connectionsPerAddressMax,
            Map<String, Integer> connectionsByHost,
            RequestLimits requests) {
        public Limits {
            connectionsByHost = Map.copyOf(connectionsByHost);
        }
    }

    /**
     * The bounds of requests.
     *
     * @param bytesMax the largest request
     * @param controlBytesMax the largest request that does not produce
     * @param queuedBytesMax memory for requests that are read or worked on, over all connections
     * @param receiveMillisMax how long a request may take to arrive while others wait for memory
     * @param idleMillisMax time without a whole request after which a connection ends
     * @param inFlightMax produce requests of one connection that are worked on
     */
    public record RequestLimits(
            int bytesMax,
            int controlBytesMax,
            long queuedBytesMax,
            long receiveMillisMax,
            long idleMillisMax,
            int inFlightMax) {}
}
