package dev.sluice.connector.jdbc.source;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses offsets that a user wants to set and that make no sense. */
public final class OffsetCheck {
    private OffsetCheck() {}

    /**
     * Checks one.
     *
     * @throws ConnectorException saying what is wrong and what is expected
     */
    public static void check(Map<String, @Nullable Object> partition, @Nullable Map<String, @Nullable Object> offset) {
        boolean isTable = partition.get("table") instanceof String;
        boolean isQuery = partition.get("query") instanceof String;
        if (!isTable && !isQuery) {
            throw new ConnectorException("Cannot alter the offset of partition " + partition
                    + ": it must name a table or the query. Write it as {\"protocol\": \"1\", \"table\":"
                    + " \"schema.name\"} or {\"query\": \"query\"}.");
        }
        if (offset == null) {
            return;
        }
        try {
            if (partition.get(KeyLedger.NAME) != null) {
                int count = KeyBlock.of(offset).keys().size();
                assert count >= 0;
                return;
            }
            boolean hasPlace = Position.of(offset).isPresent();
            SafeOffset safe = SafeOffset.of(offset);
            if (!hasPlace && !LoadPlan.isDone(offset) && !(offset.get("bulk") instanceof Number)) {
                throw new ConnectorException("Cannot alter the offset of partition " + partition
                        + ": it has neither 'incrementing' nor 'timestamp'"
                        + (safe == null ? "" : " beside 'round'")
                        + ". Give a number, or milliseconds since 1970.");
            }
        } catch (DataException wrong) {
            throw new ConnectorException(
                    "Cannot alter the offset of partition " + partition + ": " + wrong.getMessage(), wrong);
        }
    }
}
