package dev.sluice.connector.jdbc.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names a table, exactly as the database spells it: nothing here is quoted.
 *
 * @param catalog the catalog, or null for the connection's own
 * @param schema the schema, or null for the one that the connection looks in first
 * @param name the table's own name, not empty
 */
public record TableId(@Nullable String catalog, @Nullable String schema, String name) implements Comparable<TableId> {
    /** Refuses an empty name. */
    public TableId {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("Cannot name a table: the name is empty.");
        }
    }

    /** Returns a table that the connection finds by its name alone. */
    public static TableId of(String name) {
        return new TableId(null, null, name);
    }

    /** Returns a table of a schema. */
    public static TableId of(@Nullable String schema, String name) {
        return new TableId(null, schema, name);
    }

    /**
     * Reads {@code name}, {@code schema.name} or {@code catalog.schema.name}. A part with dots of its own is written in double
     * quotes, in which a double quote is doubled: {@code "my.schema".orders}.
     *
     * @throws IllegalArgumentException if a part is empty, a quote is not closed, or there are more than three parts; the
     *     message is a clause
     */
    public static TableId parse(String text) {
        List<String> parts = parts(text);
        int count = parts.size();
        if (count > 3) {
            throw new IllegalArgumentException("it has " + count + " parts, expected catalog.schema.table at most");
        }
        return new TableId(
                count > 2 ? parts.get(0) : null, count > 1 ? parts.get(count - 2) : null, parts.get(count - 1));
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isDoubled = isQuoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
            if (isDoubled) {
                part.append(c);
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == '.' && !isQuoted) {
                addPart(parts, part);
            } else {
                part.append(c);
            }
        }
        if (isQuoted) {
            throw new IllegalArgumentException("a double quote is not closed");
        }
        addPart(parts, part);
        return parts;
    }

    private static void addPart(List<String> parts, StringBuilder part) {
        if (part.isEmpty()) {
            throw new IllegalArgumentException("a part of the name is empty");
        }
        parts.add(part.toString());
        part.setLength(0);
    }

    /** Returns the parts that there are, joined by dots: for messages, topic names and patterns, never for SQL. */
    @Override
    public String toString() {
        return Stream.of(catalog, schema, name).filter(Objects::nonNull).collect(Collectors.joining("."));
    }

    /** Orders by the text. */
    @Override
    public int compareTo(TableId other) {
        return toString().compareTo(other.toString());
    }
}
