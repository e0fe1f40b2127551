package dev.sluice.connector.elasticsearch.source;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.connector.TaskContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Tells how far the task is behind the operations that were done when it first looked; silent from there on. */
final class LoadProgress {
    private final String what;
    private final TaskContext context;
    private final Map<Map<String, Object>, Long> targets = new HashMap<>();
    private final Map<Map<String, Object>, Long> done = new HashMap<>();
    private boolean begun;
    private boolean finished;

    LoadProgress(String targets, TaskContext context) {
        this.what = "reading " + targets;
        this.context = context;
    }

    void begin(List<Shard> shards) {
        if (!begun) {
            begun = true;
            shards.forEach(shard -> targets.put(shard.partition(), shard.checkpoint() + 1));
            tell();
        }
    }

    void report(Shard shard, Position position) {
        Long target = targets.get(shard.partition());
        if (target == null || finished) {
            return;
        }
        done.put(shard.partition(), Math.min(target, position.seqNo() + 1));
        tell();
    }

    private void tell() {
        long total = sum(targets);
        long sofar = sum(done);
        finished = sofar >= total;
        if (total > 0) {
            context.progress(new Progress(what, sofar, OptionalLong.of(total), "operations"));
        }
    }

    private static long sum(Map<Map<String, Object>, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
