package dev.sluice.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as a server has it.
 *
 * @param index the index it lies in, where it was asked for by an alias or data stream
 * @param id the {@code _id}
 * @param version the {@code _version}
 * @param seqNo the {@code _seq_no}, which counts the operations of the document's shard
 * @param routing the {@code _routing}; null if the id routes it
 * @param source the document, as Java maps, lists, strings, numbers and booleans
 * @param json the same as JSON
 */
public record StoredDocument(
        String index,
        String id,
        long version,
        long seqNo,
        @Nullable String routing,
        Map<String, @Nullable Object> source,
        JsonNode json) {}
