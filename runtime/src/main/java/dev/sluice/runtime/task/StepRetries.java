package dev.sluice.runtime.task;

import dev.sluice.api.error.RetriableException;
import dev.sluice.runtime.config.ErrorSettings;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Runs one step of a pipeline for one record, again where {@code errors.retry.*} says so; task thread only. */
final class StepRetries {
    private static final Duration FIRST_DELAY = Duration.ofMillis(300);

    private final ErrorSettings settings;
    private final ErrorCounters counters;
    private final LongSupplier nanoClock;
    private final Pause pause;
    private final StageTimes times;

    /** Waits between tries; interrupted when the task is stopped. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    StepRetries(ErrorSettings settings, TaskCounters counters, LongSupplier nanoClock, Pause pause) {
        this.settings = settings;
        this.counters = counters.errors();
        this.nanoClock = nanoClock;
        this.pause = pause;
        this.times = counters.stages();
    }

    /** Returns the step's result; coordinates are made only when something fails. */
    <T> T run(Stage stage, String plugin, Supplier<String> coordinates, Supplier<T> step)
            throws StepFailedException, InterruptedException {
        try {
            return times.isSampled() ? measured(stage, plugin, step) : step.get();
        } catch (RetriableException retriable) {
            return runAgain(new Failure(stage, plugin, retriable, coordinates.get(), 1), step);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            throw new StepFailedException(new Failure(stage, plugin, failure, coordinates.get(), 1));
        }
    }

    private <T> T measured(Stage stage, String plugin, Supplier<T> step) {
        long began = nanoClock.getAsLong();
        T result = step.get();
        times.sample(stage, plugin, nanoClock.getAsLong() - began);
        return result;
    }

    private <T> T runAgain(Failure first, Supplier<T> step) throws StepFailedException, InterruptedException {
        long started = nanoClock.getAsLong();
        Backoff backoff = new Backoff(FIRST_DELAY, settings.retryDelayMax());
        Failure last = first;
        while (isTimeLeft(started)) {
            counters.onFailure();
            counters.onRetry();
            pause.pause(backoff.next());
            int attempt = last.attempts() + 1;
            try {
                return step.get();
            } catch (RetriableException retriable) {
                last = new Failure(first.stage(), first.plugin(), retriable, first.coordinates(), attempt);
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
                throw new StepFailedException(
                        new Failure(first.stage(), first.plugin(), failure, first.coordinates(), attempt));
            }
        }
        throw new StepFailedException(last);
    }

    /** A negative time-out means for ever. */
    private boolean isTimeLeft(long startedNanos) {
        Duration timeout = settings.retryTimeout();
        return timeout.isNegative() || nanoClock.getAsLong() - startedNanos < timeout.toNanos();
    }
}
