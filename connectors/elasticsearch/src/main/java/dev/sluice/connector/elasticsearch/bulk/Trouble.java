package dev.sluice.connector.elasticsearch.bulk;

import java.time.Duration;

/**
 * That the cluster has taken nothing for a while.
 *
 * @param since how long the oldest item was tried
 * @param message what, why and what to do, in words
 */
public record Trouble(Duration since, String message) {}
