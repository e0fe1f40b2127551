package dev.sluice.connector.elasticsearch.source;

import dev.sluice.api.error.ConnectorException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses offsets that a user wants to set and that make no sense. */
public final class OffsetCheck {
    private OffsetCheck() {}

    /**
     * Checks one.
     *
     * @param offset the offset; null forgets it
     * @throws ConnectorException saying what is wrong and what is expected
     */
    public static void check(Map<String, @Nullable Object> partition, @Nullable Map<String, @Nullable Object> offset) {
        String what = "Cannot alter the offset of partition " + partition + ": ";
        if (!(partition.get("index") instanceof String) || !(partition.get("shard") instanceof Number)) {
            throw new ConnectorException(
                    what + "it must name a shard of an index. Write it as {\"index\": \"orders\", \"shard\": 0}.");
        }
        if (offset == null) {
            return;
        }
        try {
            Position read = Position.of(offset);
            assert read.seqNo() >= -1;
        } catch (IllegalArgumentException wrong) {
            throw new ConnectorException(
                    what + wrong.getMessage()
                            + ". Write it as {\"seq_no\": 41}, the last operation that counts as read.",
                    wrong);
        }
    }
}
