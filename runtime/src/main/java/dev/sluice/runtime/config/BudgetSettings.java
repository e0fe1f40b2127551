package dev.sluice.runtime.config;

import java.time.Duration;

/**
 * Says how many records a task may leave out or send to the dead letters before its connector is paused.
 *
 * @param recordCount that many within the window, at least 1
 * @param window the time over which they count
 */
public record BudgetSettings(int recordCount, Duration window) {}
