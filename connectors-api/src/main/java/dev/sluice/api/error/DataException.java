package dev.sluice.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Blames one record: its bytes, schema or value cannot be processed, and trying again would not help.
 *
 * <p>Whether the record is dropped, sent to the dead letters or fails the task is the connector's error tolerance, not
 * the plugin's choice.
 */
public class DataException extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a message that names the field and the value's type, never the value itself. */
    public DataException(String message) {
        super(message);
    }

    /** Creates the exception with its cause, if there is one. */
    public DataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public ErrorCategory category() {
        return ErrorCategory.RECORD;
    }
}
