package dev.sluice.runtime.task;

import dev.sluice.runtime.meter.Span;
import dev.sluice.runtime.store.ActiveTopics;
import dev.sluice.runtime.store.OffsetStore;
import dev.sluice.runtime.transport.Transport;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What every task of a worker shares.
 *
 * @param transport the log
 * @param offsets the stored source offsets
 * @param topics notes which topics are used
 * @param watchdog measures plugin calls
 * @param limits the bounds of each task
 * @param buffers the bytes that all tasks may have in hand together
 * @param createsTopics whether a source's topics are created on their first record
 * @param clock the time of day
 * @param nanoClock a clock for durations, in nanoseconds
 * @param span what rates and averages look back on
 */
public record TaskServices(
        Transport transport,
        OffsetStore offsets,
        ActiveTopics topics,
        Watchdog watchdog,
        TaskLimits limits,
        ByteBudget buffers,
        boolean createsTopics,
        Clock clock,
        LongSupplier nanoClock,
        Span span) {}
