package dev.sluice.api.config;

import java.util.List;

/** Shows a recommender of an embedded spec only the part of the settings that it knows. */
record PrefixedRecommender(String prefix, Recommender recommender) implements Recommender {

    @Override
    public List<String> validValues(Config config) {
        return recommender.validValues(config.withPrefix(prefix));
    }

    @Override
    public boolean visible(Config config) {
        return recommender.visible(config.withPrefix(prefix));
    }
}
