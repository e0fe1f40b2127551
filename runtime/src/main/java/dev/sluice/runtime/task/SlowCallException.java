package dev.sluice.runtime.task;

import dev.sluice.api.error.ConnectorException;

/** Reports a plugin call that was interrupted because it took too long, which says nothing about any record. */
final class SlowCallException extends ConnectorException {
    private static final long serialVersionUID = 1L;

    SlowCallException(String message, Throwable cause) {
        super(message, cause);
    }
}
