package dev.sluice.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.fake.FakePlugins;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.secret.Secrets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
    private static final List<String> COMMON = List.of(
            "name",
            "connector.class",
            "connector.plugin.version",
            "tasks.max",
            "tasks.max.enforce",
            "key.converter",
            "key.converter.plugin.version",
            "value.converter",
            "value.converter.plugin.version",
            "header.converter",
            "header.converter.plugin.version",
            "transforms",
            "predicates",
            "config.action.reload",
            "errors.retry.timeout",
            "errors.retry.delay.max.ms",
            "errors.tolerance",
            "errors.log.enable",
            "errors.log.include.messages");
    private static final List<String> OF_SINKS = List.of(
            "topics",
            "topics.regex",
            "errors.deadletterqueue.topic.name",
            "errors.deadletterqueue.topic.replication.factor",
            "errors.deadletterqueue.context.headers.enable");
    private static final List<String> OF_SOURCES = List.of(
            "topic.creation.groups",
            "exactly.once.support",
            "transaction.boundary",
            "transaction.boundary.interval.ms",
            "offsets.storage.topic");
    private static final List<String> PLUGIN = List.of("world", "tasks", "topic", "batch", "word", "address");

    @TempDir
    Path folder;

    private Plugins plugins;
    private Secrets secrets;
    private Validation validation;

    @BeforeEach
    void open() {
        open("20000");
    }

    private void open(String timeoutMillis) {
        plugins = Plugins.scan(FakePlugins.in(folder.resolve(timeoutMillis)), null);
        WorkerConfig worker = WorkerConfig.parse(Map.of(
                "key.converter", "FakeText",
                "value.converter", "FakeText",
                "header.converter", "FakeText$InHeaders",
                "task.call.timeout.ms", timeoutMillis,
                "config.providers", "fake",
                "config.providers.fake.class", "FakeProvider",
                "config.providers.fake.param.world", "validation"));
        secrets = Secrets.open(worker, plugins);
        validation = new Validation(plugins, worker, secrets);
    }

    @AfterEach
    void close() {
        FakeWorld.of("source").calm("validate");
        FakeWorld.of("source").calm("configSpec");
        FakeWorld.of("source").calm("constructor");
        secrets.close();
        plugins.close();
    }

    private static Map<String, @Nullable String> source(@Nullable String... pairs) {
        return config("FakeSource", pairs);
    }

    private static Map<String, @Nullable String> config(String type, @Nullable String... pairs) {
        Map<String, @Nullable String> config = new LinkedHashMap<>();
        config.put("name", "c");
        config.put("connector.class", type);
        for (int i = 0; i < pairs.length; i += 2) {
            config.put(Objects.requireNonNull(pairs[i]), pairs[i + 1]);
        }
        return config;
    }

    private ConfigInfos validate(Map<String, @Nullable String> config) {
        return validation
                .validate(Objects.requireNonNull(config.get("connector.class")), config, ValidationProbe.OFFLINE, false)
                .join();
    }

    private static ConfigInfo info(ConfigInfos infos, String name) {
        return infos.configs().stream()
                .filter(info -> info.value().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    private static List<String> names(ConfigInfos infos) {
        return infos.configs().stream().map(info -> info.value().name()).toList();
    }

    private static List<String> joined(List<String> first, List<String> second, List<String> third) {
        return Stream.of(first, second, third).flatMap(List::stream).toList();
    }

    @Test
    void listsExactlyTheNamesThatKafkaConnectListsInItsOrder() {
        assertThat(names(validate(source()))).isEqualTo(joined(COMMON, OF_SOURCES, PLUGIN));
        assertThat(names(validate(config("FakeSink", "topics", "t")))).isEqualTo(joined(COMMON, OF_SINKS, PLUGIN));
    }

    @Test
    void listsSettingsOfSluiceAloneWhereTheyAreGivenOrAskedFor() {
        assertThat(names(validate(source("restart.policy", "never")))).contains("restart.policy");
        assertThat(names(validation
                        .validate("FakeSource", source(), ValidationProbe.OFFLINE, true)
                        .join()))
                .contains("restart.policy", "restart.backoff.ms");
    }

    @ParameterizedTest
    @CsvSource({
        "__consumer_offsets, broker",
        "__transaction_state, broker",
        "connect-configs, worker",
        "connect-offsets, worker",
        "connect-status, worker"
    })
    void refusesToSendDeadLettersIntoStateOfTheBrokerOrTheWorker(String topic, String owner) {
        ConfigInfos infos = validate(config(
                "FakeSink", "topics", "t", "errors.tolerance", "all", "errors.deadletterqueue.topic.name", topic));

        assertThat(info(infos, "errors.deadletterqueue.topic.name").value().errors())
                .containsExactly("errors.deadletterqueue.topic.name: Cannot send dead letters to topic " + topic
                        + ": the " + owner + " keeps its own state in it. Name another topic.");
    }

    @Test
    void groupsStandInTheOrderOfTheirFirstSetting() {
        ConfigInfos infos = validate(source("transforms", "d", "transforms.d.type", "FakeText$Dropping"));
        assertThat(infos.name()).isEqualTo("FakeSource");
        assertThat(infos.errorCount()).isZero();
        assertThat(infos.groups())
                .containsExactly(
                        "Common",
                        "Transforms",
                        "Predicates",
                        "Error Handling",
                        "Topic Creation",
                        "Exactly Once Support",
                        "offsets.topic",
                        "Transforms: d");
    }

    @Test
    void aSettingIsDefinedAsKafkaConnectDefinesIt() {
        ConfigInfo tasksMax = info(validate(source("tasks.max", "0")), "tasks.max");
        assertThat(tasksMax.definition())
                .isEqualTo(new ConfigKeyInfo(
                        "tasks.max",
                        "INT",
                        false,
                        "1",
                        "HIGH",
                        "How many tasks the connector may split its work into.",
                        "Common",
                        4,
                        "SHORT",
                        "Tasks max",
                        List.of()));
        assertThat(tasksMax.value())
                .isEqualTo(new ConfigValueInfo(
                        "tasks.max", "0", List.of(), List.of("Cannot use tasks.max=0: it must be at least 1."), true));
    }

    @Test
    void everyProblemIsCountedAndStandsAtItsSetting() {
        ConfigInfos infos = validate(source("tasks.max", "x", "batch", "y", "errors.tolerance", "some", "gone", null));
        assertThat(infos.errorCount()).isEqualTo(4);
        assertThat(info(infos, "batch").value().errors()).hasSize(1);
        assertThat(infos.configs().get(0).definition()).isNull();
        assertThat(infos.configs().get(0).value().errors())
                .containsExactly("Cannot use gone: its value is null. Give a value or leave the key out.");
    }

    @Test
    void unknownNamesAreWarnedOfWithTheNearestKnownOne() {
        ConfigInfos infos = validate(source(
                "tasks.maxx",
                "1",
                "batchs",
                "1",
                "transforms",
                "d",
                "transforms.d.type",
                "FakeText$Dropping",
                "transforms.d.what",
                "1"));
        assertThat(infos.errorCount()).isZero();
        assertThat(infos.warnings())
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "Setting tasks.maxx is not known and has no effect. Did you mean tasks.max?",
                        "Setting batchs is not known and has no effect. Did you mean batch?",
                        "Setting transforms.d.what is not known and has no effect.");
    }

    @Test
    void pluginsThatAreNotInstalledAreProblemsOfTheirSettings() {
        ConfigInfos infos = validate(source(
                "value.converter", "FakeTxt", "transforms", "d", "transforms.d.type", "Dropin", "transforms.d.x", "1"));
        assertThat(info(infos, "value.converter").value().errors())
                .singleElement()
                .asString()
                .contains("Did you mean FakeText");
        assertThat(info(infos, "transforms.d.type").value().errors())
                .singleElement()
                .asString()
                .contains("Dropin");
    }

    @Test
    void secretsAreHiddenAndVariablesStay() {
        FakeWorld.of("validation").values().put("/s:pw", "from-provider");
        ConfigInfos infos = validate(source("word", "w0rd", "address", "http://u:pw12@h", "topic", "${fake:/s:pw}"));
        assertThat(info(infos, "word").value().value()).isEqualTo("[hidden]");
        assertThat(info(infos, "address").value().value()).isEqualTo("http://u:[hidden]@h");
        assertThat(info(infos, "topic").value().value()).isEqualTo("${fake:/s:pw}");
        assertThat(infos.toString())
                .doesNotContain("w0rd")
                .doesNotContain("pw12")
                .doesNotContain("from-provider");
        assertThat(info(validate(source("word", "${fake:/s:pw}")), "word")
                        .value()
                        .value())
                .isEqualTo("${fake:/s:pw}");
    }

    @Test
    void valuesOfVariablesAreCheckedAndNotTheirTexts() {
        FakeWorld.of("validation").values().put("/s:batch", "7");
        assertThat(validate(source("batch", "${fake:/s:batch}")).errorCount()).isZero();
        FakeWorld.of("validation").values().put("/s:batch", "seven");
        ConfigInfos infos = validate(source("batch", "${fake:/s:batch}"));
        assertThat(infos.errorCount()).isEqualTo(1);
        assertThat(infos.toString()).doesNotContain("seven");
    }

    @Test
    void aVariableThatCannotBeReplacedIsOneProblemOfItsSetting() {
        ConfigInfos infos = validate(source("batch", "${fake:/s:none}"));
        assertThat(infos.errorCount()).isEqualTo(1);
        assertThat(info(infos, "batch").value().errors())
                .containsExactly(
                        "Cannot resolve setting batch: config provider fake has no key none under the path /s. Add"
                                + " the key there, or correct ${fake:/s:none}.");
    }

    @Test
    void whatAPluginSaysOfSecretsIsHidden() {
        FakeWorld.of("source").at("validate", what -> {
            throw new IllegalStateException("cannot log in with w0rd");
        });
        Checked checked = validation.check(texts(source("word", "w0rd"))).join();
        assertThat(checked.errors())
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "connector.class: Cannot check the settings: dev.sluice.runtime.fake.FakeSource failed with"
                                + " java.lang.IllegalStateException: cannot log in with [hidden].");
    }

    private static Map<String, String> texts(Map<String, @Nullable String> config) {
        Map<String, String> texts = new LinkedHashMap<>();
        config.forEach((name, text) -> texts.put(name, String.valueOf(text)));
        return texts;
    }

    @Test
    void aPluginThatHangsIsAWarningAndTheRestIsChecked() {
        close();
        open("100");
        CountDownLatch release = new CountDownLatch(1);
        FakeWorld.of("source").at("validate", what -> {
            try {
                release.await();
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
        });
        ConfigInfos infos = validate(source("tasks.max", "0"));
        assertThat(infos.errorCount()).isEqualTo(1);
        assertThat(infos.warnings())
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "connector.class: Its settings could not be checked: dev.sluice.runtime.fake.FakeSource did"
                                + " not answer within 100 ms (task.call.timeout.ms).");
        release.countDown();
    }

    @Test
    void anUnknownClassIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> validation
                        .validate("FakeSorce", config("FakeSorce"), ValidationProbe.OFFLINE, false)
                        .join())
                .hasCauseInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "Failed to find any class that implements Connector and which name matches FakeSorce.")
                .hasMessageContaining("Did you mean FakeSource");
    }

    @Test
    void settingsWithoutAClassOrOfAnotherOneAreRefused() {
        assertThatThrownBy(() -> validation
                        .validate("FakeSource", Map.of("name", "c"), ValidationProbe.OFFLINE, false)
                        .join())
                .hasMessageContaining(
                        "Connector config contains no connector type: setting connector.class is missing.");
        assertThatThrownBy(() -> validation
                        .validate("FakeSink", source(), ValidationProbe.OFFLINE, false)
                        .join())
                .hasMessageContaining("Included connector type FakeSource does not match request type FakeSink.");
    }

    @Test
    void aFullClassNameAndAnAliasAreTheSamePlugin() {
        assertThat(validation
                        .validate("dev.sluice.runtime.fake.FakeSource", source(), ValidationProbe.OFFLINE, false)
                        .join()
                        .errorCount())
                .isZero();
    }

    @Test
    void checkedSettingsKeepTheirWarnings() {
        Checked checked = validation.check(texts(source("tasks.maxx", "1"))).join();
        assertThat(checked.isValid()).isTrue();
        assertThat(checked.notes())
                .containsExactly("Setting tasks.maxx is not known and has no effect. Did you mean tasks.max?");
        Checked wrong =
                validation.check(texts(source("tasks.max", "0", "batchs", "1"))).join();
        assertThat(wrong.message())
                .isEqualTo(
                        "Connector configuration is invalid and contains the following 1 error(s):\nCannot use tasks.max=0:"
                                + " it must be at least 1.\nBesides: Setting batchs is not known and has no effect. Did you"
                                + " mean batch?\nYou can also find the above list of errors at the endpoint"
                                + " `/connector-plugins/{connectorType}/config/validate`");
    }

    @Test
    void aVersionThatIsNotInstalledIsAProblemOfItsSetting() {
        ConfigInfos infos = validate(source(
                "connector.plugin.version", "[1.0,2.0)",
                "value.converter", "FakeText",
                "value.converter.plugin.version", "3.0",
                "transforms", "d",
                "transforms.d.type", "FakeText$Dropping",
                "transforms.d.plugin.version", "latest"));
        assertThat(infos.errorCount()).isEqualTo(2);
        assertThat(info(infos, "connector.plugin.version").value().errors())
                .containsExactly("Cannot use connector.plugin.version=[1.0,2.0): dev.sluice.runtime.fake.FakeSource is"
                        + " installed without a version. Install one of these, or ask for another one.");
        assertThat(info(infos, "value.converter.plugin.version").value().errors())
                .hasSize(1);
        assertThatThrownBy(() -> validation.keys("FakeSource", "1.0").join())
                .hasCauseInstanceOf(ConfigException.class)
                .hasMessageContaining("dev.sluice.runtime.fake.FakeSource is installed without a version.");
    }

    @Test
    void describesPluginsOfEachKind() {
        assertThat(validation.keys("FakeSource", null).join())
                .extracting(ConfigKeyInfo::name)
                .startsWith("world")
                .contains("name", "offsets.storage.topic")
                .doesNotContain("restart.policy");
        assertThat(validation.keys("FakeText", "latest").join()).isEmpty();
        assertThatThrownBy(() -> validation.keys("Nothing", null).join())
                .hasCauseInstanceOf(ConfigException.class)
                .hasMessageContaining("Unknown plugin Nothing.");
    }
}
