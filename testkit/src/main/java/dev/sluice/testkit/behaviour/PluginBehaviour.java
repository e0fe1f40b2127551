package dev.sluice.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.config.Password;
import dev.sluice.api.plugin.Plugin;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What holds for every plugin: its settings are complete, described, and checked all at once. The suites of the kinds of
 * plugin extend it; tests extend those.
 *
 * @param <P> the plugin's interface
 */
public abstract class PluginBehaviour<P extends Plugin> {
    private static final String SECRET = "sesame-4711-never-to-be-seen";

    PluginBehaviour() {}

    /** Returns a new plugin, as its public constructor makes it. */
    protected abstract P newPlugin();

    /** Returns settings with which the plugin works on the outside that the test prepared; nothing unnecessary. */
    protected abstract Map<String, String> settings();

    /** Checks settings the way a user's are checked. */
    ConfigValidation validate(Map<String, String> settings) {
        return spec().validate(settings);
    }

    final ConfigSpec spec() {
        return newPlugin().configSpec();
    }

    @Test
    void describesEverySetting() {
        assertThat(spec().keys())
                .allSatisfy(key -> assertThat(key.doc())
                        .as("doc of %s", key.name())
                        .isNotBlank()
                        .endsWith("."))
                .allSatisfy(key -> assertThat(key.name()).matches("[a-z0-9]+([._-][a-z0-9]+)*"));
    }

    @Test
    void namesNoSettingTwice() {
        Set<String> names = new HashSet<>();
        for (ConfigKey<?> key : spec().keys()) {
            assertThat(names.add(key.name())).as("%s is new", key.name()).isTrue();
            assertThat(key.aliases())
                    .as("aliases of %s", key.name())
                    .allSatisfy(alias ->
                            assertThat(names.add(alias)).as("%s is new", alias).isTrue());
        }
    }

    @Test
    void givesTheSameSettingsEveryTime() {
        assertThat(spec().keys()).extracting(ConfigKey::name).containsExactlyElementsOf(names());
    }

    private List<String> names() {
        return spec().keys().stream().map(ConfigKey::name).toList();
    }

    @Test
    void acceptsGoodSettings() {
        assertThat(validate(settings()).errors()).isEmpty();
    }

    @Test
    void hasAVersion() {
        assertThat(newPlugin().version()).isNotBlank();
    }

    @Test
    void refusesEachMissingSettingByName() {
        for (ConfigKey<?> key : spec().keys()) {
            if (key.isRequired()) {
                assertThat(validate(SettingsFaults.without(settings(), key)).errors())
                        .as("errors without %s", key.name())
                        .anySatisfy(error -> assertNames(error, key));
            }
        }
    }

    @Test
    void refusesEachValueOfAWrongTypeByName() {
        for (ConfigKey<?> key : SettingsFaults.typed(spec())) {
            assertThat(validate(SettingsFaults.broken(settings(), key)).errors())
                    .as("errors with nonsense in %s", key.name())
                    .anySatisfy(error -> assertNames(error, key));
        }
    }

    @Test
    void reportsAllProblemsAtOnce() {
        Map<String, String> settings = settings();
        Set<String> faulty = new HashSet<>();
        for (ConfigKey<?> key : SettingsFaults.typed(spec())) {
            settings = SettingsFaults.broken(settings, key);
            faulty.add(key.name());
        }
        for (ConfigKey<?> key : spec().keys()) {
            if (key.isRequired() && faulty.add(key.name())) {
                settings = SettingsFaults.without(settings, key);
            }
        }
        assertThat(validate(settings).errors()).extracting(ConfigProblem::key).containsAll(faulty);
    }

    @Test
    void hidesSecrets() {
        for (ConfigKey<?> key : spec().keys()) {
            if (key.isSecret()) {
                Map<String, String> settings = new TreeMap<>(settings());
                settings.put(key.name(), SECRET);
                assertHidden(key, validate(settings));
            }
        }
    }

    private void assertHidden(ConfigKey<?> key, ConfigValidation validation) {
        assertThat(validation.value(key.name()).orElseThrow().value())
                .as("shown value of %s", key.name())
                .isEqualTo(Password.HIDDEN);
        assertThat(validation.toString())
                .as("what validation says of %s", key.name())
                .doesNotContain(SECRET);
    }

    private static void assertNames(ConfigProblem error, ConfigKey<?> key) {
        assertThat(error.key()).isEqualTo(key.name());
        assertThat(error.text()).contains(key.name());
    }

    /** Returns the settings as the plugin gets them. */
    final Config config() {
        return spec().parse(settings());
    }
}
