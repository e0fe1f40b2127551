package dev.sluice.api.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what a reading found into a value for each setting, asking the recommenders on the way. */
final class ConfigValidator {

    private final ConfigSpec spec;
    private final ConfigReading reading;
    private final Config config;
    private final List<ConfigProblem> recommenderProblems = new ArrayList<>();

    ConfigValidator(ConfigSpec spec, ConfigReading reading) {
        this.spec = spec;
        this.reading = reading;
        this.config = reading.config();
    }

    ConfigValidation validation() {
        List<ConfigValue> values = spec.keys().stream().map(this::value).toList();
        return new ConfigValidation(values, List.of())
                .withProblems(reading.problems())
                .withProblems(recommenderProblems);
    }

    private ConfigValue value(ConfigKey<?> key) {
        return new ConfigValue(key.name(), reading.shownText(key), proposals(key), List.of(), isVisible(key));
    }

    private List<String> proposals(ConfigKey<?> key) {
        Optional<Recommender> recommender = key.recommender();
        if (recommender.isEmpty()) {
            return key.type().possibleValues();
        }
        try {
            return recommender.get().validValues(config);
        } catch (FaultyKeyException e) {
            return List.of(); // The setting it asked for has its own problem in the list.
        } catch (ConfigException e) {
            recommenderProblems.add(ConfigProblem.error(key.name(), String.valueOf(e.getMessage()), null));
            return List.of();
        }
    }

    private boolean isVisible(ConfigKey<?> key) {
        try {
            return key.recommender()
                    .map(recommender -> recommender.visible(config))
                    .orElse(true);
        } catch (FaultyKeyException e) {
            return true; // Better to show a setting than to hide one that may be needed.
        }
    }
}
