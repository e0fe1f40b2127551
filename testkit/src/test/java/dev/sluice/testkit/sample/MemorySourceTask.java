package dev.sluice.testkit.sample;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.behaviour.SourceAbility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Reads entries by index; a task with a share takes every n-th. */
final class MemorySourceTask implements SourceTask {
    private static int sharedNext;

    private final Set<SourceAbility> abilities;
    private final SourceFlaw flaw;
    private @Nullable MemoryOutside outside;
    private Map<String, Object> partition = Map.of();
    private int next;
    private int step;
    private int batchSize;
    private boolean ended;

    MemorySourceTask(Set<SourceAbility> abilities, SourceFlaw flaw) {
        this.abilities = abilities;
        this.flaw = flaw;
    }

    @Override
    public void start(SourceTaskContext context, Config config) {
        String name = config.get(MemorySourceConnector.OUTSIDE);
        outside = MemoryOutside.named(name);
        batchSize = config.get(MemorySourceConnector.BATCH_SIZE);
        step = config.get(MemorySourceConnector.SHARES);
        next = config.get(MemorySourceConnector.SHARE);
        partition = Map.of("outside", name, "share", next);
        sharedNext = 0;
        Map<String, @Nullable Object> stored = context.offsets().offset(partition);
        if (stored != null && abilities.contains(SourceAbility.RESUMES)) {
            next = resumed(Objects.requireNonNull(stored.get("next")));
        }
        if (flaw == SourceFlaw.LEAKS_A_THREAD) {
            Thread leaked = new Thread(
                    () -> LockSupport.parkNanos(Duration.ofSeconds(10).toNanos()), "leaked");
            leaked.setDaemon(true);
            leaked.start();
        }
    }

    private int resumed(Object stored) {
        return switch (flaw) {
            case LOSES_AFTER_RESTART -> ((Long) stored).intValue() + 1;
            case REPEATS_AFTER_RESTART -> ((Long) stored).intValue() - 1;
            case READS_OFFSETS_AS_INT -> (Integer) stored;
            default -> ((Long) stored).intValue();
        };
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        List<String> all = Objects.requireNonNull(outside).texts();
        List<SourceRecord> records = new ArrayList<>();
        int begin = flaw == SourceFlaw.SHARES_POSITION ? sharedNext : next;
        int index = begin;
        for (; !ended && index < all.size() && records.size() < batchSize; index += step) {
            records.add(record(all.get(index), flaw == SourceFlaw.OFFSETS_BY_BATCH ? begin + batchSize : index + step));
        }
        next = index;
        sharedNext = index;
        if (flaw == SourceFlaw.REVERSES_BATCHES) {
            Collections.reverse(records);
        }
        return records.isEmpty() ? nothing() : records;
    }

    private SourceRecord record(String text, int nextIndex) {
        if (!abilities.contains(SourceAbility.NON_ASCII) && text.chars().anyMatch(c -> c > 127)) {
            throw new DataException("Cannot read an entry: it is not ASCII.");
        }
        String shown = flaw == SourceFlaw.MANGLES_TEXT ? text.replaceAll("[^\\x00-\\x7f]", "?") : text;
        Object offset = flaw == SourceFlaw.OFFSETS_NO_JSON ? Instant.EPOCH : nextIndex;
        return SourceRecord.of(
                "memory", SchemaAndValue.string(shown), new SourcePosition(partition, Map.of("next", offset)));
    }

    @SuppressWarnings("NullAway") // The flaw to be found.
    private List<SourceRecord> nothing() throws InterruptedException {
        if (!abilities.contains(SourceAbility.FOLLOWS)) {
            ended = true;
        }
        if (flaw == SourceFlaw.RETURNS_NULL) {
            return null;
        }
        if (flaw == SourceFlaw.SPINS || flaw == SourceFlaw.DEAF) {
            waste(Duration.ofMillis(flaw == SourceFlaw.SPINS ? 300 : 4_000));
        } else {
            assertNothingCame(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS));
        }
        return List.of();
    }

    private void waste(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (flaw == SourceFlaw.DEAF) {
                Thread.interrupted();
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static void assertNothingCame(boolean came) {
        if (came) {
            throw new IllegalStateException("Nobody counts the latch down.");
        }
    }

    @Override
    public void stop() {
        if (flaw == SourceFlaw.CANNOT_STOP_UNSTARTED && outside == null) {
            throw new IllegalStateException("Cannot stop: there is no outside.");
        }
        outside = null;
    }
}
