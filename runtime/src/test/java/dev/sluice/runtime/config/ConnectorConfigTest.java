package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.transport.Isolation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectorConfigTest {
    private static final ConfigSpec PLUGIN = ConfigSpec.of(
            ConfigKey.string("file").doc("Where."),
            ConfigKey.string("batch.size").optional());
    private static final WorkerConfig WORKER =
            WorkerConfig.parse(Map.of("value.converter", "JsonConverter", "value.converter.schemas.enable", "true"));

    @Test
    void aSourceNeedsOnlyNameAndClass() {
        ConnectorConfig config = source();

        assertThat(config.name()).isEqualTo("orders");
        assertThat(config.connectorClass()).isEqualTo("FileStreamSource");
        assertThat(config.tasksMax()).isEqualTo(1);
        assertThat(config.transforms()).isEmpty();
        assertThat(config.predicates()).isEmpty();
        assertThat(config.topics()).isEmpty();
        assertThat(config.topicsRegex()).isEmpty();
        assertThat(config.errors())
                .isEqualTo(new ErrorSettings(
                        Tolerance.NONE,
                        ErrorLog.OFF,
                        Duration.ZERO,
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(config.warnings(PLUGIN)).isEmpty();
    }

    @Test
    void missingNamesAreAllReported() {
        assertThatThrownBy(() -> ConnectorConfig.parse(Map.of(), PluginKind.SOURCE, WORKER))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot do without setting name: it is required and was not given.")
                .hasMessageContaining("Cannot do without setting connector.class: it is required and was not given.");
        assertThatThrownBy(() -> ConnectorConfig.connectorClass(Map.of("name", "a")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot do without setting connector.class: it is required and was not given.");
    }

    @Test
    void convertersComeFromTheWorkerUnlessNamed() {
        assertThat(source().valueConverter())
                .isEqualTo(new ConverterChoice("JsonConverter", Map.of("schemas.enable", "true")));
        assertThat(source().headerConverter().className()).isEqualTo("SimpleHeaderConverter");
    }

    @Test
    void aConverterOfTheConnectorTakesOnlyTheConnectorsSettings() {
        ConnectorConfig config =
                source("value.converter", "JsonConverter", "value.converter.decimal.format", "NUMERIC");

        assertThat(config.valueConverter())
                .isEqualTo(new ConverterChoice("JsonConverter", Map.of("decimal.format", "NUMERIC")));
    }

    @Test
    void settingsOfAConverterThatIsNotNamedHaveNoEffectAndAreWarnedOf() {
        ConnectorConfig config = source("value.converter.schemas.enable", "false");

        assertThat(config.valueConverter().settings()).isEqualTo(Map.of("schemas.enable", "true"));
        assertThat(texts(config))
                .containsExactly("Setting value.converter.schemas.enable has no effect: the connector uses the worker's"
                        + " value.converter with the worker's settings. Set value.converter in the connector as well.");
    }

    @Test
    void transformationsAndPredicatesKeepTheirOrderAndOwnSettings() {
        ConnectorConfig config = source(
                "transforms", "mask, route",
                "transforms.mask.type", "MaskField$Value",
                "transforms.mask.fields", "a,b",
                "transforms.mask.predicate", "isFoo",
                "transforms.mask.negate", "true",
                "transforms.route.type", "RegexRouter",
                "predicates", "isFoo",
                "predicates.isFoo.type", "TopicNameMatches",
                "predicates.isFoo.pattern", "foo.*");

        assertThat(config.transforms())
                .containsExactly(
                        new TransformStep("mask", "MaskField$Value", Map.of("fields", "a,b"), "isFoo", true),
                        new TransformStep("route", "RegexRouter", Map.of(), null, false));
        assertThat(config.predicates())
                .containsExactly(new PredicateChoice("isFoo", "TopicNameMatches", Map.of("pattern", "foo.*")));
        assertThat(texts(config)).isEmpty();
    }

    @Test
    void faultsOfTheChainAreReportedUnderTheirFullNames() {
        assertThatThrownBy(() -> source(
                        "transforms", "a,b",
                        "transforms.a.type", "X",
                        "transforms.a.predicate", "isFo",
                        "transforms.a.negate", "perhaps",
                        "predicates", "isFoo",
                        "predicates.isFoo.type", "Y"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot use transforms.a.negate=perhaps: it must be true or false.")
                .hasMessageContaining("Cannot do without setting transforms.b.type: it is required and was not given.")
                .hasMessageContaining(
                        "Cannot use transforms.a.predicate=isFo: there is no such alias in predicates. Did"
                                + " you mean isFoo?");
    }

    @Test
    void anAliasMayStandOnlyOnce() {
        assertThatThrownBy(() -> source("transforms", "a,a", "transforms.a.type", "X"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot use transforms=a,a: it must be a list without duplicates.");
    }

    @Test
    void aNegationWithoutPredicateIsWarnedOf() {
        assertThat(texts(source("transforms", "a", "transforms.a.type", "X", "transforms.a.negate", "true")))
                .containsExactly("Setting transforms.a.negate has no effect: the transformation has no predicate. Set"
                        + " transforms.a.predicate.");
    }

    @Test
    void aSinkReadsAListOrAPattern() {
        assertThat(sink("topics", "a, b").topics()).containsExactly("a", "b");
        assertThat(sink("topics.regex", "a.*").topicsRegex().map(Pattern::pattern))
                .contains("a.*");
        assertThatThrownBy(ConnectorConfigTest::sink)
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Cannot tell which topics to read: neither topics nor topics.regex is given. Set topics to the"
                                + " names of the topics, separated by commas.\nCannot do without topics.regex: topics is not"
                                + " given either.");
        assertThatThrownBy(() -> sink("topics", "a", "topics.regex", "b"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Cannot use both topics and topics.regex: a sink reads either a list or a pattern. Keep one of"
                                + " them.\nCannot use topics.regex: topics is given too.");
        assertThatThrownBy(() -> sink("topics", "a,a"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot use topics=a,a: it must be a list without duplicates.");
    }

    @Test
    void readsWhereDeadLettersGoAndHowManyThereMayBe() {
        ErrorSettings errors = sink(
                        "topics",
                        "a",
                        "errors.tolerance",
                        "all",
                        "errors.log.enable",
                        "true",
                        "errors.log.include.messages",
                        "true",
                        "errors.deadletterqueue.topic.name",
                        "dead",
                        "errors.deadletterqueue.topic.replication.factor",
                        "1",
                        "errors.deadletterqueue.context.headers.enable",
                        "true",
                        "errors.budget.records",
                        "7",
                        "errors.budget.window",
                        "1h")
                .errors();

        assertThat(errors.log()).isEqualTo(ErrorLog.CONTENTS);
        assertThat(errors.deadLetters()).hasValue(new DeadLetterSettings("dead", true));
        assertThat(errors.budget()).hasValue(new BudgetSettings(7, Duration.ofHours(1)));
        assertThat(source("errors.tolerance", "all", "errors.deadletterqueue.topic.name", "dead")
                        .errors()
                        .deadLetters())
                .hasValue(new DeadLetterSettings("dead", false));
    }

    @Test
    void aSinkMustNotReadItsOwnDeadLetters() {
        assertThatThrownBy(() -> sink(
                        "topics", "a,dead", "errors.tolerance", "all", "errors.deadletterqueue.topic.name", "dead"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "Cannot send dead letters to topic dead: the sink reads it, as topics says, so that each dead"
                                + " letter would come back. Name another topic, or take dead out of topics.");
        assertThatThrownBy(() -> sink(
                        "topics.regex", "d.*", "errors.tolerance", "all", "errors.deadletterqueue.topic.name", "dead"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "Cannot send dead letters to topic dead: the sink reads it, as it matches topics.regex, so"
                                + " that each dead letter would come back. Name a topic that the pattern does not match.");
    }

    @Test
    void deadLettersHaveNoEffectWhereNoErrorIsTolerated() {
        assertThat(texts(sink("topics", "a", "errors.deadletterqueue.topic.name", "dead")))
                .containsExactly(
                        "Setting errors.deadletterqueue.topic.name has no effect: with errors.tolerance=none the"
                                + " task fails at a faulty record. Set errors.tolerance=all to let the task go on without it.");
    }

    @Test
    void sourcesWriteInTransactionsWhereTheWorkerSaysSo() {
        assertThat(source("transaction.boundary", "interval").transactions()).isEmpty();
        WorkerConfig worker = WorkerConfig.parse(
                Map.of("exactly.once.source.support", "enabled", "group.id", "g", "offset.flush.interval.ms", "7000"));
        Map<String, String> given = new LinkedHashMap<>(Map.of("name", "orders", "connector.class", "A"));

        assertThat(ConnectorConfig.parse(given, PluginKind.SOURCE, worker).transactions())
                .hasValue(new TransactionSettings(
                        "g-orders-", TransactionBoundary.POLL, Duration.ofSeconds(7), Duration.ofMinutes(1)));
        given.put("transaction.boundary", "interval");
        assertThat(ConnectorConfig.parse(given, PluginKind.SOURCE, worker).transactions())
                .hasValue(new TransactionSettings(
                        "g-orders-", TransactionBoundary.INTERVAL, Duration.ofSeconds(7), Duration.ofSeconds(67)));
        given.put("transaction.boundary.interval.ms", "100");
        given.put("producer.override.transaction.timeout.ms", "5000");
        ConnectorConfig config = ConnectorConfig.parse(given, PluginKind.SOURCE, worker);
        assertThat(config.transactions())
                .hasValue(new TransactionSettings(
                        "g-orders-", TransactionBoundary.INTERVAL, Duration.ofMillis(100), Duration.ofSeconds(5)));
        assertThat(config.warnings(PLUGIN)).isEmpty();
    }

    @Test
    void sinksReadCommittedRecordsUnlessToldOtherwise() {
        assertThat(sink("topics", "a").isolation()).isEqualTo(Isolation.READ_COMMITTED);
        ConnectorConfig open = sink("topics", "a", "consumer.override.isolation.level", "read_uncommitted");
        assertThat(open.isolation()).isEqualTo(Isolation.READ_UNCOMMITTED);
        assertThat(open.warnings(PLUGIN)).isEmpty();
    }

    @Test
    void errorsAreReadInConnectsWords() {
        ConnectorConfig config = source(
                "errors.tolerance", "all",
                "errors.log.enable", "true",
                "errors.retry.timeout", "-1",
                "errors.retry.delay.max.ms", "1000");

        assertThat(config.errors())
                .isEqualTo(new ErrorSettings(
                        Tolerance.ALL,
                        ErrorLog.PLACE,
                        Duration.ofMillis(-1),
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tasks.max|many|it must be a whole number between -2147483648 and 2147483647.",
                "tasks.max|0|it must be at least 1.",
                "errors.tolerance|some|it must be one of none, all."
            })
    void aWrongValueIsRefusedWithWhatWasExpected(String key, String value, String why) {
        assertThatThrownBy(() -> source(key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot use " + key + "=" + value + ": " + why);
    }

    @ParameterizedTest
    @CsvSource({"tasks.maxx, tasks.max", "batch.sizes, batch.size", "file.stream, "})
    void anUnknownNameIsWarnedOfWithTheNearestOfRuntimeAndPlugin(String name, String near) {
        String question = near == null ? "" : " Did you mean " + near + "?";

        assertThat(texts(source(name, "1")))
                .containsExactly("Setting " + name + " is not known and has no effect." + question);
    }

    @ParameterizedTest
    @CsvSource({"tasks.max.enforce, false", "offsets.storage.topic, x"})
    void aNameOfKafkaConnectWithoutEffectIsWarnedOfOnce(String name, String value) {
        assertThat(texts(source(name, value)))
                .containsExactly("Setting " + name + " is known to Kafka Connect, not used by this version.");
    }

    @Test
    void overridesOfKafkaClientsWithoutEffectSayWhatHoldsInstead() {
        assertThat(texts(source("producer.override.linger.ms", "1")))
                .containsExactly(
                        "Setting producer.override.linger.ms has no effect: each polled batch is written at once.");
        assertThat(texts(source("producer.override.sasl.mechanism", "PLAIN")))
                .containsExactly(
                        "Setting producer.override.sasl.mechanism has no effect: the log is in this process, and no"
                                + " Kafka client is used.");
        assertThat(texts(source("producer.override.linge.ms", "1")))
                .containsExactly("Setting producer.override.linge.ms is not known and has no effect. Did you mean"
                        + " producer.override.linger.ms?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "producer.override.acks | zzz | Cannot use producer.override.acks=zzz: it must be one of all, -1, 1, 0.",
                "consumer.override.fetch.min.bytes | -1 | Cannot use consumer.override.fetch.min.bytes=-1: it must be at least 0.",
                "admin.override.bootstrap.servers | k:9092 | Cannot use admin.override.bootstrap.servers: records meant for"
                        + " another Kafka would go to the built-in broker instead. Remove it to use the built-in broker."
            })
    void wrongOverridesOfKafkaClientsAreRefused(String name, String value, String message) {
        assertThatThrownBy(() -> source(name, value))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void overridesOfReadingActAndTheWorkersHoldOtherwise() {
        ConnectorConfig plain = sink("topics", "a");
        assertThat(plain.sinkGroup()).isEqualTo("connect-orders");
        assertThat(plain.readingStart()).isEqualTo(ReadingStart.EARLIEST);
        assertThat(plain.sinkBatchRecordsMax()).isEqualTo(2_000);
        ConnectorConfig own = sink(
                "topics", "a",
                "consumer.override.group.id", "mine",
                "consumer.override.auto.offset.reset", "latest",
                "consumer.override.max.poll.records", "7",
                "consumer.override.max.partition.fetch.bytes", "1000");
        assertThat(own.sinkGroup()).isEqualTo("mine");
        assertThat(own.readingStart()).isEqualTo(ReadingStart.LATEST);
        assertThat(own.sinkBatchRecordsMax()).isEqualTo(7);
        assertThat(own.sinkBatchBytesMax()).isEqualTo(1_000);
        assertThat(ConnectorConfig.sinkGroup("orders", own.originals())).isEqualTo("mine");
        assertThat(ConnectorConfig.sinkGroup("orders", Map.of())).isEqualTo("connect-orders");
    }

    @Test
    void nothingOfTheSettingsIsLost() {
        assertThat(source("batch.size", "5").originals())
                .isEqualTo(Map.of("name", "orders", "connector.class", "FileStreamSource", "batch.size", "5"));
    }

    private static ConnectorConfig source(String... more) {
        return ConnectorConfig.parse(settings("FileStreamSource", more), PluginKind.SOURCE, WORKER);
    }

    private static ConnectorConfig sink(String... more) {
        return ConnectorConfig.parse(settings("FileStreamSink", more), PluginKind.SINK, WORKER);
    }

    private static Map<String, String> settings(String className, String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("name", "orders");
        settings.put("connector.class", className);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static List<String> texts(ConnectorConfig config) {
        return config.warnings(PLUGIN).stream().map(ConfigProblem::text).toList();
    }
}
