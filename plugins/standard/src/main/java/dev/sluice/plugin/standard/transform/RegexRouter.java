package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.transform.Transformation;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Renames the topic where a regular expression matches all of its name. */
public final class RegexRouter implements Transformation {
    private static final ConfigKey<Pattern> REGEX = ConfigKey.regex("regex")
            .doc("Regular expression of Java that the whole name of a topic must match for it to be renamed.")
            .importance(Importance.HIGH);
    private static final ConfigKey<String> REPLACEMENT = ConfigKey.string("replacement")
            .doc("The new name; $1 or ${name} stands for a group of the expression.")
            .importance(Importance.HIGH);

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(REGEX, REPLACEMENT).rule(RegexRouter::checkReplacement);

    private Pattern regex = Pattern.compile("");
    private String replacement = "";
    private String lastTopic = "";
    private String lastResult = "";

    /** Replaces in an empty topic, which the widened expression finds even where the given one does not. */
    private static void checkReplacement(Config config, ConfigProblems problems) {
        Pattern given = config.get(REGEX);
        try {
            Matcher always = Pattern.compile("(?:" + given.pattern() + ")|", given.flags())
                    .matcher("");
            Objects.requireNonNull(always.replaceFirst(config.get(REPLACEMENT)), "replaced");
        } catch (PatternSyntaxException notWidened) {
            return; // An expression with comments, say: its replacement shows what it is at the first topic.
        } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
            problems.error(
                    REPLACEMENT,
                    "Cannot use the replacement: " + broken.getMessage() + ".",
                    "Name groups that the regular expression has, and write \\$ for a dollar sign.");
        }
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        regex = config.get(REGEX);
        replacement = config.get(REPLACEMENT);
    }

    @Override
    public <R extends ConnectRecord<R>> R apply(R record) {
        String topic = record.topic();
        String renamed = renamed(topic);
        return renamed.equals(topic) ? record : record.withTopic(renamed);
    }

    /** Most records have the topic of the one before. */
    private String renamed(String topic) {
        if (!topic.equals(lastTopic)) {
            Matcher matcher = regex.matcher(topic);
            lastResult = matcher.matches() ? matcher.replaceFirst(replacement) : topic;
            lastTopic = topic;
        }
        return lastResult;
    }
}
