package dev.sluice.runtime.plugin;

import dev.sluice.api.error.RetriableException;
import java.io.Serial;
import java.time.Duration;

/** Signals that a plugin did not answer in time; its thread was left behind. */
public final class CallTimeoutException extends RetriableException {
    @Serial
    private static final long serialVersionUID = 1L;

    CallTimeoutException(String plugin, Duration budget, String budgetKey) {
        super(plugin + " did not answer within " + budget.toMillis() + " ms (" + budgetKey + ").");
    }
}
