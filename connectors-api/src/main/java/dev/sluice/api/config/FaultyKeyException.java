package dev.sluice.api.config;

import java.io.Serial;

/** Ends a rule or a recommender that asks for a setting which has a problem itself. Never leaves this package. */
final class FaultyKeyException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    FaultyKeyException(String key) {
        // Only a jump out of the rule: no trace is written.
        super("Setting " + key + " has a problem of its own.", null, false, false);
    }
}
