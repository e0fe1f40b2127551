package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigPrefixTest {

    private static final ConfigKey<Boolean> SCHEMAS =
            ConfigKey.bool("schemas.enable").defaultsTo(false).alias("schemas").dependents("cache");
    private static final ConfigKey<Integer> CACHE = ConfigKey.integer("cache").defaultsTo(100);
    private static final ConfigSpec CONVERTER =
            ConfigSpec.of(SCHEMAS, CACHE).removed("old", "Use cache.").openPrefix("x.");

    private static final ConfigKey<String> NAME = ConfigKey.string("name");
    private static final ConfigSpec SPEC = ConfigSpec.of(NAME)
            .openPrefix("producer.override.")
            .plus(CONVERTER.prefixed("key.converter."))
            .plus(CONVERTER.prefixed("value.converter."));

    @Test
    void readsOneSpecUnderSeveralPrefixes() {
        Config config =
                SPEC.parse(Map.of("name", "n", "key.converter.schemas.enable", "true", "value.converter.cache", "5"));

        Config key = config.withPrefix("key.converter.");
        Config value = config.withPrefix("value.converter.");
        assertThat(key.get(SCHEMAS)).isTrue();
        assertThat(key.get(CACHE)).isEqualTo(100);
        assertThat(value.get(SCHEMAS)).isFalse();
        assertThat(value.get(CACHE)).isEqualTo(5);
        assertThat(value.originals()).isEqualTo(Map.of("cache", "5"));
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void prefixesEverythingThatIsAName() {
        ConfigSpec spec = CONVERTER.prefixed("a.");
        ConfigKey<?> schemas = spec.key("a.schemas").orElseThrow();

        assertThat(schemas.name()).isEqualTo("a.schemas.enable");
        assertThat(schemas.dependents()).containsExactly("a.cache");
        assertThat(spec.removedKeys()).isEqualTo(Map.of("a.old", "Use cache."));
        assertThat(spec.openPrefixes()).containsExactly("a.x.");
    }

    @Test
    void leavesNamesOfUnknownFamiliesAlone() {
        Config config = SPEC.parse(Map.of("name", "n", "producer.override.acks", "all"));

        assertThat(config.warnings()).isEmpty();
        assertThat(config.withPrefix("producer.override.").originals()).isEqualTo(Map.of("acks", "all"));
    }

    @Test
    void warnsOfUnknownNamesInAnEmbeddedSpecUnderFullNames() {
        Config config = SPEC.parse(Map.of("name", "n", "key.converter.cahce", "1"));

        assertThat(config.warnings())
                .containsExactly(ConfigProblem.warning(
                        "key.converter.cahce",
                        "Setting key.converter.cahce is not known and has no effect.",
                        "Did you mean key.converter.cache?"));
        assertThat(config.withPrefix("key.converter.").warnings()).hasSize(1);
        assertThat(config.withPrefix("value.converter.").warnings()).isEmpty();
    }

    @Test
    void answersAloneOnlyForItsPrefix() {
        Config config = CONVERTER.prefixed("a.").parse(Map.of("name", "n", "b.cache", "1", "a.chache", "1"));

        assertThat(config.warnings()).extracting(ConfigProblem::key).containsExactly("a.chache");
    }

    @Test
    void reportsProblemsUnderFullNames() {
        assertThatThrownBy(
                        () -> SPEC.parse(Map.of("name", "n", "key.converter.cache", "x", "value.converter.old", "1")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot use key.converter.cache=x:"
                        + " it must be a whole number between -2147483648 and 2147483647.\n"
                        + "Cannot use setting value.converter.old: it was removed. Use cache.");
    }

    @Test
    void acceptsEveryNameUnderTheEmptyPrefix() {
        assertThat(ConfigSpec.of(NAME)
                        .openPrefix("")
                        .parse(Map.of("name", "n", "nmae", "x"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void hasNoPartUnderAnUnusedPrefix() {
        Config part = SPEC.parse(Map.of("name", "n")).withPrefix("name");

        assertThat(part.originals()).isEmpty();
        assertThat(part.values()).isEmpty();
    }

    @Test
    void putsOwnHeadingsBehindTheNewOne() {
        ConfigSpec spec = ConfigSpec.of(CACHE, NAME.group("Own")).inGroup("Transforms: mask");

        assertThat(List.copyOf(spec.groups())).containsExactly("Transforms: mask", "Transforms: mask: Own");
    }
}
