package dev.sluice.runtime.config;

import java.time.Duration;

/**
 * Whether a connector or task that failed is started again by itself.
 *
 * @param isOnFailure whether it is at all
 * @param attemptsMax how often in a row
 * @param backoff the first pause; each further one is twice as long
 * @param backoffMax the longest pause
 * @param resetAfter after running this long, attempts count from the beginning
 */
public record RestartSettings(
        boolean isOnFailure, int attemptsMax, Duration backoff, Duration backoffMax, Duration resetAfter) {}
