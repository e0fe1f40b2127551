package dev.sluice.runtime.task;

import dev.sluice.runtime.config.BudgetSettings;
import dev.sluice.runtime.config.ErrorLog;
import dev.sluice.runtime.config.ErrorSettings;
import dev.sluice.runtime.secret.Redactor;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has failures of records judged by {@link ErrorPolicy}, and counts and logs those that are tolerated. Task thread. */
final class RecordErrors {
    private static final Logger LOG = LoggerFactory.getLogger(RecordErrors.class);

    private final TaskId task;
    private final ErrorSettings settings;
    private final TaskCounters counters;
    private final LongSupplier nanoClock;
    private final Optional<ErrorBudget> budget;
    private @Nullable Failure overspent;

    RecordErrors(TaskId task, ErrorSettings settings, TaskCounters counters, LongSupplier nanoClock) {
        this.task = task;
        this.settings = settings;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.budget = settings.budget().map(ErrorBudget::new);
    }

    /**
     * Returns what becomes of a record. What is to be left out counts from here on.
     *
     * @param contents what {@link ErrorLog#CONTENTS} shows of the record; asked only then
     */
    ErrorDecision judge(Failure failure, ErrorFacts.Blame blame, Supplier<String> contents) {
        if (blame == ErrorFacts.Blame.STEP || blame == ErrorFacts.Blame.REPORTED) {
            counters.errors().onFailure(); // Whoever puts counts each try.
        }
        long now = nanoClock.getAsLong();
        boolean isBudgetLeft = budget.map(limit -> limit.isLeft(now)).orElse(true);
        ErrorDecision decision = ErrorPolicy.decide(new ErrorFacts(
                failure.stage(),
                failure.category(),
                failure.cause() instanceof Error,
                blame,
                settings.tolerance(),
                settings.deadLetters().isPresent(),
                isBudgetLeft));
        switch (decision) {
            case FAIL -> counters.errors().onError();
            case PAUSE -> overspent = failure;
            case SKIP, DEAD_LETTER -> {
                budget.ifPresent(limit -> limit.take(now));
                overspent = isBudgetLeft ? overspent : failure;
                counters.onFailed();
                log(failure, contents);
            }
        }
        return decision;
    }

    private void log(Failure failure, Supplier<String> contents) {
        if (settings.log() == ErrorLog.OFF) {
            return;
        }
        String details = settings.log() == ErrorLog.CONTENTS ? " " + contents.get() : "";
        counters.errors().onLogged();
        LOG.atError()
                .addKeyValue("connector", task.connector())
                .addKeyValue("task", task.index())
                .addKeyValue("stage", failure.stage())
                .log("{}{}", failure.toleratedSentence(task), details);
    }

    /** Returns why the connector must pause, or null while the budget lasts. */
    @Nullable
    String overspent() {
        Failure last = overspent;
        if (last == null) {
            return null;
        }
        BudgetSettings limit = settings.budget().orElseThrow();
        String where = settings.deadLetters()
                .map(letters -> "Look at the dead letters in topic " + letters.topic() + ", correct")
                .orElse("Correct");
        String text = "Cannot go on: more than " + limit.recordCount() + " records failed within "
                + limit.window().toMillis() + " ms (errors.budget.records, errors.budget.window). " + where
                + " the cause, then resume the connector. The last one was " + last.coordinates() + ": "
                + last.reasonInOneLine();
        return Redactor.PROCESS.redact(text);
    }

    /** Begins with a full budget. */
    void reset() {
        overspent = null;
        budget.ifPresent(ErrorBudget::reset);
    }
}
