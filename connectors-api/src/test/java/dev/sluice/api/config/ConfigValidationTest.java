package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigValidationTest {

    private enum Mode {
        BULK,
        TIMESTAMP
    }

    private static final ConfigKey<Mode> MODE =
            ConfigKey.enumeration("mode", Mode.class).defaultsTo(Mode.BULK).group("Reading");
    private static final ConfigKey<String> COLUMN = ConfigKey.string("column")
            .optional()
            .group("Reading")
            .recommender(new Recommender() {
                @Override
                public List<String> validValues(Config config) {
                    return List.of("updated_at", config.get(MODE).name());
                }

                @Override
                public boolean visible(Config config) {
                    return config.get(MODE) == Mode.TIMESTAMP;
                }
            });
    private static final ConfigKey<Integer> TASKS = ConfigKey.integer("tasks");
    private static final ConfigSpec SPEC = ConfigSpec.of(MODE, COLUMN, TASKS);

    @Test
    void answersForEverySetting() {
        ConfigValidation validation = SPEC.validate(Map.of("mode", "Timestamp", "tasks", "none"));

        assertThat(validation.values())
                .containsExactly(
                        new ConfigValue("mode", "Timestamp", List.of("bulk", "timestamp"), List.of(), true),
                        new ConfigValue("column", null, List.of("updated_at", "TIMESTAMP"), List.of(), true),
                        new ConfigValue("tasks", "none", List.of(), validation.errors(), true));
        assertThat(validation.errorCount()).isEqualTo(1);
        assertThat(validation.value("tasks").orElseThrow().errors())
                .containsExactly(
                        "Cannot use tasks=none: it must be a whole number between -2147483648 and 2147483647.");
    }

    @Test
    void showsDefaultsAndHidesWhatDoesNotApply() {
        ConfigValidation validation = SPEC.validate(Map.of("tasks", "1"));

        assertThat(validation.errorCount()).isZero();
        assertThat(validation.value("mode").orElseThrow().value()).isEqualTo("bulk");
        assertThat(validation.value("column").orElseThrow().visible()).isFalse();
        assertThat(validation.value("nothing")).isEmpty();
    }

    @Test
    void showsASettingWhoseRecommenderNeedsOneWithAProblem() {
        ConfigValue column =
                SPEC.validate(Map.of("mode", "x", "tasks", "1")).value("column").orElseThrow();

        assertThat(column.visible()).isTrue();
        assertThat(column.recommendedValues()).isEmpty();
        assertThat(column.problems()).isEmpty();
    }

    @Test
    void showsARecommenderOfAnEmbeddedSpecItsOwnNames() {
        ConfigValidation validation = SPEC.prefixed("db.").validate(Map.of("db.mode", "timestamp", "db.tasks", "1"));

        assertThat(validation.value("db.column").orElseThrow())
                .isEqualTo(new ConfigValue("db.column", null, List.of("updated_at", "TIMESTAMP"), List.of(), true));
    }

    @Test
    void reportsWhatARecommenderComplainsAbout() {
        ConfigKey<String> table = ConfigKey.string("table").recommender(config -> {
            throw new ConfigException("Cannot list tables: the database does not answer.");
        });

        ConfigValidation validation = ConfigSpec.of(table).validate(Map.of("table", "orders"));

        assertThat(validation.value("table").orElseThrow().errors())
                .containsExactly("table: Cannot list tables: the database does not answer.");
        assertThat(validation.errorCount()).isEqualTo(1);
    }

    @Test
    void showsASettingOnlyUnderACondition() {
        ConfigKey<String> column = ConfigKey.string("column")
                .optional()
                .recommender(Recommender.visibleWhen(config -> config.get(MODE) == Mode.TIMESTAMP));
        ConfigSpec spec = ConfigSpec.of(MODE, column);

        assertThat(spec.validate(Map.of()).value("column").orElseThrow().visible())
                .isFalse();
        assertThat(spec.validate(Map.of("mode", "timestamp"))
                        .value("column")
                        .orElseThrow()
                        .visible())
                .isTrue();
    }

    @Test
    void listsNamesThatAreNoSettingsOnlyWithAnError() {
        ConfigValidation validation =
                SPEC.removed("threads", "Use tasks.").validate(Map.of("tasks", "1", "threads", "2", "colour", "red"));

        assertThat(validation.value("threads").orElseThrow().errors())
                .containsExactly("Cannot use setting threads: it was removed. Use tasks.");
        assertThat(validation.value("colour")).isEmpty();
        assertThat(validation.warnings()).extracting(ConfigProblem::key).containsExactly("colour");
    }

    @Test
    void takesWhatALookAtTheOutsideFound() {
        ConfigValidation validation = SPEC.validate(Map.of("tasks", "1"))
                .withProblems(List.of(
                        ConfigProblem.error("mode", "Cannot use mode=bulk: the database forbids it.", null),
                        ConfigProblem.error("elsewhere", "Cannot reach it.", "Start it."),
                        ConfigProblem.warning("unlisted", "It is slow.", null)));

        assertThat(validation.errorCount()).isEqualTo(2);
        assertThat(validation.value("mode").orElseThrow().errors())
                .containsExactly("Cannot use mode=bulk: the database forbids it.");
        assertThat(validation.value("elsewhere").orElseThrow().errors())
                .containsExactly("elsewhere: Cannot reach it. Start it.");
        assertThat(validation.value("unlisted")).isEmpty();
        assertThat(validation.warnings()).hasSize(1);
    }
}
