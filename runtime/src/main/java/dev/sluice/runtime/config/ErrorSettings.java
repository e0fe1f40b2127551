package dev.sluice.runtime.config;

import java.time.Duration;

/**
 * Says what a connector does about records that cannot be converted or transformed.
 *
 * @param tolerance whether the task fails
 * @param isLogged whether each such record is logged, without its contents
 * @param retryTimeout how long a failed step is tried again; zero: not at all; negative: for ever
 * @param retryDelayMax the longest pause between two tries
 */
public record ErrorSettings(Tolerance tolerance, boolean isLogged, Duration retryTimeout, Duration retryDelayMax) {}
