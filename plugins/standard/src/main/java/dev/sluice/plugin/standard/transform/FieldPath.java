package dev.sluice.plugin.standard.transform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to a field: one name, or names separated by dots, where a name that holds dots stands in backticks.
 *
 * <pre>
 * path := name { '.' name }
 * name := text without dots that does not begin with a backtick
 *       | '`' text '`'      a backtick before a dot, inside of the text, is written \`
 * </pre>
 *
 * The syntax is Kafka's (KIP-821).
 *
 * @param names at least one
 */
record FieldPath(List<String> names) {
    private static final char BACKTICK = '`';

    FieldPath {
        names = List.copyOf(names);
    }

    /** Returns the path to a field at the root, whatever characters its name has. */
    static FieldPath root(String name) {
        return new FieldPath(List.of(name));
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static FieldPath parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty. Name a field");
        }
        List<String> names = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            start = text.charAt(start) == BACKTICK ? quoted(text, start, names) : plain(text, start, names);
        }
        if (text.endsWith(".")) {
            names.add("");
        }
        return new FieldPath(names);
    }

    private static int plain(String text, int start, List<String> names) {
        int dot = text.indexOf('.', start);
        int end = dot < 0 ? text.length() : dot;
        names.add(text.substring(start, end));
        return end + 1;
    }

    /** A backtick ends the name only before a dot or the end; before a dot, \` stands for one. */
    private static int quoted(String text, int start, List<String> names) {
        StringBuilder name = new StringBuilder();
        for (int i = start + 1; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean isLast = i == text.length() - 1;
            boolean mayEnd = each == BACKTICK && (isLast || text.charAt(i + 1) == '.');
            boolean isEscaped = text.charAt(i - 1) == '\\';
            if (mayEnd && !isEscaped) {
                names.add(name.toString());
                return i + 2;
            }
            if (mayEnd && isLast) {
                break;
            }
            if (mayEnd) {
                name.setLength(name.length() - 1);
            }
            name.append(each);
        }
        throw new IllegalArgumentException("the backtick at position " + start
                + " is not closed before a dot or the end. Close it, or write \\` for a backtick before a dot");
    }

    /** Returns the last name. */
    String last() {
        return names.get(names.size() - 1);
    }

    /** Returns what is wrong with a path, or null. */
    static @Nullable String problem(String text) {
        try {
            return parse(text).names().isEmpty() ? "it names nothing" : null;
        } catch (IllegalArgumentException wrong) {
            return wrong.getMessage();
        }
    }
}
