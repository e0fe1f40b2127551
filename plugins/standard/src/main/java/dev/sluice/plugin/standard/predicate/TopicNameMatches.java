package dev.sluice.plugin.standard.predicate;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.transform.Predicate;
import java.util.regex.Pattern;

/** Holds for records whose topic's whole name a regular expression matches. */
public final class TopicNameMatches implements Predicate {
    private static final ConfigKey<Pattern> PATTERN =
            ConfigKey.regex("pattern").doc("Regular expression of Java that the whole name of the topic must match.");

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(PATTERN).rule(TopicNameMatches::checkNotEmpty);

    private Pattern pattern = Pattern.compile("");
    private String lastTopic = "";
    private boolean lastMatched;

    private static void checkNotEmpty(Config config, ConfigProblems problems) {
        if (config.get(PATTERN).pattern().isEmpty()) {
            problems.error(
                    PATTERN, "Cannot use the empty pattern: it matches no topic.", "Give a pattern such as orders.*");
        }
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        pattern = config.get(PATTERN);
        lastTopic = "";
        lastMatched = pattern.matcher("").matches();
    }

    /** Most records have the topic of the one before. */
    @Override
    public boolean test(ConnectRecord<?> record) {
        String topic = record.topic();
        if (!topic.equals(lastTopic)) {
            lastMatched = pattern.matcher(topic).matches();
            lastTopic = topic;
        }
        return lastMatched;
    }
}
