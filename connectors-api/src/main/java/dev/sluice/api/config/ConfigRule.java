package dev.sluice.api.config;

/**
 * Checks settings against each other, such as "exactly one of these two". Pure: it reads settings and adds problems.
 *
 * <p>All rules run even if single settings have problems. A rule that asks for a setting with a problem ends there; what
 * it added before is kept.
 */
@FunctionalInterface
public interface ConfigRule {

    /**
     * Checks the settings.
     *
     * @param config what could be read; of an embedded spec only its own part, under the names it knows
     * @param problems takes what is found
     */
    void check(Config config, ConfigProblems problems);
}
