package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.table.TableId;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes names into SQL, so that no name can be anything else there: whatever stands in a topic, a table or a field.
 *
 * @param open what stands before a quoted name
 * @param close what stands after it; within the name it is doubled
 */
public record Names(String open, String close) {
    /** The quotes of standard SQL. */
    public static final Names STANDARD = new Names("\"", "\"");
    /** The quotes of MySQL and MariaDB. */
    public static final Names BACKTICKS = new Names("`", "`");
    /** The quotes of SQL Server. */
    public static final Names BRACKETS = new Names("[", "]");

    /** Returns a quoted name. */
    public String quoted(String name) {
        return open + name.replace(close, close + close) + close;
    }

    /** Returns a table's full name, each part quoted. */
    public String quoted(TableId id) {
        return Stream.of(id.catalog(), id.schema(), id.name())
                .filter(Objects::nonNull)
                .map(this::quoted)
                .collect(Collectors.joining("."));
    }

    /** Returns names in a row, quoted, with commas between. */
    public String list(Collection<String> names) {
        return names.stream().map(this::quoted).collect(Collectors.joining(", "));
    }
}
