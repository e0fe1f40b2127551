package dev.sluice.runtime.task;

import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps the records that a source task reports until its next batch takes them along. */
final class SourceReporter extends TaskReporter {
    private final RecordErrors errors;
    private final Optional<SourceDeadLetters> letters;
    private final String plugin;
    private List<Report> reports = new ArrayList<>();

    /**
     * A record that the task reported.
     *
     * @param record it
     * @param letter its dead letter, or null where it is left out
     * @param done completed when that is safe
     */
    record Report(SourceRecord record, @Nullable OutgoingRecord letter, CompletableFuture<Void> done) {}

    SourceReporter(Mailbox mailbox, RecordErrors errors, Optional<SourceDeadLetters> letters, String plugin) {
        super(mailbox);
        this.errors = errors;
        this.letters = letters;
        this.plugin = plugin;
    }

    @Override
    CompletableFuture<Void> take(ConnectRecord<?> record, Throwable problem) {
        if (!(record instanceof SourceRecord reported)) {
            throw new IllegalArgumentException("Cannot report a record of a sink: this is a source.");
        }
        Failure failure = new Failure(Stage.TASK_POLL, plugin, problem, SourcePipeline.coordinates(reported), 1);
        ErrorDecision decision =
                errors.judge(failure, ErrorFacts.Blame.REPORTED, () -> SourceDeadLetters.contents(reported));
        OutgoingRecord letter = switch (decision) {
            case FAIL, PAUSE -> throw intolerable(problem);
            case SKIP -> null;
            case DEAD_LETTER -> letters.orElseThrow().letter(reported, failure);
        };
        Report report = new Report(reported, letter, new CompletableFuture<>());
        reports.add(report);
        return report.done();
    }

    boolean isEmpty() {
        return reports.isEmpty();
    }

    /** Returns what was reported since the last call. */
    List<Report> takeAll() {
        List<Report> taken = reports;
        reports = new ArrayList<>();
        return taken;
    }
}
