package dev.sluice.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.runtime.fake.FakePlugins;
import dev.sluice.runtime.plugin.BudgetedCalls;
import dev.sluice.runtime.plugin.PluginSpecs;
import dev.sluice.runtime.plugin.Plugins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskingTest {
    private static final Map<String, String> STORED = Map.of(
            "name", "c",
            "connector.class", "FakeSource",
            "tasks.max", "2",
            "topic", "lines",
            "word", "w0rd",
            "address", "http://joe:pw12@host/x?token=t0ken&y=1",
            "other.password", "un-known",
            "other.setting", "shown",
            "producer.override.sasl.jaas.config", "x required password=\"jaas\";");

    @TempDir
    Path folder;

    private Plugins plugins;
    private Masking masking;

    @BeforeEach
    void open() {
        plugins = Plugins.scan(FakePlugins.in(folder), null);
        masking = new Masking(plugins, new PluginSpecs(plugins, calls()));
        masking.learn(STORED).join();
    }

    private static BudgetedCalls calls() {
        return new BudgetedCalls("check-", Duration.ofSeconds(20), "task.call.timeout.ms");
    }

    @AfterEach
    void close() {
        plugins.close();
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> config = new HashMap<>(STORED);
        config.put(name, value);
        return config;
    }

    @Test
    void secretsOfTheSpecByNameAndInsideAddressesAreHidden() {
        assertThat(masking.mask(STORED))
                .isEqualTo(Map.of(
                        "name", "c",
                        "connector.class", "FakeSource",
                        "tasks.max", "2",
                        "topic", "lines",
                        "word", "[hidden]",
                        "address", "http://joe:[hidden]@host/x?token=[hidden]&y=1",
                        "other.password", "[hidden]",
                        "other.setting", "shown",
                        "producer.override.sasl.jaas.config", "[hidden]"));
    }

    @Test
    void variablesAreShown() {
        assertThat(masking.mask(with("word", "${fake:/s:pw}"))).containsEntry("word", "${fake:/s:pw}");
        assertThat(masking.mask(with("word", "${fake:/s:a}${fake:/s:b}")))
                .containsEntry("word", "${fake:/s:a}${fake:/s:b}");
        assertThat(masking.mask(with("word", "pre${fake:/s:pw}"))).containsEntry("word", "[hidden]");
        assertThat(masking.mask(with("word", ""))).containsEntry("word", "");
    }

    @Test
    void everythingOfAPluginIsHiddenUntilItSaidWhatIsSecret() {
        Masking unlearned = new Masking(plugins, new PluginSpecs(plugins, calls()));
        Map<String, String> masked = unlearned.mask(STORED);
        assertThat(masked).containsEntry("tasks.max", "2").containsEntry("topic", "[hidden]");
        unlearned.learn(STORED).join();
        assertThat(unlearned.mask(STORED)).containsEntry("topic", "lines");
    }

    @Test
    void settingsOfAClassThatIsNotInstalledAreHidden() {
        assertThat(masking.mask(with("connector.class", "Gone")))
                .containsEntry("topic", "[hidden]")
                .containsEntry("connector.class", "Gone");
    }

    @Test
    void secretsOfTheConnectorAreHiddenInItsTasksUnderAnyName() {
        assertThat(masking.maskTask(STORED, Map.of("part", "a w0rd here", "word", "w0rd", "topic", "lines")))
                .isEqualTo(Map.of("part", "a [hidden] here", "word", "[hidden]", "topic", "lines"));
    }

    @Test
    void aSecretUnderANameThatTellsNothingIsHiddenToo() {
        assertThat(masking.mask(with("other.setting", "a w0rd here")))
                .containsEntry("other.setting", "a [hidden] here");
        assertThat(masking.mask(with("word", "FakeSource"))).containsEntry("connector.class", "FakeSource");
    }

    @Test
    void whatWasReadCanBeSentBack() {
        Unmasked unmasked = masking.unmask(new LinkedHashMap<>(masking.mask(STORED)), STORED);
        assertThat(unmasked.problems()).isEmpty();
        assertThat(unmasked.config()).isEqualTo(STORED);
    }

    @Test
    void aMaskInsideAChangedAddressKeepsItsSecret() {
        Unmasked unmasked = masking.unmask(Map.of("address", "https://joe:[hidden]@host2/?token=[hidden]"), STORED);
        assertThat(unmasked.problems()).isEmpty();
        assertThat(unmasked.config()).isEqualTo(Map.of("address", "https://joe:pw12@host2/?token=t0ken"));
    }

    @Test
    void nullsAndNewSecretsAreTakenAsTheyAre() {
        Map<String, @Nullable String> given = new HashMap<>();
        given.put("word", "new");
        given.put("address", null);
        assertThat(masking.unmask(given, STORED).config()).isEqualTo(given);
    }

    @Test
    void aMaskWithNothingStoredIsRefused() {
        assertThat(masking.unmask(Map.of("word", "[hidden]"), Map.of()).problems())
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "Cannot use word: it contains [hidden], which stands for a stored secret, and nothing is"
                                + " stored under this name. Give the secret itself, or a variable of a config provider such as"
                                + " ${file:/path/to/file:key}.");
        assertThat(masking.unmask(Map.of("topic", "a[hidden]"), STORED).problems())
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "Cannot use topic: it contains [hidden], which stands for a stored secret, and the stored"
                                + " value has no secret in this place. Give the secret itself, or a variable of a config provider"
                                + " such as ${file:/path/to/file:key}.");
    }

    @Test
    void theSecretsOfSettingsAreKnownForTheRedactor() {
        assertThat(masking.secrets(STORED))
                .containsExactlyInAnyOrder(
                        "w0rd", "pw12", "t0ken", "un-known", "x required password=\"jaas\";", "jaas");
    }
}
