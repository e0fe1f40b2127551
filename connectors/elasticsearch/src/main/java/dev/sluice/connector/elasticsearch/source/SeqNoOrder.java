package dev.sluice.connector.elasticsearch.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The order in which the shard executed its operations. Each write gives its document the shard's next sequence number, so a document
 * that changes while the shard is read moves behind the reader, and is met there.
 *
 * <p>Numbers are given out before the operations are done, and a search may show a later one first. Up to the shard's global checkpoint
 * all are done on every copy, and a refresh after one has asked for it makes them visible: up to there it is read, never further.
 */
final class SeqNoOrder implements Order {
    static final String FIELD = "_seq_no";

    @Override
    public Position again(Shard shard, Position old) {
        return Position.start(shard);
    }

    @Override
    public boolean mayHaveMore(Shard shard, Position position) {
        return shard.checkpoint() > position.seqNo();
    }

    @Override
    public void ask(Shard shard, Position position, ObjectNode search, ArrayNode filters) {
        search.putArray("sort").addObject().put(FIELD, "asc");
        filters.addObject()
                .putObject("range")
                .putObject(FIELD)
                .put("gt", position.seqNo())
                .put("lte", shard.checkpoint());
    }

    @Override
    public Position after(Shard shard, Hit hit) {
        return new Position(shard.uuid(), hit.seqNo(), null);
    }

    @Override
    public Position end(Shard shard, Position last) {
        return new Position(shard.uuid(), Math.max(last.seqNo(), shard.checkpoint()), null);
    }
}
