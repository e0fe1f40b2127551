package dev.sluice.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Reports a failure that a plugin or the runtime understood well enough to put into words.
 *
 * <p>Thrown as it is, it fails the task; its subclasses ask for something milder, see {@link #category()}. Messages read
 * {@code Cannot <do what>: <why, with the value>. <What to do.>} and carry no secrets and no record contents.
 */
public class ConnectorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a message in full sentences. */
    public ConnectorException(String message) {
        super(message);
    }

    /** Creates the exception with a message in full sentences and the failure below it, if there is one. */
    public ConnectorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns what the runtime shall do about this failure. */
    public ErrorCategory category() {
        return ErrorCategory.TASK;
    }
}
