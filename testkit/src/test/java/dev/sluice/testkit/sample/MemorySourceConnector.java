package dev.sluice.testkit.sample;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.config.Password;
import dev.sluice.api.connector.ExactlyOnceSupport;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceConnectorContext;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.testkit.behaviour.SourceAbility;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a {@link MemoryOutside}, with some abilities and perhaps a flaw. */
final class MemorySourceConnector implements SourceConnector {
    static final ConfigKey<String> OUTSIDE = ConfigKey.string("outside").doc("Name of the list to read.");
    static final ConfigKey<Integer> BATCH_SIZE =
            ConfigKey.integer("batch.size").defaultsTo(4).doc("Entries per poll at most.");
    static final ConfigKey<Password> TOKEN =
            ConfigKey.password("token").optional().doc("Opens nothing; shows that secrets stay hidden.");
    static final ConfigKey<Integer> SHARE =
            ConfigKey.integer("share").defaultsTo(0).doc("Index of the task's share.");
    static final ConfigKey<Integer> SHARES =
            ConfigKey.integer("shares").defaultsTo(1).doc("Number of shares.");

    private static final ConfigSpec SPEC = ConfigSpec.of(OUTSIDE, BATCH_SIZE, TOKEN);

    private final Set<SourceAbility> abilities;
    private final SourceFlaw flaw;
    private @Nullable Config config;

    MemorySourceConnector(Set<SourceAbility> abilities, SourceFlaw flaw) {
        this.abilities = abilities;
        this.flaw = flaw;
    }

    @Override
    public ConfigSpec configSpec() {
        return flaw == SourceFlaw.NO_DOC ? SPEC.plus(ConfigKey.bool("mystery").optional()) : SPEC;
    }

    @Override
    public ConfigSpec taskConfigSpec() {
        return SPEC.plus(SHARE, SHARES);
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public ConfigValidation validate(Map<String, String> settings, ValidationProbe probe) {
        ConfigValidation found = SPEC.validate(settings);
        return switch (flaw) {
            case ONE_PROBLEM_AT_A_TIME -> only(found, found.problems().stream().limit(1));
            case SWALLOWS_MISSING_SETTINGS -> only(found, errors(found, "batch.size"));
            case SWALLOWS_WRONG_TYPES -> only(found, errors(found, "outside"));
            case TELLS_SECRETS ->
                found.withProblems(List.of(
                        ConfigProblem.warning("token", "Cannot like token " + settings.get("token") + ".", null)));
            default -> found;
        };
    }

    private static Stream<ConfigProblem> errors(ConfigValidation found, String key) {
        return found.problems().stream().filter(problem -> problem.key().equals(key));
    }

    private static ConfigValidation only(ConfigValidation found, Stream<ConfigProblem> problems) {
        return new ConfigValidation(found.values(), problems.toList());
    }

    @Override
    public void start(SourceConnectorContext context, Config given) {
        config = given;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        int count = abilities.contains(SourceAbility.SPLITS) ? tasksMax : 1;
        int shown = flaw == SourceFlaw.TOO_MANY_TASKS ? count + 1 : count;
        return IntStream.range(0, shown)
                .mapToObj(index -> settings(index, count))
                .toList();
    }

    private Map<String, String> settings(int share, int shares) {
        if (config == null) {
            throw new IllegalStateException("Cannot give task settings: the connector was not started.");
        }
        String wrong = flaw == SourceFlaw.TASK_SETTINGS_WRONG && shares > 1 ? "few" : "";
        return Map.of(
                OUTSIDE.name(),
                config.get(OUTSIDE),
                SHARE.name(),
                share + wrong,
                SHARES.name(),
                Integer.toString(shares));
    }

    @Override
    public SourceTask createTask() {
        return new MemorySourceTask(abilities, flaw);
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Config given) {
        return abilities.contains(SourceAbility.EXACTLY_ONCE) && flaw != SourceFlaw.NOT_EXACTLY_ONCE
                ? ExactlyOnceSupport.SUPPORTED
                : ExactlyOnceSupport.UNSUPPORTED;
    }

    @Override
    public boolean alterOffsets(
            Map<String, String> settings,
            Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> offsets) {
        if (!abilities.contains(SourceAbility.ALTERS_OFFSETS)) {
            return false;
        }
        if (flaw != SourceFlaw.ACCEPTS_ANY_OFFSET) {
            offsets.forEach(MemorySourceConnector::check);
        }
        return true;
    }

    private static void check(Map<String, @Nullable Object> partition, @Nullable Map<String, @Nullable Object> offset) {
        if (!partition.keySet().equals(Set.of("outside", "share"))) {
            throw new ConnectorException("Cannot alter offsets of " + partition + ": expected outside and share.");
        }
        if (offset != null && !(offset.get("next") instanceof Long)) {
            throw new ConnectorException("Cannot use offset " + offset + ": expected next, a whole number.");
        }
    }

    @Override
    public void stop() {
        config = null;
    }
}
