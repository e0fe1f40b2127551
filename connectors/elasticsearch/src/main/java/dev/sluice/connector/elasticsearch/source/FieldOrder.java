package dev.sluice.connector.elasticsearch.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * By a field that grows, such as the time of a change; among equal values by the shard's sequence numbers, so that none is lost where
 * many documents have the same. Of times, those of the last moments are left for later: a document with an earlier time may still be on
 * its way.
 */
final class FieldOrder implements Order {
    private final Catalog catalog;
    private final String field;
    private final Duration lag;
    private final Map<String, FieldKind> kinds = new HashMap<>();

    FieldOrder(Catalog catalog, String field, Duration lag) {
        this.catalog = catalog;
        this.field = field;
        this.lag = lag;
    }

    /** Values survive in an index that is filled anew, sequence numbers do not: all with the last value are read again. */
    @Override
    public Position again(Shard shard, Position old) {
        return new Position(shard.uuid(), -1, old.value());
    }

    @Override
    public boolean mayHaveMore(Shard shard, Position position) {
        return shard.documentCount() > 0;
    }

    @Override
    public void ask(Shard shard, Position position, ObjectNode search, ArrayNode filters) throws IOException {
        ArrayNode sort = search.putArray("sort");
        // Times come back as numbers, too: OpenSearch knows no format of sort values.
        sort.addObject().putObject(field).put("order", "asc").put("unmapped_type", "long");
        sort.addObject().put(SeqNoOrder.FIELD, "asc");
        filters.addObject().putObject("exists").put("field", field);
        if (isDate(shard.index())) {
            long seconds = lag.plusMillis(999).toSeconds();
            filters.addObject().putObject("range").putObject(field).put("lte", "now-" + seconds + "s");
        }
        Object value = position.value();
        if (value != null) {
            search.putArray("search_after").addPOJO(value).add(position.seqNo());
        }
    }

    /** Remembered once the field has a mapping, which then cannot change. */
    private boolean isDate(String index) throws IOException {
        FieldKind kind = kinds.get(index);
        if (kind == null) {
            kind = catalog.fieldKind(index, field);
        }
        if (kind != FieldKind.UNKNOWN) {
            kinds.put(index, kind);
        }
        return kind == FieldKind.DATE;
    }

    @Override
    public Position after(Shard shard, Hit hit) {
        if (hit.sort() == null) {
            throw new IllegalStateException(
                    "Document " + hit.id() + " was sorted by " + field + " without a value of it.");
        }
        return new Position(shard.uuid(), hit.seqNo(), hit.sort());
    }

    @Override
    public Position end(Shard shard, Position last) {
        return last;
    }
}
