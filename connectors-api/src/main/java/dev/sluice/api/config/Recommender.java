package dev.sluice.api.config;

import java.util.List;
import java.util.function.Predicate;

/**
 * Proposes values for a setting and decides whether a form shows it, in view of the other settings. It only helps who
 * fills in a form: a value that is not proposed is no problem.
 *
 * <p>Called during validation with settings that may have problems; asking for such a setting ends the call, and then
 * nothing is proposed and the setting is shown. Runs on the runtime's blocking pool.
 */
@FunctionalInterface
public interface Recommender {

    /**
     * Proposes values.
     *
     * @param config what could be read; of an embedded spec only its own part, under the names it knows
     * @return texts in the order to be shown; empty to propose none
     * @throws ConfigException to report a problem of the setting
     */
    List<String> validValues(Config config);

    /**
     * Decides whether a form shows the setting.
     *
     * @param config as for {@link #validValues}
     * @return true unless overridden
     */
    default boolean visible(Config config) {
        return true;
    }

    /**
     * Makes a recommender that proposes nothing and shows the setting only under a condition.
     *
     * @param condition decides from the other settings
     */
    static Recommender visibleWhen(Predicate<Config> condition) {
        return new Recommender() {
            @Override
            public List<String> validValues(Config config) {
                return List.of();
            }

            @Override
            public boolean visible(Config config) {
                return condition.test(config);
            }
        };
    }
}
