package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.pairs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.store.TargetState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A copy of the data taken while configs change is what a killed process leaves behind: what was acknowledged before is there,
 * and what was under way is there whole or not at all.
 */
class ConfigCrashTest {
    private static final int CONNECTORS = 5;
    private static final int ROUNDS = Boolean.getBoolean("sluice.soak") ? 40 : 4;

    @TempDir
    Path folder;

    /**
     * What a connector is known to be.
     *
     * @param version its setting {@code version}
     * @param target what it is wanted to do
     */
    private record Known(int version, TargetState target) {}

    private final Map<String, Optional<Known>> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Optional<Known>> underWay = new ConcurrentHashMap<>();

    @Test
    void whatWasAcknowledgedIsThere() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("ConfigCrashTest seed " + seed);
        Random random = new Random(seed);
        Path data = folder.resolve("run0");
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Optional<Known>> before;
            Map<String, Optional<Known>> after;
            Path copy = folder.resolve("run" + (round + 1));
            try (TestingWorker worker = TestingWorker.in(data)) {
                worker.apply();
                requireKnown(worker, acknowledged, Map.of());
                Random changing = new Random(random.nextLong());
                Thread changes = new Thread(() -> change(worker, changing), "changes");
                changes.start();
                for (int i = random.nextInt(40); i > 0; i--) {
                    changes.join(5);
                }
                before = new LinkedHashMap<>(acknowledged);
                copy = worker.copyTo(copy);
                after = new LinkedHashMap<>(underWay);
                after.putAll(difference(before));
                changes.interrupt();
                changes.join();
            }
            try (TestingWorker worker = TestingWorker.in(copy)) {
                worker.apply();
                requireKnown(worker, before, after);
                adopt(worker);
            }
            data = copy;
        }
    }

    /** What changed while the copy was made may or may not be in it. */
    private Map<String, Optional<Known>> difference(Map<String, Optional<Known>> before) {
        Map<String, Optional<Known>> changed = new LinkedHashMap<>();
        acknowledged.forEach((name, known) -> {
            if (!known.equals(before.get(name))) {
                changed.put(name, known);
            }
        });
        return changed;
    }

    /** Changes connectors until it is interrupted. */
    private void change(TestingWorker worker, Random random) {
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            String name = "c" + random.nextInt(CONNECTORS);
            Known old = acknowledged.getOrDefault(name, Optional.empty()).orElse(null);
            try {
                switch (random.nextInt(old == null ? 1 : 4)) {
                    case 1 -> target(worker, name, new Known(old(old).version(), TargetState.PAUSED));
                    case 2 -> target(worker, name, new Known(old(old).version(), TargetState.STOPPED));
                    case 3 -> delete(worker, name);
                    default -> configure(worker, name, new Known(i, old == null ? TargetState.STOPPED : old.target()));
                }
            } catch (CompletionException ended) {
                return; // The worker closes.
            }
        }
    }

    private static Known old(@Nullable Known known) {
        if (known == null) {
            throw new AssertionError("a change of a connector that is not there");
        }
        return known;
    }

    private void configure(TestingWorker worker, String name, Known wanted) {
        underWay.put(name, Optional.of(wanted));
        Map<String, String> config = pairs(
                "connector.class",
                "FakeSource",
                "world",
                "config-crash",
                "version",
                Integer.toString(wanted.version()));
        boolean isNew = acknowledged.getOrDefault(name, Optional.empty()).isEmpty();
        Configured done = (isNew
                        ? worker.herder().create(name, config, InitialState.STOPPED)
                        : worker.herder().configure(name, config))
                .join();
        assertThat(done.isNew()).isEqualTo(isNew);
        acknowledged.put(name, Optional.of(wanted));
    }

    private void target(TestingWorker worker, String name, Known wanted) {
        underWay.put(name, Optional.of(wanted));
        if (wanted.target() == TargetState.PAUSED) {
            worker.herder().pause(name).join();
        } else {
            worker.herder().stop(name).join();
        }
        acknowledged.put(name, Optional.of(wanted));
    }

    private void delete(TestingWorker worker, String name) {
        underWay.put(name, Optional.empty());
        worker.herder().delete(name).join();
        acknowledged.put(name, Optional.empty());
    }

    private static Optional<Known> known(TestingWorker worker, String name) {
        return worker.herder()
                .connector(name)
                .map(view -> new Known(
                        Integer.parseInt(view.config().get("version")),
                        view.target().state()));
    }

    private static void requireKnown(
            TestingWorker worker, Map<String, Optional<Known>> before, Map<String, Optional<Known>> after) {
        before.forEach((name, known) -> assertThat(List.of(known, after.getOrDefault(name, known)))
                .as(name)
                .contains(known(worker, name)));
    }

    private void adopt(TestingWorker worker) {
        acknowledged.clear();
        underWay.clear();
        for (int i = 0; i < CONNECTORS; i++) {
            acknowledged.put("c" + i, known(worker, "c" + i));
        }
    }
}
