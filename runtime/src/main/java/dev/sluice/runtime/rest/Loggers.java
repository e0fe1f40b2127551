package dev.sluice.runtime.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The loggers of this process. Safe for use from any thread; returns at once. */
public interface Loggers {
    /** The levels that can be set. FATAL means ERROR, as there is nothing beyond it here. */
    List<String> LEVELS = List.of("OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL");

    /**
     * The level of a logger.
     *
     * @param level its word
     * @param lastModifiedMillis when it was set over REST, in milliseconds since 1970; null for never
     */
    record LoggerLevel(String level, @Nullable Long lastModifiedMillis) {}

    /** Returns the loggers that have a level of their own, {@code root} among them, by name. */
    Map<String, LoggerLevel> all();

    /** Returns the level in effect for a logger; empty if there is no such logger. */
    Optional<LoggerLevel> find(String name);

    /**
     * Sets the level of a logger and of all below it; one that is not there is made.
     *
     * @param level one of {@link #LEVELS}
     * @return the loggers whose level is set, sorted
     */
    List<String> set(String name, String level);
}
