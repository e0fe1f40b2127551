package dev.sluice.runtime.flow;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides what a connector or task does, from facts alone: no thread, no clock, no log. */
final class FlowRules {
    private static final String NOTHING = "Nothing to do.";
    /** A task with nothing to do looks around again after this time at most. */
    private static final long IDLE_STEP_MILLIS = 5_000;

    private FlowRules() {}

    /** Returns what a task does, or a connector apart from its tasks, as of now. */
    static Flow judge(FlowFacts facts, long nowMillis) {
        Opinion opinion = opinion(facts, nowMillis);
        return new Flow(
                opinion.verdict(),
                Instant.ofEpochMilli(nowMillis),
                opinion.reason(),
                opinion.nextAction(),
                facts.work().lagRecords(),
                facts.work().lagMillis(),
                instant(facts.moves().readMillis()),
                instant(facts.moves().writeMillis()));
    }

    /**
     * Returns what a connector with tasks does: the worst of them and of itself.
     *
     * @param own what it does apart from its tasks; its word counts where it is not just running
     * @param tasks what they do, by index
     */
    static Flow ofConnector(Flow own, List<Flow> tasks) {
        if (tasks.isEmpty()) {
            return own.verdict() == Verdict.IDLE ? withoutTasks(own) : own;
        }
        boolean isOwnWord = own.verdict() != Verdict.IDLE && own.verdict() != Verdict.FLOWING;
        Flow worst = isOwnWord ? own : tasks.get(0);
        int worstIndex = isOwnWord ? -1 : 0;
        for (int index = 0; index < tasks.size(); index++) {
            if (tasks.get(index).verdict().compareTo(worst.verdict()) > 0) {
                worst = tasks.get(index);
                worstIndex = index;
            }
        }
        boolean namesTask = worstIndex >= 0 && tasks.size() > 1 && worst.verdict() != Verdict.IDLE;
        return new Flow(
                worst.verdict(),
                worst.since(),
                namesTask ? "Task " + worstIndex + ": " + worst.reason() : worst.reason(),
                worst.nextAction(),
                sum(tasks),
                fold(tasks, Flow::lagMillis, Math::max),
                fold(tasks, Flow::lastReadAt, BinaryOperator.maxBy(Comparator.naturalOrder())),
                fold(tasks, Flow::lastWriteAt, BinaryOperator.maxBy(Comparator.naturalOrder())));
    }

    private static Flow withoutTasks(Flow own) {
        return new Flow(
                Verdict.IDLE,
                own.since(),
                "The connector asked for no tasks, so that nothing moves.",
                "Look at its settings if it should have work.",
                own.lagRecords(),
                own.lagMillis(),
                own.lastReadAt(),
                own.lastWriteAt());
    }

    /** Returns the lag of all; unknown where that of any is unknown. */
    private static @Nullable Long sum(List<Flow> tasks) {
        long sum = 0;
        for (Flow task : tasks) {
            Long lag = task.lagRecords();
            if (lag == null) {
                return null;
            }
            sum += lag;
        }
        return sum;
    }

    private static <T> @Nullable T fold(
            Collection<Flow> tasks, Function<Flow, @Nullable T> value, BinaryOperator<T> better) {
        return tasks.stream()
                .map(value)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .reduce(better)
                .orElse(null);
    }

    private static @Nullable Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static Opinion opinion(FlowFacts facts, long now) {
        return switch (facts.life()) {
            case STARTING -> starting(facts, now);
            case RUNNING -> running(facts, now);
            case PAUSED -> paused(facts);
            case STOPPED ->
                new Opinion(Verdict.STOPPED, "It was stopped." + behind(facts), "Resume it when it shall run again.");
            case FAILED -> failed(facts, now);
        };
    }

    private static Opinion paused(FlowFacts facts) {
        Trouble trouble = facts.trouble();
        return trouble == null
                ? new Opinion(Verdict.PAUSED, "It was paused." + behind(facts), "Resume it when it shall go on.")
                : new Opinion(
                        Verdict.PAUSED,
                        "The worker paused it: " + trouble.sentence(),
                        "Remove the cause, then resume it.");
    }

    private static Opinion failed(FlowFacts facts, long now) {
        Trouble trouble = facts.trouble();
        if (trouble == null) {
            return new Opinion(Verdict.FAILED, "It failed.", "Look at the trace and the log, then restart it.");
        }
        Retry restart = trouble.restart();
        if (restart != null) {
            return new Opinion(
                    Verdict.RETRYING,
                    "It failed and is restarted, " + attempt(restart, now) + ": " + trouble.sentence(),
                    "Remove the cause; it comes back by itself. A restart tries at once.");
        }
        if (trouble.isRecord()) {
            String record = trouble.coordinates() == null ? "A record" : "The record " + trouble.coordinates();
            return new Opinion(
                    Verdict.POISON,
                    record + " stops all records behind it: " + trouble.sentence(),
                    "Correct the record or what fails on it and restart; or set errors.tolerance=all with a dead letter"
                            + " topic; or pass over it by changing the offsets of the stopped connector.");
        }
        return new Opinion(
                Verdict.FAILED, trouble.sentence(), "Remove the cause, then restart it. The trace says more.");
    }

    private static Opinion starting(FlowFacts facts, long now) {
        Activity activity = facts.activity();
        Optional<Opinion> stuck = stuck(facts, now);
        if (stuck.isPresent()) {
            return stuck.get();
        }
        if (activity != null && activity.call() != null) {
            return new Opinion(
                    Verdict.STARTING,
                    "The plugin call " + activity.call() + " is under way for "
                            + Words.span(now - activity.callMillis()) + ".",
                    "Wait; from " + Words.span(facts.limits().callMillis()) + " on it counts as stuck.");
        }
        long since = activity == null ? facts.moves().restMillis() : activity.stepMillis();
        if (now - since >= facts.limits().stalledAfterMillis()) {
            return new Opinion(
                    Verdict.STALLED,
                    "It should have started " + Words.span(now - since) + " ago, and waits for the worker or its log.",
                    activity == null ? "Look at the log of the worker." : look(activity));
        }
        return new Opinion(Verdict.STARTING, "It is about to start.", "Wait a moment.");
    }

    private static Opinion running(FlowFacts facts, long now) {
        return stuck(facts, now)
                .or(() -> ended(facts))
                .or(() -> retrying(facts, now))
                .or(() -> hanging(facts, now))
                .or(() -> idleLoop(facts, now))
                .or(() -> unmoved(facts, now))
                .or(() -> unconfirmed(facts, now))
                .or(() -> jammed(facts))
                .or(() -> flowing(facts, now))
                .orElseGet(() -> idle(facts, now));
    }

    private static Optional<Opinion> stuck(FlowFacts facts, long now) {
        Activity activity = facts.activity();
        if (activity == null
                || activity.call() == null
                || now - activity.callMillis() < facts.limits().callMillis()) {
            return Optional.empty();
        }
        return Optional.of(new Opinion(
                Verdict.STUCK,
                "The plugin call " + activity.call() + " has not come back for "
                        + Words.span(now - activity.callMillis()) + ", which is over task.call.timeout.ms="
                        + facts.limits().callMillis() + "." + behind(facts),
                look(activity) + " A restart gives the thread up."));
    }

    private static Optional<Opinion> ended(FlowFacts facts) {
        Activity activity = facts.activity();
        return activity != null && activity.hasEnded()
                ? Optional.of(new Opinion(
                        Verdict.STALLED,
                        "The thread " + activity.threadName() + " has ended, though nobody asked it to."
                                + behind(facts),
                        "Restart it, and look at the log for what ended it."))
                : Optional.empty();
    }

    private static Optional<Opinion> retrying(FlowFacts facts, long now) {
        Activity activity = facts.activity();
        Retry retry = activity == null ? null : activity.retry();
        return retry == null
                ? Optional.empty()
                : Optional.of(new Opinion(
                        Verdict.RETRYING,
                        "The plugin asked to be called again: " + retry.what() + ", " + attempt(retry, now) + "."
                                + behind(facts),
                        "Look at the log for what the other side answers; it goes on by itself once that works."));
    }

    private static Optional<Opinion> hanging(FlowFacts facts, long now) {
        Activity activity = facts.activity();
        if (activity == null
                || activity.call() == null
                || now - activity.callMillis() < facts.limits().stalledAfterMillis()) {
            return Optional.empty();
        }
        return Optional.of(new Opinion(
                Verdict.STALLED,
                "The plugin call " + activity.call() + " has not come back for "
                        + Words.span(now - activity.callMillis()) + "." + behind(facts),
                look(activity)));
    }

    private static Optional<Opinion> idleLoop(FlowFacts facts, long now) {
        Activity activity = facts.activity();
        if (activity == null || now - activity.stepMillis() < facts.limits().stalledAfterMillis() + IDLE_STEP_MILLIS) {
            return Optional.empty();
        }
        return Optional.of(new Opinion(
                Verdict.STALLED,
                "The task has made no step for " + Words.span(now - activity.stepMillis()) + "." + behind(facts),
                look(activity)));
    }

    private static Optional<Opinion> unmoved(FlowFacts facts, long now) {
        long still = now - facts.moves().restMillis();
        if (facts.work().pendingRecords() == 0 || still < facts.limits().stalledAfterMillis()) {
            return Optional.empty();
        }
        return Optional.of(new Opinion(
                Verdict.STALLED,
                (facts.work().isSink() ? "The destination has taken" : "The log has taken") + " nothing for "
                        + Words.span(still) + "." + behind(facts),
                facts.activity() == null ? "Look at the log." : look(facts.activity())));
    }

    /** A sink that takes records and never says that they are safe would otherwise look as if it flowed. */
    private static Optional<Opinion> unconfirmed(FlowFacts facts, long now) {
        FlowLimits limits = facts.limits();
        long still = now - facts.moves().confirmMillis();
        if (facts.work().pendingRecords() == 0 || still < limits.unconfirmedAfterMillis()) {
            return Optional.empty();
        }
        return Optional.of(new Opinion(
                Verdict.STALLED,
                "Records are handed over, but none was confirmed for " + Words.span(still)
                        + ", so that no offset moves." + behind(facts),
                "Look at what the plugin's flush waits for; after a restart these records are written again."));
    }

    private static Optional<Opinion> jammed(FlowFacts facts) {
        if (!facts.work().isJammed()) {
            return Optional.empty();
        }
        return Optional.of(
                facts.work().isSink()
                        ? new Opinion(
                                Verdict.BACKPRESSURED,
                                "The destination takes less than arrives." + behind(facts),
                                "Give the topics more partitions and the connector more tasks, or speed up the"
                                        + " destination.")
                        : new Opinion(
                                Verdict.BACKPRESSURED,
                                "The source gives more than the log takes: its buffer is full most of the time.",
                                "Nothing is lost, the source waits. If that is too slow, look at the disk of the log."));
    }

    private static Optional<Opinion> flowing(FlowFacts facts, long now) {
        long still = now - facts.moves().lastMillis();
        if (still < facts.limits().stalledAfterMillis()) {
            return Optional.of(new Opinion(
                    Verdict.FLOWING, "Records moved " + Words.span(still) + " ago." + behind(facts), NOTHING));
        }
        return facts.work().pendingRecords() == 0
                ? Optional.empty()
                : Optional.of(new Opinion(
                        Verdict.FLOWING,
                        (facts.work().isHandedOver() ? "All records are handed over." : "Records are under way.")
                                + behind(facts),
                        NOTHING));
    }

    private static Opinion idle(FlowFacts facts, long now) {
        long last = facts.moves().lastMillis();
        String what =
                facts.work().isSink() ? "There is nothing to read in its topics" : "The source has nothing to give";
        String since = last == 0 ? "." : "; records last moved " + Words.span(now - last) + " ago.";
        return new Opinion(Verdict.IDLE, what + since, NOTHING);
    }

    /** Returns how far behind it is, as a sentence of its own; nothing where it is not, or that is unknown. */
    private static String behind(FlowFacts facts) {
        Long records = facts.work().lagRecords();
        Long millis = facts.work().lagMillis();
        if (records == null || records == 0) {
            return "";
        }
        String age = millis == null || millis == 0 ? "" : ", the oldest since " + Words.span(millis);
        return " " + Words.records(records) + (records == 1 ? " waits" : " wait") + age + ".";
    }

    private static String attempt(Retry retry, long now) {
        String number = retry.attempt() == 0
                ? "next"
                : "attempt " + retry.attempt() + (retry.attemptsMax() > 0 ? " of " + retry.attemptsMax() : "");
        if (retry.nextMillis() == 0) {
            return number;
        }
        return retry.nextMillis() <= now ? number + " now" : number + " at " + Words.moment(retry.nextMillis());
    }

    private static String look(Activity activity) {
        return "Look at the thread " + activity.threadName() + " with jstack to see where it waits.";
    }
}
