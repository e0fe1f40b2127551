package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.error.ErrorCategory;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigSpecTest {

    private static final ConfigKey<String> FILE =
            ConfigKey.string("file").check(Check.nonEmpty()).doc("File to read. Relative to the working folder.");
    private static final ConfigKey<Integer> BATCH = ConfigKey.integer("batch.size")
            .defaultsTo(2000)
            .check(Check.between(1, 5000))
            .alias("max.lines");
    private static final ConfigKey<Duration> WAIT =
            ConfigKey.duration("wait.ms").optional();
    private static final ConfigSpec SPEC = ConfigSpec.of(FILE, BATCH, WAIT);

    @Test
    void readsGivenValuesAndDefaults() {
        Config config = SPEC.parse(Map.of("file", "a.txt", "wait.ms", "10s"));

        assertThat(config.get(FILE)).isEqualTo("a.txt");
        assertThat(config.get(BATCH)).isEqualTo(2000);
        assertThat(config.find(WAIT)).contains(Duration.ofSeconds(10));
        assertThat(config.isSet(FILE)).isTrue();
        assertThat(config.isSet(BATCH)).isFalse();
        assertThat(config.warnings()).isEmpty();
        assertThat(config.values())
                .isEqualTo(Map.of("file", "a.txt", "batch.size", 2000, "wait.ms", Duration.ofSeconds(10)));
    }

    @Test
    void findsNothingForAnOptionalSettingThatWasNotGiven() {
        Config config = SPEC.parse(Map.of("file", "a.txt"));

        assertThat(config.find(WAIT)).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> config.get(WAIT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot get optional setting wait.ms: nothing was given and it has no default."
                        + " Use find for optional settings.");
    }

    @Test
    void refusesKeysThatAreNotOfTheSpec() {
        Config config = SPEC.parse(Map.of("file", "a.txt"));

        assertThatThrownBy(() -> config.get(ConfigKey.string("other")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot get setting other: the spec has only [file, batch.size, wait.ms]."
                        + " Add the key to the spec.");
        assertThatThrownBy(() -> config.isSet(ConfigKey.bool("file")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot get setting file as true or false: the spec has it as a text."
                        + " Use the key of the spec.");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        ConfigException thrown = refused(Map.of("batch.size", "many", "wait.ms", "soon"));

        assertThat(thrown).hasMessage("""
                        Cannot do without setting file: it is required and was not given. File to read. \
                        Set file to a text.
                        Cannot use batch.size=many: it must be a whole number between -2147483648 and 2147483647.
                        Cannot use wait.ms=soon: it must be a duration such as 500ms, 10s, 5m, 2h, 1d \
                        or plain milliseconds.""");
        assertThat(thrown.problems()).extracting(ConfigProblem::key).containsExactly("file", "batch.size", "wait.ms");
        assertThat(thrown.category()).isEqualTo(ErrorCategory.CONFIG);
    }

    @Test
    void reportsEveryCheckThatFails() {
        ConfigKey<Integer> even = BATCH.check(Check.of("an even number", number -> number % 2 == 0));

        assertThatThrownBy(() -> ConfigSpec.of(even).parse(Map.of("batch.size", "5001")))
                .hasMessage("Cannot use batch.size=5001: it must be between 1 and 5000.\n"
                        + "Cannot use batch.size=5001: it must be an even number.");
    }

    @Test
    void acceptsTheLimitsAndNothingBeyond() {
        assertThat(SPEC.parse(Map.of("file", "f", "batch.size", "1")).get(BATCH))
                .isEqualTo(1);
        assertThat(SPEC.parse(Map.of("file", "f", "batch.size", "5000")).get(BATCH))
                .isEqualTo(5000);
        assertThat(refused(Map.of("file", "f", "batch.size", "0")))
                .hasMessage("Cannot use batch.size=0: it must be between 1 and 5000.");
        assertThat(refused(Map.of("file", "f", "batch.size", "5001")))
                .hasMessage("Cannot use batch.size=5001: it must be between 1 and 5000.");
    }

    @Test
    void takesANullValueForAProblem() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("file", null);

        assertThat(refused(given)).hasMessage("Cannot use file: its value is null. Give a value or leave the key out.");
        assertThat(SPEC.validate(given).value("file").orElseThrow().value()).isNull();
    }

    @Test
    void takesANullValueForAProblemUnderAnyName() {
        Map<String, String> given = new LinkedHashMap<>(Map.of("file", "f"));
        given.put("fild", null);
        given.put("producer.acks", null);

        ConfigValidation validation = SPEC.openPrefix("producer.").validate(given);

        assertThat(texts(validation.problems()))
                .containsExactly(
                        "Cannot use fild: its value is null. Give a value or leave the key out.",
                        "Setting fild is not known and has no effect. Did you mean file?",
                        "Cannot use producer.acks: its value is null. Give a value or leave the key out.");
    }

    @Test
    void leavesNullValuesAloneThatAreNotItsBusiness() {
        Map<String, String> given = new LinkedHashMap<>(Map.of("a.file", "f"));
        given.put("other", null);

        assertThat(SPEC.prefixed("a.").parse(given).originals()).isEqualTo(Map.of("a.file", "f"));
    }

    @Test
    void warnsOfUnknownNamesWithTheNearestKnownOne() {
        Config config = SPEC.parse(inOrder("file", "f", "batch.sze", "1", "max.linse", "1", "colour", "red"));

        assertThat(texts(config.warnings()))
                .containsExactly(
                        "Setting batch.sze is not known and has no effect. Did you mean batch.size?",
                        "Setting max.linse is not known and has no effect. Did you mean max.lines?",
                        "Setting colour is not known and has no effect.");
    }

    @Test
    void readsAliasesAndNotesTheirUse() {
        Config config = SPEC.parse(Map.of("file", "f", "max.lines", "7"));

        assertThat(config.get(BATCH)).isEqualTo(7);
        assertThat(config.isSet(BATCH)).isTrue();
        assertThat(config.warnings())
                .containsExactly(
                        ConfigProblem.note("batch.size", "Setting max.lines is another name of batch.size.", null));
    }

    @Test
    void refusesANameAndItsAliasThatDiffer() {
        assertThat(refused(Map.of("file", "f", "max.lines", "7", "batch.size", "8")))
                .hasMessage("Cannot use batch.size and max.lines: they are names of the same setting and differ."
                        + " Keep only batch.size.");
        assertThat(SPEC.parse(Map.of("file", "f", "max.lines", "7", "batch.size", "7"))
                        .get(BATCH))
                .isEqualTo(7);
    }

    @Test
    void warnsOfDeprecatedSettingsOnlyIfGiven() {
        ConfigSpec spec =
                ConfigSpec.of(ConfigKey.bool("strict").defaultsTo(true).deprecated("Use checks."));

        assertThat(spec.parse(Map.of()).warnings()).isEmpty();
        assertThat(spec.parse(Map.of("strict", "false")).warnings())
                .containsExactly(ConfigProblem.warning("strict", "Setting strict is deprecated.", "Use checks."));
    }

    @Test
    void refusesRemovedSettingsAndSaysWhatReplacedThem() {
        ConfigSpec spec = SPEC.removed("lines", "Use batch.size.");

        assertThatThrownBy(() -> spec.parse(Map.of("file", "f", "lines", "5")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot use setting lines: it was removed. Use batch.size.");
    }

    @Test
    void keepsWhatWasGivenInOrderAndUnchangeable() {
        Config config = SPEC.parse(inOrder("zzz", " 1 ", "file", "f", "aaa", "2"));

        assertThat(config.originals())
                .containsExactly(Map.entry("zzz", " 1 "), Map.entry("file", "f"), Map.entry("aaa", "2"));
        assertThatThrownBy(() -> config.originals().put("file", "g")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesToDefineANameTwice() {
        assertThatThrownBy(() -> SPEC.plus(ConfigKey.string("max.lines")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot add setting max.lines: the spec has that name already.");
        assertThatThrownBy(() -> SPEC.removed("max.lines", "Use batch.size."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot mark a name of setting batch.size as removed: the spec still has the setting.");
    }

    @Test
    void joinsSpecs() {
        ConfigKey<Boolean> strict = ConfigKey.bool("strict").defaultsTo(true);
        ConfigSpec joined = SPEC.plus(ConfigSpec.of(strict).removed("lines", "Use batch.size."));

        assertThat(joined.keys())
                .extracting(ConfigKey::name)
                .containsExactly("file", "batch.size", "wait.ms", "strict");
        assertThat(joined.removedKeys()).containsOnlyKeys("lines");
        assertThat(joined.key("max.lines").orElseThrow().name()).isEqualTo("batch.size");
        assertThat(SPEC.keys()).hasSize(3);
    }

    @Test
    void letsTheFirstSpecWinWhereNamesMayBeTaken() {
        ConfigKey<Integer> sameName = ConfigKey.integer("file").defaultsTo(1);
        ConfigKey<Boolean> strict = ConfigKey.bool("strict").defaultsTo(true);

        ConfigSpec joined = SPEC.plusUnlessTaken(ConfigSpec.of(sameName, strict).removed("wait.ms", "Nothing."));

        assertThat(joined.keys()).hasSize(4);
        assertThat(joined.parse(Map.of("file", "f", "wait.ms", "1")).get(FILE)).isEqualTo("f");
    }

    @Test
    void parsesAnEmptySpec() {
        assertThat(ConfigSpec.of().parse(Collections.emptyMap()).values()).isEmpty();
    }

    private static ConfigException refused(Map<String, String> given) {
        return catchThrowableOfType(ConfigException.class, () -> SPEC.parse(given));
    }

    private static List<String> texts(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigProblem::text).toList();
    }

    private static Map<String, String> inOrder(String... namesAndTexts) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            map.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return map;
    }
}
