package dev.sluice.connector.elasticsearch.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds checkpoints back until so much time has passed that the index's own refreshes have made visible what lies before them. Of each
 * shard one checkpoint ripens at a time.
 */
final class Ripening {
    private final Duration lag;
    private final Map<Map<String, Object>, Seen> ripening = new HashMap<>();
    private final Map<Map<String, Object>, Shard> ripe = new HashMap<>();

    /** A checkpoint and when it was seen. */
    private record Seen(Shard shard, long nanos) {}

    Ripening(Duration lag) {
        this.lag = lag;
    }

    /** Notes what is there now and returns the shards with checkpoints that are old enough; those without one are left out. */
    List<Shard> ripe(List<Shard> now, long nanos) {
        now.forEach(shard -> note(shard, nanos));
        return now.stream()
                .map(shard -> ripeOf(shard, ripe.get(shard.partition())))
                .filter(shard -> shard.checkpoint() >= 0)
                .toList();
    }

    private void note(Shard shard, long nanos) {
        Seen seen = ripening.get(shard.partition());
        if (seen != null && nanos - seen.nanos() >= lag.toNanos()) {
            ripe.put(shard.partition(), seen.shard());
            seen = null;
        }
        if (seen == null || !seen.shard().uuid().equals(shard.uuid())) {
            ripening.put(shard.partition(), new Seen(shard, nanos));
        }
    }

    private static Shard ripeOf(Shard shard, @Nullable Shard earlier) {
        if (earlier == null || !earlier.uuid().equals(shard.uuid())) {
            return shard.withCheckpoint(-1);
        }
        return shard.withCheckpoint(earlier.checkpoint());
    }
}
