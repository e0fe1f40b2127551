package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.table.TableId;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses tables by name.
 *
 * @param included patterns of which one must match; empty for all
 * @param excluded patterns of which none may match
 * @param named names of which one must be meant; empty for all
 * @param unnamed names of which none may be meant
 */
record TableFilter(List<Pattern> included, List<Pattern> excluded, List<TableId> named, List<TableId> unnamed) {
    TableFilter {
        included = List.copyOf(included);
        excluded = List.copyOf(excluded);
        named = List.copyOf(named);
        unnamed = List.copyOf(unnamed);
    }

    boolean accepts(TableId table) {
        return (included.isEmpty() || included.stream().anyMatch(pattern -> matches(pattern, table)))
                && excluded.stream().noneMatch(pattern -> matches(pattern, table))
                && (named.isEmpty() || named.stream().anyMatch(name -> means(name, table)))
                && unnamed.stream().noneMatch(name -> means(name, table));
    }

    /** Whether a pattern matches the name in full, without its catalog, or alone. */
    static boolean matches(Pattern pattern, TableId table) {
        return Stream.of(
                        table.toString(),
                        TableId.of(table.schema(), table.name()).toString(),
                        table.name())
                .anyMatch(name -> pattern.matcher(name).matches());
    }

    /** Whether a name, of which catalog and schema may be missing, means a table; case decides nothing. */
    static boolean means(TableId name, TableId table) {
        return name.name().equalsIgnoreCase(table.name())
                && (name.schema() == null || name.schema().equalsIgnoreCase(table.schema()))
                && (name.catalog() == null || name.catalog().equalsIgnoreCase(table.catalog()));
    }

    /** Returns the names that mean none of the tables, for a warning. */
    String missing(List<TableId> tables) {
        return named.stream()
                .filter(name -> tables.stream().noneMatch(table -> means(name, table)))
                .map(Objects::toString)
                .collect(Collectors.joining(", "));
    }
}
