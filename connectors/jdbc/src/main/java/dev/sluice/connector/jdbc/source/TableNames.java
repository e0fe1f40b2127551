package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts from which table names can be read again: parts that need it stand in double quotes. */
final class TableNames {
    private TableNames() {}

    static String text(TableId id) {
        return Stream.of(id.catalog(), id.schema(), id.name())
                .filter(Objects::nonNull)
                .map(TableNames::part)
                .collect(Collectors.joining("."));
    }

    private static String part(String name) {
        boolean isPlain = name.chars().noneMatch(c -> c == '.' || c == '"' || c == ',');
        return isPlain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    static String join(List<TableId> ids) {
        return ids.stream().map(TableNames::text).collect(Collectors.joining(","));
    }

    /** Returns the tables of a joined text; commas within quotes belong to names. */
    static List<TableId> split(String text) {
        List<TableId> ids = new ArrayList<>();
        boolean isQuoted = false;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean isEnd = i == text.length() || (text.charAt(i) == ',' && !isQuoted);
            if (isEnd && i > from) {
                ids.add(TableId.parse(text.substring(from, i)));
            }
            if (isEnd) {
                from = i + 1;
            } else if (text.charAt(i) == '"') {
                isQuoted = !isQuoted;
            }
        }
        return ids;
    }
}
