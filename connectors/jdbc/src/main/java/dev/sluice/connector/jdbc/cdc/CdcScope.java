package dev.sluice.connector.jdbc.cdc;

import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the modes of the source share: which tables of which database go where, and how their types translate.
 *
 * @param connection how the database is reached
 * @param types how types translate
 * @param tables whether a table, of which schema and name are set, is captured
 * @param topics the topic of such a table
 * @param topicPrefix what stands before the topic of transactions
 */
public record CdcScope(
        ConnectionConfig connection,
        TypeRules types,
        Predicate<TableId> tables,
        Function<TableId, String> topics,
        String topicPrefix) {}
