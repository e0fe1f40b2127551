package dev.sluice.runtime.config;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of Kafka's clients that people give connectors, by their names there. The built-in log is written and read
 * without a client: those with a meaning here are settings of {@link ConnectorKeys}; for all others this list knows which
 * values are wrong, and what holds instead.
 */
enum ClientKeys {
    /** Writes the records of sources. */
    PRODUCER(
            "producer",
            List.of(
                    text("acks", "all", "all", "-1", "1", "0"),
                    text("compression.type", "none", "none", "gzip", "snappy", "lz4", "zstd"),
                    number("batch.size", 0),
                    number("linger.ms", 0),
                    number("max.request.size", 0),
                    number("buffer.memory", 0),
                    number("max.in.flight.requests.per.connection", 1),
                    number("retries", 0),
                    number("delivery.timeout.ms", 0),
                    number("max.block.ms", 0),
                    truth("enable.idempotence"),
                    name("transactional.id"),
                    name("partitioner.class"),
                    name("key.serializer"),
                    name("value.serializer")),
            Map.of(
                    "acks", "every write is acknowledged once it is in the log",
                    "compression.type", "topics are stored as their own compression.type says",
                    "batch.size", "each polled batch is written at once",
                    "linger.ms", "each polled batch is written at once",
                    "max.request.size", "the topic's max.message.bytes bounds a record",
                    "buffer.memory", "task.inflight.bytes.max of the worker bounds what is on its way",
                    "enable.idempotence", "no write is doubled by a retry",
                    "partitioner.class", "keys choose partitions as Kafka's own partitioner does")),
    /** Reads the records of sinks. */
    CONSUMER(
            "consumer",
            List.of(
                    truth("enable.auto.commit"),
                    number("auto.commit.interval.ms", 0),
                    number("max.poll.interval.ms", 1),
                    number("session.timeout.ms", 1),
                    number("heartbeat.interval.ms", 1),
                    number("fetch.min.bytes", 0),
                    number("fetch.max.wait.ms", 0),
                    truth("check.crcs"),
                    truth("allow.auto.create.topics"),
                    truth("exclude.internal.topics"),
                    name("partition.assignment.strategy"),
                    text("group.protocol", "classic", "classic", "consumer"),
                    name("group.instance.id"),
                    name("client.rack"),
                    name("key.deserializer"),
                    name("value.deserializer")),
            Map.of(
                    "enable.auto.commit", "offsets are committed after each flush of the sink",
                    "max.poll.interval.ms", "task.call.timeout.ms of the worker bounds a put",
                    "fetch.min.bytes", "records are handed over as soon as they are there",
                    "fetch.max.wait.ms", "records are handed over as soon as they are there",
                    "partition.assignment.strategy", "the worker deals partitions to the tasks",
                    "group.instance.id", "the worker deals partitions to the tasks")),
    /** Creates topics. */
    ADMIN("admin", List.of(), Map.of());

    private static final List<ConfigKey<?>> COMMON = List.of(
            name("bootstrap.servers"),
            name("client.id"),
            text("client.dns.lookup", "use_all_dns_ips", "use_all_dns_ips", "resolve_canonical_bootstrap_servers_only"),
            name("interceptor.classes"),
            name("metric.reporters"),
            name("metrics.num.samples"),
            name("metrics.recording.level"),
            name("metrics.sample.window.ms"),
            number("metadata.max.age.ms", 0),
            number("request.timeout.ms", 0),
            number("default.api.timeout.ms", 0),
            number("retry.backoff.ms", 0),
            number("retry.backoff.max.ms", 0),
            number("reconnect.backoff.ms", 0),
            number("reconnect.backoff.max.ms", 0),
            number("connections.max.idle.ms", -1),
            number("send.buffer.bytes", -1),
            number("receive.buffer.bytes", -1),
            text("security.protocol", "PLAINTEXT", "PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"));
    private static final String WITHOUT_CLIENT = "the log is in this process, and no Kafka client is used";

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // Made of List.of, and keys are immutable.
    private final List<ConfigKey<?>> own;

    @SuppressWarnings("ImmutableEnumChecker") // Made of Map.of.
    private final Map<String, String> instead;

    ClientKeys(String word, List<ConfigKey<?>> own, Map<String, String> instead) {
        this.word = word;
        this.own = own;
        this.instead = instead;
    }

    private static ConfigKey<String> name(String name) {
        return ConfigKey.string(name).optional();
    }

    private static ConfigKey<String> text(String name, String value, String... values) {
        return ConfigKey.string(name).defaultsTo(value).check(Check.oneOf(values));
    }

    private static ConfigKey<Long> number(String name, long min) {
        return ConfigKey.longInteger(name).optional().check(Check.atLeast(min));
    }

    private static ConfigKey<Boolean> truth(String name) {
        return ConfigKey.bool(name).optional();
    }

    /** Returns the prefix of its settings in a connector. */
    String overridePrefix() {
        return word + ".override.";
    }

    /** Returns the prefix of its settings in a worker file. */
    String workerPrefix() {
        return word + ".";
    }

    /** Returns the settings under their names in the client, with what holds instead as their description. */
    ConfigSpec spec() {
        List<ConfigKey<?>> keys = new ArrayList<>();
        Stream.concat(own.stream(), COMMON.stream())
                .forEach(key -> keys.add(key.doc(holds(key.name())).importance(Importance.LOW)));
        return ConfigSpec.of(keys.toArray(ConfigKey<?>[]::new));
    }

    /** Returns what holds whatever a setting says: a clause without a stop. */
    String holds(String name) {
        return instead.getOrDefault(name, WITHOUT_CLIENT);
    }

    /** Returns whether a name belongs to the families of TLS and logins, whose members are not listed here. */
    static boolean isOfFamily(String name) {
        return name.startsWith("ssl.") || name.startsWith("sasl.");
    }

    /** Finds the client and the name in it of an override. */
    static Optional<OfClient> override(String setting) {
        return Stream.of(values())
                .filter(client -> setting.startsWith(client.overridePrefix()))
                .findFirst()
                .map(client -> new OfClient(
                        client, setting.substring(client.overridePrefix().length())));
    }

    /** A setting of a client. */
    record OfClient(ClientKeys client, String name) {}

    /** Returns all names that the client's settings have here. */
    List<String> names() {
        return spec().keys().stream().map(ConfigKey::name).toList();
    }
}
