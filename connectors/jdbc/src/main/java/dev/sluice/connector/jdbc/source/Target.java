package dev.sluice.connector.jdbc.source;

import dev.sluice.api.connector.OffsetReader;
import dev.sluice.connector.jdbc.dialect.Names;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table or a query that is read.
 *
 * @param table the table, or null for a query
 * @param query the query, or null for a table
 */
record Target(@Nullable TableId table, @Nullable String query) {
    private static final Map<String, @Nullable Object> QUERY_PARTITION = Map.of("query", "query");

    /** Returns what messages call it; a query may be secret. */
    String shown() {
        return table == null ? "the query" : "table " + table;
    }

    /** Returns what schemas call it, or null for a query. */
    @Nullable
    String name() {
        return table == null ? null : table.name();
    }

    String topic(TopicTemplate topics) {
        return table == null ? topics.prefix() : topics.topic(table);
    }

    /** Returns what stands behind FROM. */
    String from(Names names) {
        return table == null ? "(" + query + ") sluice_query" : names.quoted(withoutCatalog(names));
    }

    /** A database that has schemas is connected to one catalog; the others have catalogs in their place. */
    private TableId withoutCatalog(Names names) {
        TableId id = Objects.requireNonNull(table);
        boolean isPostgres = names.equals(Names.STANDARD) && id.schema() != null;
        return isPostgres ? TableId.of(id.schema(), id.name()) : id;
    }

    Map<String, @Nullable Object> partition() {
        if (table == null) {
            return QUERY_PARTITION;
        }
        // Where there are no schemas, catalogs stand in their place.
        TableId id = table.schema() == null ? table : TableId.of(table.schema(), table.name());
        return Map.of("protocol", "1", "table", TableNames.text(id));
    }

    /** Returns the stored offset: ours, or what other versions and Kafka Connect's JDBC source stored for the table. */
    @Nullable
    Map<String, @Nullable Object> offset(OffsetReader offsets) {
        TableId id = table;
        Stream<Map<String, @Nullable Object>> partitions = id == null
                ? Stream.of(partition())
                : Stream.of(
                        partition(),
                        Map.of("protocol", "1", "table", TableNames.text(id)),
                        Map.of("protocol", "1", "table", id.toString()),
                        Map.of("table", id.name()));
        return partitions
                .map(offsets::offset)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
