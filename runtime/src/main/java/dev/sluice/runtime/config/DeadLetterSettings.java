package dev.sluice.runtime.config;

/**
 * Says where records go that cannot be processed.
 *
 * @param topic the topic, created with one partition where it is missing
 * @param hasContextHeaders whether headers say where a record comes from and what was wrong with it
 */
public record DeadLetterSettings(String topic, boolean hasContextHeaders) {}
