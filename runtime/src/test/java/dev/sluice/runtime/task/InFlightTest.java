package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final List<Object> stored = new ArrayList<>();
    private final List<CompletableFuture<Void>> stores = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private int settled;
    private final InFlight inFlight = new InFlight(
            10,
            100,
            positions -> {
                stored.add(positions.get(0).offset().get("n"));
                stores.add(new CompletableFuture<>());
                return stores.get(stores.size() - 1);
            },
            () -> settled++);

    private CompletableFuture<List<Long>> add(int n, int records, int bytes) {
        CompletableFuture<List<Long>> appended = new CompletableFuture<>();
        List<SourcePosition> positions = List.of(new SourcePosition(Map.of(), Map.of("n", n)));
        inFlight.add(records, bytes, positions, appended, () -> told.add("told " + n));
        return appended;
    }

    @Test
    void storesPositionsInOrderHoweverTheLogAnswers() {
        CompletableFuture<List<Long>> first = add(1, 1, 1);
        CompletableFuture<List<Long>> second = add(2, 1, 1);
        second.complete(List.of(0L));
        assertThat(stored).isEmpty();
        first.complete(List.of(0L));
        assertThat(stored).containsExactly(1);
        stores.get(0).complete(null);
        assertThat(stored).containsExactly(1, 2);
        assertThat(told).containsExactly("told 1");
        stores.get(1).complete(null);
        assertThat(told).containsExactly("told 1", "told 2");
        assertThat(settled).isEqualTo(2);
        assertThat(inFlight.tail()).isCompleted();
    }

    /** The task waits for emptiness before it sends its next batch; woken before, it would sleep on. */
    @Test
    void isEmptyWhenTheLastBatchIsStoredAndBeforeTheTaskIsWoken() {
        List<Boolean> emptyWhenWoken = new ArrayList<>();
        InFlight[] book = new InFlight[1];
        book[0] = new InFlight(
                10,
                10,
                positions -> CompletableFuture.completedFuture(null),
                () -> emptyWhenWoken.add(book[0].isEmpty()));
        CompletableFuture<List<Long>> appended = new CompletableFuture<>();
        book[0].add(1, 1, List.of(new SourcePosition(Map.of(), Map.of("n", 1))), appended, () -> {});
        assertThat(book[0].isEmpty()).isFalse();

        appended.complete(List.of(0L));

        assertThat(emptyWhenWoken).containsExactly(true);
    }

    @Test
    void storesNothingBehindABatchThatFailed() {
        CompletableFuture<List<Long>> first = add(1, 1, 1);
        CompletableFuture<List<Long>> second = add(2, 1, 1);
        CompletableFuture<List<Long>> third = add(3, 1, 1);
        first.complete(List.of());
        stores.get(0).complete(null);
        IllegalStateException failure = new IllegalStateException("disk");
        second.completeExceptionally(failure);
        third.complete(List.of());

        assertThat(stored).containsExactly(1);
        assertThat(told).containsExactly("told 1");
        assertThat(inFlight.failure()).isSameAs(failure);
        assertThat(inFlight.isFull()).isFalse();
    }

    @Test
    void storesNothingBehindPositionsThatCouldNotBeStored() {
        add(1, 1, 1).complete(List.of());
        add(2, 1, 1).complete(List.of());
        stores.get(0).completeExceptionally(new IllegalStateException("disk"));

        assertThat(stored).containsExactly(1);
        assertThat(told).isEmpty();
        assertThat(inFlight.failure()).hasMessage("disk");
    }

    @Test
    void isFullByRecordsOrBytesUntilPositionsAreStored() {
        CompletableFuture<List<Long>> records = add(1, 9, 0);
        assertThat(inFlight.isFull()).isFalse();
        CompletableFuture<List<Long>> more = add(2, 1, 0);
        assertThat(inFlight.isFull()).isTrue();
        records.complete(List.of());
        assertThat(inFlight.isFull()).isTrue();
        stores.get(0).complete(null);
        assertThat(inFlight.isFull()).isFalse();
        more.complete(List.of());
        stores.get(1).complete(null);
        CompletableFuture<List<Long>> bytes = add(3, 1, 100);
        assertThat(inFlight.isFull()).isTrue();
        bytes.complete(List.of());
        stores.get(2).complete(null);
        assertThat(inFlight.isFull()).isFalse();
    }

    @Test
    void takesAHundredThousandBatchesThatAllWait() {
        CompletableFuture<List<Long>> first = add(0, 0, 0);
        InFlight deep = new InFlight(
                Long.MAX_VALUE, Long.MAX_VALUE, positions -> CompletableFuture.completedFuture(null), () -> settled++);
        deep.add(0, 0, List.of(), first, () -> {});
        for (int i = 0; i < 100_000; i++) {
            deep.add(0, 0, List.of(), CompletableFuture.completedFuture(List.of()), () -> {});
        }
        first.complete(List.of());

        assertThat(deep.tail()).isCompleted();
        assertThat(deep.failure()).isNull();
    }
}
