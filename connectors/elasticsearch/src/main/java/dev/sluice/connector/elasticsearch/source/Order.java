package dev.sluice.connector.elasticsearch.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** In which order the documents of a shard are read, so that a position says which were. */
interface Order {
    /** Returns where to begin with a shard whose stored position is of an index that was deleted and created again. */
    Position again(Shard shard, Position old);

    /** Returns whether there may be documents behind a position. */
    boolean mayHaveMore(Shard shard, Position position);

    /**
     * Says in a search what comes behind a position, up to what is safe.
     *
     * @param search gets {@code sort}, and {@code search_after} if it needs one
     * @param filters gets conditions
     */
    void ask(Shard shard, Position position, ObjectNode search, ArrayNode filters) throws IOException;

    /** Returns the position of a document. */
    Position after(Shard shard, Hit hit);

    /** Returns the position behind all that {@link #ask} asked for; the last one if that says nothing more. */
    Position end(Shard shard, Position last);
}
