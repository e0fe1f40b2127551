package dev.sluice.runtime.secret;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a setting, taken apart into what it says itself and its variables.
 *
 * <p>A variable is <code>${provider:key}</code> or <code>${provider:path:key}</code>: the provider ends at the first colon, the
 * path at the second; the key may contain more. Neither contains a closing brace. A text whose part before the first
 * colon cannot be an alias, such as <code>${yyyy-MM-dd HH:mm}</code>, is no variable.
 */
final class VariableText {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([\\w.-]+):(?:([^}:]*):)?([^}]*)}");

    private final List<Part> parts;

    private VariableText(List<Part> parts) {
        this.parts = parts;
    }

    /** A piece of the text: a variable with its text, or text alone. */
    private record Part(String text, @Nullable Variable variable) {}

    /** Takes a text apart. */
    static VariableText parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher found = VARIABLE.matcher(text);
        int end = 0;
        while (found.find()) {
            if (found.start() > end) {
                parts.add(new Part(text.substring(end, found.start()), null));
            }
            String path = found.group(2);
            parts.add(new Part(found.group(), new Variable(found.group(1), path == null ? "" : path, found.group(3))));
            end = found.end();
        }
        if (end < text.length()) {
            parts.add(new Part(text.substring(end), null));
        }
        return new VariableText(List.copyOf(parts));
    }

    /** Returns whether a text has a variable, without taking it apart. */
    static boolean hasVariable(String text) {
        return text.contains("${") && VARIABLE.matcher(text).find();
    }

    /** Returns where variables stand in a text. */
    static List<MatchResult> positions(String text) {
        return text.contains("${") ? VARIABLE.matcher(text).results().toList() : List.of();
    }

    /** Returns the variables, each once, in order. */
    Set<Variable> variables() {
        Set<Variable> variables = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part.variable() != null) {
                variables.add(part.variable());
            }
        }
        return variables;
    }

    /** Returns whether there is nothing but variables. */
    boolean isVariablesOnly() {
        return !parts.isEmpty() && parts.stream().allMatch(part -> part.variable() != null);
    }

    /** Returns the text with its variables replaced; a variable for which there is null stays as it is. */
    String replace(Function<Variable, @Nullable String> values) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            String value = part.variable() == null ? null : values.apply(part.variable());
            text.append(value == null ? part.text() : value);
        }
        return text.toString();
    }
}
