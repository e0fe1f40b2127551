package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The records of one put that cannot be written, until they are reported: once, when the others are safe. One thread.
 *
 * <p>Where no errors are tolerated, the first one is thrown instead, and the runtime divides the batch to write what stands before
 * it. That is also how records are found of which the database does not say that they are to blame.
 */
final class Errants {
    private final Optional<ErrantRecordReporter> reporter;
    private final IdentityHashMap<SinkRecord, DataException> found = new IdentityHashMap<>();

    Errants(Optional<ErrantRecordReporter> reporter) {
        this.reporter = reporter;
    }

    /** Takes a record out of the batch, or throws the reason. */
    void add(SinkRecord record, DataException reason) {
        if (reporter.isEmpty()) {
            throw reason;
        }
        found.putIfAbsent(record, reason);
    }

    boolean isTolerant() {
        return reporter.isPresent();
    }

    boolean contains(SinkRecord record) {
        return !found.isEmpty() && found.containsKey(record);
    }

    int count() {
        return found.size();
    }

    /** Reports all, and returns once the reports are stored. */
    void reportAndWait() {
        for (CompletionStage<Void> stored : report()) {
            var unused = stored.toCompletableFuture().join();
        }
    }

    /** Reports all in the order of their places; the runtime waits until they are stored before it commits offsets. */
    List<CompletionStage<Void>> report() {
        if (found.isEmpty()) {
            return List.of();
        }
        Map<SinkRecord, DataException> ordered = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<SinkRecord, DataException> each) ->
                                each.getKey().origin().partition().toString())
                        .thenComparing(each -> each.getKey().origin().offset()))
                .forEach(each -> ordered.put(each.getKey(), each.getValue()));
        found.clear();
        List<CompletionStage<Void>> stored = new ArrayList<>();
        ordered.forEach((record, reason) -> stored.add(reporter.orElseThrow().report(record, reason)));
        return stored;
    }
}
