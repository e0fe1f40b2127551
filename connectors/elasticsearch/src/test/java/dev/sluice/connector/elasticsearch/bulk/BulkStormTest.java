package dev.sluice.connector.elasticsearch.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.elasticsearch.bulk.FakeCluster.Call;
import dev.sluice.connector.elasticsearch.bulk.FakeCluster.Line;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A cluster that refuses, forgets, cuts and delays at random, and a model of what must be there in the end. The clock is moved by
 * hand, so that hours of it take a moment.
 */
final class BulkStormTest {
    private static final int ROUNDS = Boolean.getBoolean("sluice.soak") ? 2_000 : 60;
    private static final int ITEMS = 400;
    private static final int DOCUMENTS = 12;

    @Test
    void endsWithTheNewestOfEachDocumentWhateverTheClusterDoes() {
        long seed = Long.getLong("sluice.storm.seed", new Random().nextLong());
        Random seeds = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            new Storm(seeds.nextLong(), "seed " + seed + ", round " + round).run();
        }
    }

    /** One round. */
    private static final class Storm {
        private final Random random;
        private final String name;
        private final boolean isVersioned;
        private final WriterFixture fixture;
        private final Map<String, String> model = new HashMap<>();
        /** Items that the cluster took though it did not say so, and carries out later. */
        private final List<Line> late = new ArrayList<>();

        Storm(long seed, String name) {
            this.random = new Random(seed);
            this.name = name;
            this.isVersioned = random.nextBoolean();
            this.fixture = new WriterFixture(Map.of(
                    "batch.size", String.valueOf(1 + random.nextInt(40)),
                    "max.in.flight.requests", String.valueOf(1 + random.nextInt(6)),
                    "bulk.size.bytes", random.nextBoolean() ? "-1" : "700",
                    "flush.timeout.ms", String.valueOf(Duration.ofDays(1).toMillis())));
        }

        void run() {
            int added = 0;
            while (added < ITEMS) {
                switch (random.nextInt(4)) {
                    case 0 -> added += add(added);
                    case 1 -> fixture.after(Duration.ofMillis(random.nextInt(400)));
                    default -> disturb();
                }
            }
            for (int i = 0; i < 20; i++) {
                fixture.after(Duration.ofSeconds(40));
                disturb();
            }
            fixture.finishAll();
            late.forEach(fixture.cluster::apply);
            verify();
        }

        private int add(int number) {
            String id = "d" + random.nextInt(DOCUMENTS);
            String body = String.format("%05d", number);
            if (random.nextInt(30) == 0) {
                fixture.cluster.bad.add(body);
            } else {
                model.put(id, body);
            }
            // Versions stay from one kind of item to the next, so that the model holds: plain items have none at all.
            fixture.add(isVersioned ? Items.versioned(id, number + 1, body) : Items.plain(id, body));
            return 1;
        }

        private void disturb() {
            if (!fixture.cluster.calls.isEmpty()) {
                List<Call> all = List.copyOf(fixture.cluster.calls);
                Call call = all.get(random.nextInt(all.size()));
                boolean unused = fixture.cluster.calls.remove(call);
                answer(call);
            }
            fixture.pump();
        }

        private void answer(Call call) {
            switch (random.nextInt(9)) {
                case 0 -> FakeCluster.answer(call, 503, "");
                case 1 -> FakeCluster.answer(call, 429, "{\"error\":{\"type\":\"x\",\"reason\":\"y\"},\"status\":429}");
                case 2 -> FakeCluster.fail(call, new IOException("before it was taken"));
                case 3 -> {
                    call.lines().forEach(fixture.cluster::apply);
                    FakeCluster.fail(call, new IOException("after it was taken"));
                }
                case 4 -> {
                    if (isVersioned) {
                        late.addAll(call.lines());
                    }
                    FakeCluster.fail(call, new SocketTimeoutException("late"));
                }
                case 5 -> {
                    if (call.lines().size() > 1) {
                        FakeCluster.answer(call, 413, "");
                    } else {
                        partly(call, 0);
                    }
                }
                case 6 -> FakeCluster.answer(call, 200, "{\"errors\":false,\"items\":[{\"index\":{\"sta");
                case 7 -> partly(call, 0.5);
                default -> partly(call, 0);
            }
        }

        private void partly(Call call, double refusals) {
            List<String> items = new ArrayList<>();
            for (Line line : call.lines()) {
                boolean isRefused = random.nextDouble() < refusals;
                int status = isRefused ? 429 : fixture.cluster.apply(line);
                items.add(FakeCluster.item(line.op(), status));
            }
            FakeCluster.answer(call, items);
        }

        private void verify() {
            model.forEach((id, body) -> assertThat(fixture.cluster.body(id))
                    .as("%s: document %s", name, id)
                    .hasValue(body));
            fixture.cluster.applied.forEach((id, bodies) ->
                    assertThat(bodies).as("%s: order of %s", name, id).isSorted());
            assertThat(fixture.refused).as("%s: refused", name).hasSize(fixture.cluster.bad.size());
            assertThat(fixture.done.size() + fixture.conflicts.size() + fixture.refused.size())
                    .as("%s: each item ends once", name)
                    .isEqualTo(ITEMS);
            assertThat(new HashSet<>(fixture.done))
                    .as("%s: done", name)
                    .doesNotContainAnyElementsOf(fixture.cluster.bad);
        }
    }
}
