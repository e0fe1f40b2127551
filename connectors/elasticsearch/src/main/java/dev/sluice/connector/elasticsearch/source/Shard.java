package dev.sluice.connector.elasticsearch.source;

import java.util.Map;

/**
 * A shard as the cluster has it now.
 *
 * @param index the index itself, never an alias
 * @param uuid tells it from another index of that name, before or later
 * @param number the shard's number, from 0
 * @param checkpoint every operation up to this sequence number is on all copies of the shard; −1 before the first
 * @param documentCount how many documents it has
 */
record Shard(String index, String uuid, int number, long checkpoint, long documentCount) {
    /** Returns the name under which its position is stored. */
    Map<String, Object> partition() {
        return Map.of("index", index, "shard", (long) number);
    }

    /** Returns the number of the task that reads it, of so many: the same whatever other shards there are. */
    int share(int taskCount) {
        return Math.floorMod(index.hashCode() + number, taskCount);
    }

    Shard withCheckpoint(long earlier) {
        return new Shard(index, uuid, number, earlier, documentCount);
    }

    /** Names index and number, as Elasticsearch writes a shard. */
    @Override
    public String toString() {
        return "[" + index + "][" + number + "]";
    }
}
