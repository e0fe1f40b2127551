package dev.sluice.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.connector.RendersWrites;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.testkit.Ledger;
import dev.sluice.testkit.task.SinkTaskHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of a sink connector. Extend it, prepare the outside in a {@code @BeforeEach}, and fill in:
 *
 * <ul>
 *   <li>{@link #newPlugin()}: a new connector;
 *   <li>{@link #settings()}: settings that write to the outside of this test;
 *   <li>{@link #readOutside()}: the texts that are outside now;
 *   <li>{@link #record}: a record that carries a text, if a string is not what the sink takes;
 *   <li>{@link #breakOutside()}: makes writes fail, if the test can;
 *   <li>{@link #textOfNull()}, {@link #textsOf}: where the defaults are not right;
 *   <li>{@link #abilities()}: without those that the connector does not have.
 * </ul>
 */
public abstract class SinkConnectorBehaviour extends SinkRefusals {
    /** More records than fit a usual batch of any target. */
    private static final int BIG = 5_000;

    /** For subclasses. */
    protected SinkConnectorBehaviour() {}

    @Test
    void writesInOrder() throws Exception {
        SinkFeed first = feed(FIRST);
        SinkFeed second = feed(SECOND);
        try (SinkTaskHarness task = startTask(FIRST, SECOND)) {
            for (int round = 0; round < 4; round++) {
                List<SinkRecord> batch = new ArrayList<>(first.next(3, nasty()));
                batch.addAll(second.next(2, nasty()));
                task.putRetrying(batch);
            }
            task.flushAll();
        }
        assertOutside(first, second);
    }

    @Test
    void hasOutsideWhatAFlushClaims() throws Exception {
        SinkFeed feed = feed(FIRST);
        try (SinkTaskHarness task = startTask(FIRST)) {
            for (int round = 0; round < 5; round++) {
                task.putRetrying(feed.next(7, nasty()));
                assertClaimsAreOutside(task, feed);
            }
            task.flushAll();
            assertOutside(feed);
        }
    }

    private void assertClaimsAreOutside(SinkTaskHarness task, SinkFeed feed) throws Exception {
        long claimed = task.flush().getOrDefault(feed.partition(), 0L);
        assertThat(readOutside())
                .as("outside after a flush that claimed offset %s", claimed)
                .containsAll(feed.texts().subList(0, Math.toIntExact(claimed)));
    }

    @Test
    void claimsNothingThatABrokenOutsideDidNotTake() throws Exception {
        SinkFeed feed = feed(FIRST);
        try (SinkTaskHarness task = startTask(FIRST)) {
            task.putRetrying(feed.next(3, nasty()));
            task.flushAll();
            Optional<Mending> mending = breakOutside();
            assumeTrue(mending.isPresent(), "the test cannot break the outside");
            List<SinkRecord> batch = feed.next(4, nasty());
            Throwable failure = catchThrowable(() -> {
                task.put(batch);
                assertThat(task.flush()).isNotNull();
            });
            assertThat(task.committable())
                    .as("offsets to commit after %s", failure)
                    .containsEntry(FIRST, 3L);
            mending.orElseThrow().mend();
            repeat(task, failure, batch);
            Ledger.expecting(feed.texts()).doublesAtMost(batch.size()).verify(readOutside(), 1);
        }
    }

    /** Does what the runtime does: the same batch again after a retriable failure, else a new task. */
    private void repeat(SinkTaskHarness task, @Nullable Throwable failure, List<SinkRecord> batch) {
        if (failure == null || failure instanceof RetriableException) {
            task.putRetrying(batch);
            task.flushAll();
            return;
        }
        task.close();
        try (SinkTaskHarness next = startTask(FIRST)) {
            next.putRetrying(batch);
            next.flushAll();
        }
    }

    @Test
    void takesTheSameBatchAgain() throws Exception {
        SinkFeed feed = feed(FIRST);
        try (SinkTaskHarness task = startTask(FIRST)) {
            task.putRetrying(feed.next(3, nasty()));
            List<SinkRecord> batch = feed.next(4, nasty());
            task.putRetrying(batch);
            task.putRetrying(batch);
            task.flushAll();
        }
        assertRepeated(feed, 4);
    }

    @Test
    void losesNothingWhenStoppedWithoutFlush() throws Exception {
        SinkFeed feed = feed(FIRST);
        List<SinkRecord> unflushed;
        try (SinkTaskHarness task = startTask(FIRST)) {
            task.putRetrying(feed.next(3, nasty()));
            task.flushAll();
            unflushed = feed.next(4, nasty());
            task.putRetrying(unflushed);
        }
        try (SinkTaskHarness task = startTask(FIRST)) {
            task.putRetrying(unflushed);
            task.flushAll();
        }
        assertRepeated(feed, unflushed.size());
    }

    private void assertRepeated(SinkFeed feed, int repeated) throws Exception {
        if (can(SinkAbility.REPEATS_HARMLESS)) {
            assertOutside(feed);
        } else {
            Ledger.expecting(feed.texts()).doublesAtMost(repeated).verify(readOutside(), 1);
        }
    }

    @Test
    void goesOnInTheNextRun() throws Exception {
        SinkFeed feed = feed(FIRST);
        for (int run = 0; run < 3; run++) {
            try (SinkTaskHarness task = startTask(FIRST)) {
                task.putRetrying(feed.next(5, nasty()));
                task.flushAll();
                task.closePartitions(List.of(FIRST));
            }
        }
        assertOutside(feed);
    }

    @Test
    void writesABigBatch() throws Exception {
        SinkFeed feed = feed(FIRST);
        try (SinkTaskHarness task = startTask(FIRST)) {
            task.putRetrying(feed.next(BIG, nasty()));
            task.flushAll();
        }
        assertThat(readOutside()).containsExactlyElementsOf(feed.texts());
    }

    @Test
    void showsWhatItWouldWriteIfItSaysSo() throws Exception {
        SinkFeed feed = feed(FIRST);
        List<SinkRecord> records = feed.next(6, nasty());
        try (SinkTaskHarness task = startTask()) {
            assertThat(task.task() instanceof RendersWrites)
                    .as("implements RendersWrites")
                    .isEqualTo(can(SinkAbility.RENDERS));
            if (task.task() instanceof RendersWrites renderer) {
                List<RenderedWrite> writes = task.thread().call("render", () -> renderer.render(records));
                assertThat(readOutside()).as("rendering writes nothing").isEmpty();
                assertThat(task.thread().call("render", () -> renderer.render(records)))
                        .as("rendered again")
                        .isEqualTo(writes);
                assertThat(writes.stream().flatMap(write -> write.origins().stream()))
                        .containsExactlyElementsOf(
                                records.stream().map(SinkRecord::origin).toList());
                task.open(FIRST);
                task.putRetrying(records);
                task.flushAll();
                assertThat(writes.stream().flatMap(write -> textsOf(write).stream()))
                        .containsExactlyElementsOf(readOutside());
            }
        }
    }
}
