package dev.sluice.runtime.config;

import dev.sluice.api.config.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header that every answer gets, as {@code response.http.headers.config} of Kafka Connect writes it.
 *
 * @param action how it is added
 * @param name of the header
 * @param value of the header; for dates milliseconds from now
 */
public record HeaderRule(Action action, String name, String value) {
    /** The actions under Kafka Connect's names. */
    public enum Action {
        /** Replaces what is there. */
        SET,
        /** Adds to what is there. */
        ADD,
        /** Replaces with a date. */
        SET_DATE,
        /** Adds a date. */
        ADD_DATE;

        /** Returns whether the value is a time. */
        public boolean isDate() {
            return this == SET_DATE || this == ADD_DATE;
        }

        /** Returns whether earlier values stay. */
        public boolean isAddition() {
            return this == ADD || this == ADD_DATE;
        }
    }

    static final Check<String> CHECK = new HeaderCheck();

    private static final Pattern RULE =
            Pattern.compile("(set|add|setDate|addDate)\\s+([A-Za-z0-9!#$%&'*+.^_`|~-]+)\\s*:\\s*(.*)");
    private static final Pattern PART = Pattern.compile("\\s*(?:\"([^\"]*)\"|([^,\"]*))\\s*(?:,|$)");

    /** Reads rules; the check has made sure that they can be read. */
    static List<HeaderRule> parse(String text) {
        List<HeaderRule> rules = new ArrayList<>();
        parts(text).forEach(part -> rules.add(rule(part)));
        return rules;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(text);
        int end = 0;
        while (end < text.length() && part.find(end) && part.start() == end) {
            String found = (part.group(1) == null ? part.group(2) : part.group(1)).trim();
            if (!found.isEmpty()) {
                parts.add(found);
            }
            end = part.end();
        }
        if (end < text.length()) {
            throw new IllegalArgumentException("the quotes in '" + text.substring(end) + "' do not match");
        }
        return parts;
    }

    private static HeaderRule rule(String part) {
        Matcher rule = RULE.matcher(part);
        if (!rule.matches() || rule.group(3).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "'" + part + "' is no rule such as: set Cache-Control:no-cache (set, add, setDate or addDate)");
        }
        Action action = switch (rule.group(1)) {
            case "set" -> Action.SET;
            case "add" -> Action.ADD;
            case "setDate" -> Action.SET_DATE;
            default -> Action.ADD_DATE;
        };
        String value = rule.group(3).trim();
        if (action.isDate() && !value.matches("-?\\d{1,15}")) {
            throw new IllegalArgumentException("'" + part + "' must end in milliseconds from now");
        }
        return new HeaderRule(action, rule.group(2), value);
    }

    private static final class HeaderCheck implements Check<String> {
        @Override
        public String words() {
            return "rules such as: set Cache-Control:no-cache";
        }

        @Override
        public boolean accepts(String value) {
            return problem(value).isEmpty();
        }

        @Override
        public String problem(String value) {
            try {
                var unused = parse(value);
                return "";
            } catch (IllegalArgumentException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }
}
