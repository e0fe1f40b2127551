package dev.sluice.api.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a spec over a map of texts: reads every setting, looks at the names that are none, then runs the rules.
 * Collects all problems on the way. Used by one thread and thrown away.
 */
final class ConfigReading {

    private final ConfigSpec spec;
    private final Map<String, @Nullable String> given;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final ConfigProblems problems = new ConfigProblems();

    ConfigReading(ConfigSpec spec, Map<String, @Nullable String> given) {
        this.spec = spec;
        this.given = new LinkedHashMap<>(given);
        for (ConfigKey<?> key : spec.keys()) {
            slots.put(key.name(), read(key));
        }
        this.given.keySet().forEach(this::checkName);
        Config config = config();
        spec.rules().forEach(rule -> run(rule, config));
    }

    List<ConfigProblem> problems() {
        return problems.list();
    }

    Config config() {
        Map<String, String> originals = new LinkedHashMap<>();
        given.forEach((name, text) -> {
            if (text != null) {
                originals.put(name, text);
            }
        });
        List<ConfigProblem> warnings =
                problems.list().stream().filter(problem -> !problem.isError()).toList();
        return new Config(slots, originals, warnings);
    }

    /** Returns the text to show for a key in an answer; null if there is none. */
    @Nullable
    String shownText(ConfigKey<?> key) {
        String text = givenNames(key).stream()
                .map(given::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (text == null) {
            return key.defaultText().orElse(null);
        }
        return key.isSecret() ? Password.HIDDEN : text;
    }

    private <T> Slot read(ConfigKey<T> key) {
        List<String> names = givenNames(key);
        if (names.isEmpty()) {
            return absent(key);
        }
        noteNames(key, names);
        if (names.stream().map(given::get).distinct().count() > 1) {
            problems.error(
                    key,
                    "Cannot use " + String.join(" and ", names) + ": they are names of the same setting and differ.",
                    "Keep only " + key.name() + ".");
            return Slot.faulty(key);
        }
        String text = given.get(names.get(0));
        if (text == null) {
            problems.add(nullValue(key.name(), names.get(0)));
            return Slot.faulty(key);
        }
        return parsed(key, text).map(value -> checked(key, text, value)).orElseGet(() -> Slot.faulty(key));
    }

    private static ConfigProblem nullValue(String key, String name) {
        return ConfigProblem.error(
                key, "Cannot use " + name + ": its value is null.", "Give a value or leave the key out.");
    }

    private List<String> givenNames(ConfigKey<?> key) {
        List<String> names = new ArrayList<>();
        if (given.containsKey(key.name())) {
            names.add(key.name());
        }
        key.aliases().stream().filter(given::containsKey).forEach(names::add);
        return names;
    }

    private Slot absent(ConfigKey<?> key) {
        if (!key.isRequired()) {
            return new Slot(key, key.defaultValue().orElse(null), false, false);
        }
        String purpose = key.doc().isEmpty() ? "" : " " + ConfigWords.firstSentence(key.doc());
        problems.error(
                key,
                "Cannot do without setting " + key.name() + ": it is required and was not given." + purpose,
                "Set " + key.name() + " to " + key.type().words() + ".");
        return new Slot(key, null, false, true);
    }

    private void noteNames(ConfigKey<?> key, List<String> names) {
        key.deprecation()
                .ifPresent(advice -> problems.add(
                        ConfigProblem.warning(key.name(), "Setting " + key.name() + " is deprecated.", advice)));
        names.stream()
                .filter(name -> !name.equals(key.name()))
                .forEach(alias -> problems.add(ConfigProblem.note(
                        key.name(), "Setting " + alias + " is another name of " + key.name() + ".", null)));
    }

    private <T> Optional<T> parsed(ConfigKey<T> key, String text) {
        try {
            return Optional.of(key.type().parse(text));
        } catch (IllegalArgumentException e) {
            // The message of a secret type might repeat the secret.
            String why = key.isSecret() || e.getMessage() == null
                    ? "it must be " + key.type().words()
                    : e.getMessage();
            problems.error(key, "Cannot use " + ShownText.setting(key, text) + ": " + why + ".");
            return Optional.empty();
        }
    }

    private <T> Slot checked(ConfigKey<T> key, String text, T value) {
        boolean accepted = true;
        for (Check<? super T> check : key.checks()) {
            if (!check.accepts(value)) {
                accepted = false;
                String why = key.isSecret() ? "it must be " + check.words() : check.problem(value);
                problems.error(key, "Cannot use " + ShownText.setting(key, text) + ": " + why + ".");
            }
        }
        return accepted ? new Slot(key, value, true, false) : Slot.faulty(key);
    }

    private void checkName(String name) {
        String replacement = spec.removedKeys().get(name);
        if (replacement != null) {
            problems.add(ConfigProblem.error(name, "Cannot use setting " + name + ": it was removed.", replacement));
            return;
        }
        if (given.get(name) == null && spec.isForeign(name)) {
            problems.add(nullValue(name, name));
        }
        if (spec.isUnknown(name)) {
            String fix = NearestName.of(name, spec.names())
                    .map(near -> "Did you mean " + near + "?")
                    .orElse(null);
            problems.add(ConfigProblem.warning(name, "Setting " + name + " is not known and has no effect.", fix));
        }
    }

    private void run(ConfigRule rule, Config config) {
        try {
            rule.check(config, problems);
        } catch (FaultyKeyException e) {
            // The setting that the rule asked for has its own problem in the list; there is nothing more to say.
            return;
        }
    }
}
