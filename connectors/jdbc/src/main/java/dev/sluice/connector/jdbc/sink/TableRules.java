package dev.sluice.connector.jdbc.sink;

import java.util.List;

/**
 * How records are written into one table.
 *
 * @param insert what becomes of records
 * @param pkMode where the key comes from
 * @param pkFields its fields or names; empty for all that there are
 * @param fields which fields become columns
 * @param deletes whether tombstones and deletes of Debezium delete rows
 */
record TableRules(InsertMode insert, PkMode pkMode, List<String> pkFields, FieldRules fields, boolean deletes) {
    TableRules {
        pkFields = List.copyOf(pkFields);
    }
}
