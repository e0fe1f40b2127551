package dev.sluice.api.error;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the same call again: a connection was refused, a server was busy, a lock was not to be had.
 *
 * <p>The runtime repeats the call with the same arguments and bounded back-off. A task that throws it from {@code put}
 * must accept the same batch again, so it either applied none of it or can tell what it applied.
 */
public class RetriableException extends ConnectorException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Duration is serializable; the Optional is made on demand.
    private final @Nullable Duration retryAfter;

    /** Creates the exception; the runtime chooses when to try again. */
    public RetriableException(String message) {
        this(message, null, null);
    }

    /** Creates the exception with its cause; the runtime chooses when to try again. */
    public RetriableException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    private RetriableException(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** Creates the exception with the pause that the other side asked for, such as an HTTP {@code Retry-After}. */
    public static RetriableException after(Duration pause, String message, @Nullable Throwable cause) {
        return new RetriableException(message, cause, Objects.requireNonNull(pause, "pause"));
    }

    /** Returns the shortest pause before the next try, or empty where the runtime's own back-off is right. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public ErrorCategory category() {
        return ErrorCategory.RETRIABLE;
    }
}
