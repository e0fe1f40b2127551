package dev.sluice.runtime.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Says what a connector does about records that cannot be converted, transformed or written.
 *
 * @param tolerance whether the task fails
 * @param log what is logged of each such record that does not fail the task
 * @param retryTimeout how long a failed conversion or transformation is tried again; zero: not at all; negative: for ever
 * @param retryDelayMax the longest pause between two tries
 * @param deadLetters where tolerated records go; empty: they are left out
 * @param budget how many may be tolerated; empty: any number
 */
public record ErrorSettings(
        Tolerance tolerance,
        ErrorLog log,
        Duration retryTimeout,
        Duration retryDelayMax,
        Optional<DeadLetterSettings> deadLetters,
        Optional<BudgetSettings> budget) {}
