/**
 * Reads documents of indices, aliases and data streams into topics, and follows what is written later.
 *
 * <p>{@link dev.sluice.connector.elasticsearch.source.ShardSourceTask} looks in rounds at the shards of its share
 * ({@link dev.sluice.connector.elasticsearch.source.Catalog}); each that has something new is read page by page
 * ({@link dev.sluice.connector.elasticsearch.source.ShardReader}) in an {@link dev.sluice.connector.elasticsearch.source.Order}, which
 * decides what a position is. All objects belong to the thread of their task.
 *
 * <p>Invariant: a position never moves beyond a document that some search did not show yet, though it was written before.
 */
@NullMarked
package dev.sluice.connector.elasticsearch.source;

import org.jspecify.annotations.NullMarked;
