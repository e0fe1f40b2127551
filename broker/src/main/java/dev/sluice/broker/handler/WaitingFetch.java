package dev.sluice.broker.handler;

import dev.sluice.broker.log.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.jspecify.annotations.Nullable;

/**
 * A fetch on its way to {@code min.bytes}. It holds no thread while it waits: an append posts the next look to the event
 * loop of the connection, and a timer ends the wait.
 *
 * <pre>
 * look → enough, or time is up → answer
 *  ↑  ↘ not enough → subscribe (once) → wait
 *  └──────────── append ─────────────────┘
 * </pre>
 *
 * <p>All fields belong to the event loop. When the future is done, by answer or by the end of the connection, nothing is
 * left behind.
 */
final class WaitingFetch {
    private final Backend backend;
    private final EventLoop loop;
    private final List<FetchedPartition> partitions;
    private final int bytesMin;
    private final int bytesMax;
    private final int waitMillisMax;
    private final Function<List<PartitionData>, AbstractResponse> toAnswer;
    private final CompletableFuture<AbstractResponse> result = new CompletableFuture<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    /** A wake-up is on its way, so that many appends cause one look. */
    private final AtomicBoolean isWakeUpPosted = new AtomicBoolean();

    private boolean isSubscribed;
    private boolean isReading;
    private boolean isLate;

    WaitingFetch(
            Backend backend,
            Call<FetchRequest> call,
            List<FetchedPartition> partitions,
            Function<List<PartitionData>, AbstractResponse> toAnswer) {
        FetchRequestData data = call.request().data();
        this.backend = backend;
        this.partitions = partitions;
        this.toAnswer = toAnswer;
        loop = call.loop();
        bytesMin = data.minBytes();
        bytesMax = Math.min(data.maxBytes(), backend.config().fetchBytesMax());
        waitMillisMax = data.maxWaitMs();
        isLate = waitMillisMax <= 0 || partitions.isEmpty();
    }

    /** Begins; what is returned may be cancelled. */
    CompletableFuture<AbstractResponse> start() {
        var unused = result.whenComplete((found, failure) -> subscriptions.forEach(Subscription::close));
        look();
        return result;
    }

    private void look() {
        if (isReading || result.isDone()) {
            return;
        }
        List<@Nullable PartitionData> known = new ArrayList<>(partitions.size());
        boolean isComplete = true;
        for (FetchedPartition partition : partitions) {
            PartitionData atOnce = partition.atOnce().orElse(null);
            known.add(atOnce);
            isComplete &= atOnce != null;
        }
        if (isComplete) {
            judge(List.copyOf(known));
            return;
        }
        isReading = true;
        var unused = backend.broker()
                .logs()
                .onReader(() -> read(known))
                .whenComplete((found, failure) -> loop.execute(() -> onRead(found, failure)));
    }

    /** Runs on a reader thread. */
    private List<PartitionData> read(List<@Nullable PartitionData> known) {
        List<PartitionData> found = new ArrayList<>(known.size());
        int room = bytesMax;
        for (int index = 0; index < known.size(); index++) {
            PartitionData data = known.get(index);
            if (data == null) {
                data = partitions.get(index).read(room, room == bytesMax);
                room -= FetchResponse.recordsSize(data);
            }
            found.add(data);
        }
        return found;
    }

    private void onRead(@Nullable List<PartitionData> found, @Nullable Throwable failure) {
        isReading = false;
        if (failure != null || found == null) {
            result.completeExceptionally(failure == null ? Errors.UNKNOWN_SERVER_ERROR.exception() : failure);
        } else {
            judge(found);
        }
    }

    private void judge(List<PartitionData> found) {
        long bytes = 0;
        boolean hasError = false;
        for (PartitionData data : found) {
            bytes += FetchResponse.recordsSize(data);
            hasError |= data.errorCode() != Errors.NONE.code();
        }
        if (isLate || hasError || bytes >= bytesMin) {
            if (result.complete(toAnswer.apply(found))) {
                count(found);
            }
        } else if (!isSubscribed) {
            subscribe();
            look(); // an append between the first look and the subscription woke nobody
        } else if (isWakeUpPosted.get()) {
            onWakeUp(); // it came while the disk was read
        }
    }

    private void count(List<PartitionData> found) {
        for (int index = 0; index < found.size(); index++) {
            int bytes = FetchResponse.recordsSize(found.get(index));
            if (bytes > 0) {
                partitions.get(index).log().ifPresent(log -> log.onSent(bytes));
            }
        }
    }

    private void subscribe() {
        isSubscribed = true;
        subscriptions.add(loop.after(waitMillisMax, this::onTime));
        subscriptions.add(loop.onStop(this::onTime));
        for (FetchedPartition partition : partitions) {
            Optional<Subscription> subscription = partition.log().map(log -> log.onAppend(this::wakeUp));
            subscription.ifPresent(subscriptions::add);
        }
    }

    /** Runs on the log thread. */
    private void wakeUp() {
        if (isWakeUpPosted.compareAndSet(false, true)) {
            loop.execute(this::onWakeUp);
        }
    }

    private void onWakeUp() {
        if (!isReading) {
            isWakeUpPosted.set(false);
            look();
        }
    }

    private void onTime() {
        isLate = true;
        look();
    }
}
