package dev.sluice.connector.elasticsearch.bulk;

import dev.sluice.testkit.fake.FakeMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A writer on a cluster in memory, with a clock that stands still until it is moved. */
final class WriterFixture implements BulkListener<String> {
    final FakeCluster cluster = new FakeCluster();
    final FakeMetrics metrics = new FakeMetrics();
    final List<String> done = new ArrayList<>();
    final List<String> conflicts = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    final BulkWriter<String> writer;
    private long nanos = Duration.ofHours(1).toNanos();

    WriterFixture(Map<String, String> settings) {
        BulkConfig config = BulkConfig.of(BulkConfig.SPEC.parse(new HashMap<>(settings)));
        writer = new BulkWriter<>(config, cluster, this, new BulkMetrics(metrics), () -> nanos, () -> 1.0);
    }

    static WriterFixture withDefaults() {
        return new WriterFixture(Map.of());
    }

    void add(BulkItem<String> item) {
        writer.add(item);
    }

    /** Moves the clock and lets the writer act. */
    void after(Duration time) {
        nanos += time.toNanos();
        writer.pump();
    }

    void pump() {
        writer.pump();
    }

    /** Returns the oldest request that waits for its answer. */
    FakeCluster.Call call() {
        return cluster.calls.remove();
    }

    /** Lets the cluster carry out everything, until nothing is left to do. */
    void finishAll() {
        for (int round = 0; writer.unfinished() > 0; round++) {
            if (round > 100_000) {
                throw new AssertionError("the writer does not come to an end; unfinished: " + writer.unfinished());
            }
            after(Duration.ofMillis(20));
            while (!cluster.calls.isEmpty()) {
                cluster.answer(call());
            }
            pump();
        }
    }

    @Override
    public void onDone(String origin) {
        done.add(origin);
    }

    @Override
    public void onConflict(String origin, ItemResult result) {
        conflicts.add(origin);
    }

    @Override
    public void onRefused(String origin, ItemResult result) {
        refused.add(origin + " " + result.words());
    }
}
