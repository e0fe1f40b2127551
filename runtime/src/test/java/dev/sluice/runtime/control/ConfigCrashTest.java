package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.pairs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.store.TargetState;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /** What a change leads to; the last one may be under way. */
    private record Change(String name, Optional<Known> to) {}

    private final Map<String, Optional<Known>> acknowledged = new ConcurrentHashMap<>();
    private final List<Change> changed = new CopyOnWriteArrayList<>();

    @Test
    void whatWasAcknowledgedIsThere() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("ConfigCrashTest seed " + seed);
        Random random = new Random(seed);
        Path data = folder.resolve("run0");
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Optional<Known>> before;
            List<Change> since;
            Path copy = folder.resolve("run" + (round + 1));
            try (TestingWorker worker = TestingWorker.in(data)) {
                worker.apply();
                requireKnown(worker, acknowledged, List.of());
                Random changing = new Random(random.nextLong());
                Thread changes = new Thread(() -> change(worker, changing), "changes");
                changes.start();
                for (int i = random.nextInt(40); i > 0; i--) {
                    changes.join(5);
                }
                int first = Math.max(changed.size() - 1, 0); // that one may be under way
                before = new LinkedHashMap<>(acknowledged);
                copy = worker.copyTo(copy);
                since = List.copyOf(changed.subList(first, changed.size()));
                changes.interrupt();
                changes.join();
            }
            try (TestingWorker worker = TestingWorker.in(copy)) {
                worker.apply();
                requireKnown(worker, before, since);
                adopt(worker);
            }
            data = copy;
        }
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
        changed.add(new Change(name, Optional.of(wanted)));
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
        changed.add(new Change(name, Optional.of(wanted)));
        if (wanted.target() == TargetState.PAUSED) {
            worker.herder().pause(name).join();
        } else {
            worker.herder().stop(name).join();
        }
        acknowledged.put(name, Optional.of(wanted));
    }

    private void delete(TestingWorker worker, String name) {
        changed.add(new Change(name, Optional.empty()));
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

    /** Each connector is as it was acknowledged, or as one of the changes since then made it. */
    private static void requireKnown(TestingWorker worker, Map<String, Optional<Known>> before, List<Change> since) {
        before.forEach((name, known) -> {
            Set<Optional<Known>> allowed = new HashSet<>(Set.of(known));
            since.stream().filter(change -> change.name().equals(name)).forEach(change -> allowed.add(change.to()));
            assertThat(allowed).as(name).contains(known(worker, name));
        });
    }

    private void adopt(TestingWorker worker) {
        acknowledged.clear();
        changed.clear();
        for (int i = 0; i < CONNECTORS; i++) {
            acknowledged.put("c" + i, known(worker, "c" + i));
        }
    }
}
