package dev.sluice.runtime.task;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.runtime.config.TopicCreation;
import dev.sluice.runtime.transport.RawRecord;
import dev.sluice.runtime.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings a sink's dead letters into their topic, and knows which are not acknowledged yet. Task thread; appends complete on
 * the log's.
 */
final class SinkDeadLetters {
    private static final Comparator<SinkLetter> AS_IN_THE_LOG = Comparator.comparing(
                    (SinkLetter letter) -> letter.origin().partition().topic())
            .thenComparing(letter -> letter.origin().partition().partition())
            .thenComparing(letter -> letter.origin().offset());

    private final DeadLetterTopic topic;
    private final Router router;
    private final Transport transport;
    private final ErrorCounters counters;
    private final Clock clock;
    private final List<CompletableFuture<Void>> pending = new ArrayList<>();

    SinkDeadLetters(DeadLetterTopic topic, ErrorCounters counters, Clock clock) {
        this.topic = topic;
        this.transport = topic.transport();
        this.router = new Router(transport, true, TopicCreation.DEFAULTS, used -> {});
        this.counters = counters;
        this.clock = clock;
    }

    /** Sends dead letters, in the order of the log. May block while the log is busy. */
    CompletableFuture<Void> send(List<SinkLetter> letters) {
        letters.forEach(letter -> counters.onDeadLetter());
        CompletableFuture<Void> done = append(letters).whenComplete((none, failure) -> {
            if (failure != null) {
                letters.forEach(letter -> counters.onDeadLetterFailed());
            }
        });
        pending.add(done);
        return done;
    }

    private CompletableFuture<Void> append(List<SinkLetter> letters) {
        try {
            List<OutgoingRecord> outgoing =
                    letters.stream().sorted(AS_IN_THE_LOG).map(this::outgoing).toList();
            return transport.append(router.route(outgoing).batches()).thenAccept(offsets -> {});
        } catch (ConnectorException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private OutgoingRecord outgoing(SinkLetter letter) {
        RawRecord bytes = letter.bytes();
        long timestamp = bytes.timestampMillis() < 0 ? clock.millis() : bytes.timestampMillis();
        RawRecord dated = new RawRecord(bytes.key(), bytes.value(), bytes.headers(), timestamp);
        DeadLetterHeaders.Place place = DeadLetterHeaders.Place.of(letter.origin());
        return new OutgoingRecord(topic.ensured(), null, topic.explained(dated, place, letter.failure()));
    }

    /**
     * Waits until all that was sent is in the log. Nothing below these records may be committed before (invariant 2).
     *
     * @return false if that did not come in time
     * @throws TaskFailedException if a dead letter cannot be written: its record then stays where it is
     */
    boolean awaitAcknowledged(Duration limit) throws TaskFailedException, InterruptedException {
        if (pending.isEmpty()) {
            return true;
        }
        try {
            CompletableFuture<Void> all = CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new));
            var unused = all.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            pending.clear();
            return true;
        } catch (TimeoutException slow) {
            return false;
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new TaskFailedException(Failure.of(Stage.KAFKA_PRODUCE, DeadLetterTopic.PLACE, cause));
        }
    }
}
