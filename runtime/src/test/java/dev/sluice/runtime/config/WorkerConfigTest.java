package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblem.Severity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkerConfigTest {
    @Test
    void anEmptyWorkerFileGivesAWorkerThatWorks() {
        WorkerConfig config = WorkerConfig.parse(Map.of());

        assertThat(config.warnings()).isEmpty();
        assertThat(config.listeners()).containsExactly(URI.create("http://127.0.0.1:8083"));
        assertThat(config.pluginPath()).isEmpty();
        assertThat(config.keyConverter()).isEqualTo(json("false"));
        assertThat(config.valueConverter()).isEqualTo(json("false"));
        assertThat(config.headerConverter()).isEqualTo(new ConverterChoice("SimpleHeaderConverter", Map.of()));
        assertThat(config.dataDir()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(config.brokerSettings())
                .isEqualTo(Map.of("log.dirs", Path.of("data").toAbsolutePath().toString()));
        assertThat(config.brokerListeners()).isEmpty();
        assertThat(List.of(config.configTopic(), config.offsetTopic(), config.statusTopic()))
                .containsExactly("connect-configs", "connect-offsets", "connect-status");
        assertThat(config.offsetFlushInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.offsetFlushTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.shutdownTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.callTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.topicPartitionsDefault()).isEqualTo(1);
        assertThat(config.createsTopics()).isTrue();
        assertThat(config.inflightRecordsMax()).isPositive();
        assertThat(config.inflightBytesMax()).isPositive();
        assertThat(config.sinkBatchRecordsMax()).isPositive();
        assertThat(config.sinkBatchBytesMax()).isPositive();
    }

    private static ConverterChoice json(String withSchemas) {
        return new ConverterChoice("JsonConverter", Map.of("schemas.enable", withSchemas));
    }

    @Test
    void readsWhatIsGiven() {
        WorkerConfig config = WorkerConfig.parse(Map.of(
                "listeners", "http://:8080, http://[::1]:0",
                "plugin.path", "/opt/a, plugins/../b",
                "offset.flush.interval.ms", "10s",
                "task.shutdown.graceful.timeout.ms", "700",
                "task.call.timeout.ms", "1m",
                "topic.creation.enable", "false",
                "offset.storage.topic", "my-offsets",
                "task.inflight.bytes.max", "1mb",
                "sink.batch.records.max", "7"));

        assertThat(config.listeners()).containsExactly(URI.create("http://0.0.0.0:8080"), URI.create("http://[::1]:0"));
        assertThat(config.pluginPath())
                .containsExactly(Path.of("/opt/a"), Path.of("b").toAbsolutePath());
        assertThat(config.offsetFlushInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.shutdownTimeout()).isEqualTo(Duration.ofMillis(700));
        assertThat(config.callTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.createsTopics()).isFalse();
        assertThat(config.offsetTopic()).isEqualTo("my-offsets");
        assertThat(config.inflightBytesMax()).isEqualTo(1 << 20);
        assertThat(config.sinkBatchRecordsMax()).isEqualTo(7);
    }

    @Test
    void aConverterThatIsNamedKeepsItsOwnDefaults() {
        WorkerConfig config = WorkerConfig.parse(Map.of("value.converter", "JsonConverter"));

        assertThat(config.valueConverter()).isEqualTo(new ConverterChoice("JsonConverter", Map.of()));
    }

    @Test
    void settingsOfAConverterReachItWithoutTheirPrefix() {
        WorkerConfig config = WorkerConfig.parse(Map.of(
                "key.converter.schemas.enable", "true",
                "value.converter", "StringConverter",
                "value.converter.converter.encoding", "UTF-16"));

        assertThat(config.keyConverter()).isEqualTo(json("true"));
        assertThat(config.valueConverter())
                .isEqualTo(new ConverterChoice("StringConverter", Map.of("converter.encoding", "UTF-16")));
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void brokerKeysReachTheBrokerUnderKafkasNames() {
        WorkerConfig config = WorkerConfig.parse(Map.of(
                "broker.data.dir", "/var/sluice", "broker.log.segment.bytes", "1048576", "broker.num.partitions", "3"));

        assertThat(config.brokerSettings())
                .isEqualTo(Map.of("log.dirs", "/var/sluice", "log.segment.bytes", "1048576", "num.partitions", "3"));
        assertThat(config.topicPartitionsDefault()).isEqualTo(3);
    }

    @Test
    void kafkasNameOfTheDataDirectoryIsUnderstood() {
        WorkerConfig config = WorkerConfig.parse(Map.of("broker.log.dirs", "/var/kafka"));

        assertThat(config.dataDir()).isEqualTo(Path.of("/var/kafka"));
        assertThat(config.brokerSettings()).isEqualTo(Map.of("log.dirs", "/var/kafka"));
    }

    @ParameterizedTest
    @CsvSource({
        "PLAINTEXT://:9092, localhost:9092",
        "PLAINTEXT://127.0.0.1:9092, localhost:9092",
        "PLAINTEXT://broker.example:9092, broker.example:9092"
    })
    void theOwnBrokerMayBeNamedAsBootstrapServer(String listener, String server) {
        WorkerConfig config = WorkerConfig.parse(Map.of("broker.listeners", listener, "bootstrap.servers", server));

        assertThat(config.warnings()).isEmpty();
        assertThat(config.brokerSettings()).containsEntry("listeners", listener);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9092", "kafka:9093", "127.0.0.1"})
    void anOutsideKafkaIsRefused(String server) {
        Map<String, String> settings =
                Map.of("broker.listeners", "PLAINTEXT://127.0.0.1:9093", "bootstrap.servers", server);

        assertThatThrownBy(() -> WorkerConfig.parse(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Cannot work with bootstrap.servers=" + server + ": an outside Kafka is not supported yet, and"
                                + " records meant for it would go to the built-in broker instead. Remove bootstrap.servers to use"
                                + " the built-in broker.");
    }

    @Test
    void emptyBootstrapServersMeanTheBuiltInBroker() {
        assertThat(WorkerConfig.parse(Map.of("bootstrap.servers", "")).warnings())
                .isEmpty();
    }

    @Test
    void anUnknownKeyIsWarnedOfWithTheNearestKnownOne() {
        WorkerConfig config = WorkerConfig.parse(Map.of("ofset.flush.interval.ms", "1"));

        assertThat(texts(config))
                .containsExactly("Setting ofset.flush.interval.ms is not known and has no effect. Did you mean"
                        + " offset.flush.interval.ms?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rest.advertised.host.name",
                "offset.storage.replication.factor",
                "status.storage.cleanup.policy",
                "ssl.engine.factory.class",
                "plugin.discovery"
            })
    void aKeyOfKafkaConnectWithoutEffectIsWarnedOfOnce(String key) {
        WorkerConfig config = WorkerConfig.parse(Map.of(key, "x"));

        assertThat(texts(config))
                .containsExactly("Setting " + key + " is known to Kafka Connect, not used by this version.");
    }

    @Test
    void settingsOfKafkaClientsActOrSayWhatHoldsInstead() {
        WorkerConfig config = WorkerConfig.parse(Map.of(
                "consumer.auto.offset.reset", "latest",
                "consumer.max.poll.records", "5",
                "producer.linger.ms", "5"));
        assertThat(config.readingStart()).isEqualTo(ReadingStart.LATEST);
        assertThat(config.sinkBatchRecordsMax()).isEqualTo(5);
        assertThat(texts(config))
                .containsExactlyInAnyOrder(
                        "Setting consumer.max.poll.records is another name of sink.batch.records.max.",
                        "Setting producer.linger.ms has no effect: each polled batch is written at once.");
        assertThatThrownBy(() -> WorkerConfig.parse(Map.of("producer.acks", "zzz")))
                .hasMessage("Cannot use producer.acks=zzz: it must be one of all, -1, 1, 0.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "None",
                "none",
                "NoneConnectorClientConfigOverridePolicy",
                "org.apache.kafka.connect.connector.policy.NoneConnectorClientConfigOverridePolicy"
            })
    void aPolicyOfOverridesIsKnownByEachOfItsNames(String name) {
        WorkerConfig config = WorkerConfig.parse(Map.of("connector.client.config.override.policy", name));
        assertThat(config.overridePolicy()).isEqualTo(OverridePolicy.NONE);
        assertThat(WorkerConfig.parse(Map.of()).overridePolicy()).isEqualTo(OverridePolicy.ALL);
    }

    @Test
    void configProvidersAreReadWithTheirSettings() {
        WorkerConfig config = WorkerConfig.parse(Map.of(
                "config.providers", "a",
                "config.providers.a.class", "FileConfigProvider",
                "config.providers.a.param.allowed.paths", "/etc"));
        assertThat(config.configProviders())
                .containsExactly(new ProviderChoice("a", "FileConfigProvider", Map.of("allowed.paths", "/etc")));
        assertThat(config.warnings()).isEmpty();
        assertThatThrownBy(() -> WorkerConfig.parse(Map.of("config.providers", "a")))
                .hasMessage(
                        "Cannot use config provider a: setting config.providers.a.class is missing. Set it to a class,"
                                + " such as FileConfigProvider, DirectoryConfigProvider or EnvVarConfigProvider.");
        assertThat(texts(WorkerConfig.parse(Map.of(
                        "config.providers", "file",
                        "config.providers.file.class", "FileConfigProvider",
                        "config.providers.fil.param.x", "1"))))
                .containsExactly(
                        "Setting config.providers.fil.param.x has no effect: no provider in config.providers has"
                                + " it. Did you mean config.providers.file.param.x?");
    }

    @Test
    void theOffsetsFileOfStandaloneIsNoted() {
        WorkerConfig config = WorkerConfig.parse(Map.of("offset.storage.file.filename", "/tmp/connect.offsets"));

        assertThat(config.warnings())
                .singleElement()
                .returns(Severity.NOTE, ConfigProblem::severity)
                .returns(
                        "Setting offset.storage.file.filename has no effect: source offsets are kept in the topic"
                                + " connect-offsets.",
                        ConfigProblem::text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listeners|ftp://127.0.0.1:8443|it must be a list of which each element is an address with http or https.",
                "listeners|127.0.0.1:8083|of element 1 of the list, it must be an address such as http://127.0.0.1:8083,"
                        + " with scheme and port.",
                "listeners|http://a:70000|of element 1 of the list, its port must be at most 65535.",
                "broker.num.partitions|0|it must be at least 1.",
                "offset.flush.interval.ms|0|it must be at least 1ms.",
                "task.shutdown.graceful.timeout.ms|soon|it must be a duration such as 500ms, 10s, 5m, 2h, 1d or plain"
                        + " milliseconds.",
                "status.storage.topic|a b|it must be a text that matches [a-zA-Z0-9._-]{1,249}.",
                "topic.creation.enable|maybe|it must be true or false."
            })
    void aWrongValueIsRefusedWithWhatWasExpected(String key, String value, String why) {
        assertThatThrownBy(() -> WorkerConfig.parse(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot use " + key + "=" + value + ": " + why);
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        Map<String, String> settings =
                Map.of("listeners", "x", "broker.num.partitions", "y", "task.call.timeout.ms", "z");

        assertThatThrownBy(() -> WorkerConfig.parse(settings))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(ConfigProblem::key)
                                .containsExactlyInAnyOrder(
                                        "listeners", "broker.num.partitions", "task.call.timeout.ms"));
    }

    @Test
    void twoKindsOfStateMayNotShareATopic() {
        assertThatThrownBy(() -> WorkerConfig.parse(Map.of("status.storage.topic", "connect-configs")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot use status.storage.topic=connect-configs: another kind of state is kept there. Give"
                        + " configs, offsets and statuses a topic each.");
    }

    @Test
    void everySettingThatActsIsDocumented() {
        assertThat(WorkerConfig.spec().keys())
                .allSatisfy(key ->
                        assertThat(key).extracting(ConfigKey::doc).asString().isNotBlank());
    }

    private static List<String> texts(WorkerConfig config) {
        return config.warnings().stream().map(ConfigProblem::text).toList();
    }
}
