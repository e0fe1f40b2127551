package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigRuleTest {

    private static final ConfigKey<Integer> MIN = ConfigKey.integer("min").defaultsTo(1);
    private static final ConfigKey<Integer> MAX = ConfigKey.integer("max").defaultsTo(10);
    private static final ConfigKey<String> NAME = ConfigKey.string("name").optional();

    private static final ConfigSpec SPEC =
            ConfigSpec.of(MIN, MAX, NAME).rule(ConfigRuleTest::ordered).rule(ConfigRuleTest::named);

    private static void ordered(Config config, ConfigProblems problems) {
        if (config.get(MIN) > config.get(MAX)) {
            String why = "Cannot use min=" + config.get(MIN) + ": max is " + config.get(MAX) + ".";
            problems.error(MIN, why, "Lower min or raise max.");
        }
    }

    private static void named(Config config, ConfigProblems problems) {
        if (config.find(NAME).isEmpty()) {
            problems.warning(NAME, "Without a name nobody finds it.");
        }
    }

    @Test
    void checksSettingsAgainstEachOther() {
        assertThatThrownBy(() -> SPEC.parse(Map.of("min", "11")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot use min=11: max is 10. Lower min or raise max.");
        assertThat(SPEC.parse(Map.of("min", "10")).get(MIN)).isEqualTo(10);
    }

    @Test
    void keepsWarningsOfRules() {
        assertThat(SPEC.parse(Map.of()).warnings())
                .containsExactly(ConfigProblem.warning("name", "Without a name nobody finds it.", null));
    }

    @Test
    void runsRulesEvenIfOtherSettingsHaveProblems() {
        ConfigSpec spec = SPEC.plus(ConfigKey.bool("strict"));

        assertThat(spec.validate(Map.of("min", "11")).errors())
                .extracting(ConfigProblem::key)
                .containsExactly("strict", "min");
    }

    @Test
    void endsARuleThatAsksForASettingWithAProblemOfItsOwn() {
        ConfigValidation validation = SPEC.validate(Map.of("max", "x"));

        assertThat(validation.errors()).extracting(ConfigProblem::key).containsExactly("max");
        assertThat(validation.warnings()).extracting(ConfigProblem::key).containsExactly("name");
    }

    @Test
    void showsEmbeddedRulesTheirOwnNames() {
        ConfigSpec embedded = ConfigSpec.of(ConfigKey.string("name").defaultsTo("outer"))
                .plus(SPEC.prefixed("range.").prefixed("a."));

        assertThat(embedded.validate(Map.of("a.range.min", "11")).problems())
                .containsExactly(
                        ConfigProblem.error("a.range.min", "Cannot use min=11: max is 10.", "Lower min or raise max."),
                        ConfigProblem.warning("a.range.name", "Without a name nobody finds it.", null));
    }

    @Test
    void namesTheSettingWhereARuleSpeaksOfItByAShortName() {
        assertThatThrownBy(() -> SPEC.prefixed("a.").parse(Map.of("a.min", "11")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("a.min: Cannot use min=11: max is 10. Lower min or raise max.");
    }

    @Test
    void collectsProblemsMadeElsewhere() {
        ConfigProblems problems = new ConfigProblems();
        problems.error(MIN, "Cannot do it.");
        problems.add(ConfigProblem.note("other", "Good to know.", null));

        assertThat(problems.list())
                .isEqualTo(List.of(
                        ConfigProblem.error("min", "Cannot do it.", null),
                        ConfigProblem.note("other", "Good to know.", null)));
    }
}
