package dev.sluice.api.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the reference page of a spec, so that the page cannot differ from what is read. Secrets show no default,
 * internal settings are left out. The same spec always gives the same text.
 */
public final class ConfigReference {

    private static final String HEAD =
            "| setting | type | default | importance | what it does |\n|---|---|---|---|---|\n";

    private ConfigReference() {}

    /**
     * Writes Markdown: settings without a heading first, then one table for each heading in the order of the spec, then
     * the families of settings whose names are not known, and the names that were removed.
     *
     * @return the text, with a line feed at the end; says so if there is nothing to set
     */
    public static String markdown(ConfigSpec spec) {
        List<String> parts = new ArrayList<>();
        table(keysOf(spec, Optional.empty())).ifPresent(parts::add);
        for (String group : spec.groups()) {
            table(keysOf(spec, Optional.of(group)))
                    .ifPresent(table -> parts.add("### " + escaped(group) + "\n\n" + table));
        }
        if (!spec.openPrefixes().isEmpty()) {
            parts.add(spec.openPrefixes().stream()
                    .map(prefix -> "Settings that start with " + code(prefix) + " are passed on as they are.\n")
                    .collect(Collectors.joining()));
        }
        if (!spec.removedKeys().isEmpty()) {
            parts.add(removed(spec));
        }
        return parts.isEmpty() ? "There is nothing to set.\n" : String.join("\n", parts);
    }

    private static List<ConfigKey<?>> keysOf(ConfigSpec spec, Optional<String> group) {
        Comparator<ConfigKey<?>> order = Comparator.comparingInt(spec::orderInGroup);
        return spec.keys().stream()
                .filter(key -> !key.isInternal() && key.group().equals(group))
                .sorted(order)
                .toList();
    }

    private static Optional<String> table(List<ConfigKey<?>> keys) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(HEAD + keys.stream().map(ConfigReference::row).collect(Collectors.joining()));
    }

    private static String row(ConfigKey<?> key) {
        return "| " + code(key.name()) + " | " + type(key) + " | " + standard(key) + " | "
                + key.importance().name().toLowerCase(Locale.ROOT) + " | " + description(key) + " |\n";
    }

    private static String type(ConfigKey<?> key) {
        String limits = key.checks().stream().map(Check::words).collect(Collectors.joining(", "));
        return escaped(limits.isEmpty() ? key.type().words() : key.type().words() + "; must be " + limits);
    }

    private static String standard(ConfigKey<?> key) {
        if (key.isRequired()) {
            return "required";
        }
        if (key.defaultValue().isEmpty()) {
            return "none";
        }
        if (key.isSecret()) {
            return "hidden";
        }
        String text = key.defaultText().orElse("");
        return text.isEmpty() ? "empty" : code(text);
    }

    private static String description(ConfigKey<?> key) {
        List<String> sentences = new ArrayList<>();
        if (!key.doc().isBlank()) {
            sentences.add(key.doc().strip());
        }
        key.deprecation().ifPresent(advice -> sentences.add("Deprecated. " + advice));
        String text = escaped(String.join(" ", sentences));
        if (key.aliases().isEmpty()) {
            return text;
        }
        String aliases = key.aliases().stream().map(ConfigReference::code).collect(Collectors.joining(", "));
        return (text + " Also read as " + aliases + ".").strip();
    }

    private static String removed(ConfigSpec spec) {
        String rows = spec.removedKeys().entrySet().stream()
                .map(entry -> "| " + code(entry.getKey()) + " | " + escaped(entry.getValue()) + " |\n")
                .collect(Collectors.joining());
        return "| removed setting | instead |\n|---|---|\n" + rows;
    }

    private static String code(String text) {
        String fence = text.contains("`") ? "``" : "`";
        return fence + text.replace("|", "\\|").replaceAll("\\R", " ") + fence;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replaceAll("\\s*\\R\\s*", " ");
    }
}
