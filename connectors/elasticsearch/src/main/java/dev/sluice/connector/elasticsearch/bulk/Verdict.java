package dev.sluice.connector.elasticsearch.bulk;

import dev.sluice.connector.elasticsearch.client.FailureKind;

/** What an item's result asks of the writer. */
enum Verdict {
    /** It was carried out, or there is nothing left to do. */
    DONE,
    /** A newer or equal version was there, or what should be created exists. */
    CONFLICT,
    /** The cluster could not take it now; or somebody must do something first, and may do it any moment. */
    RETRY,
    /** The document is to blame. */
    BAD_RECORD,
    /** Connector or cluster are set wrongly, for all documents alike, and time does not help. */
    FATAL;

    static Verdict of(ItemResult result) {
        FailureKind kind = result.kind();
        if (kind == null) {
            return DONE;
        }
        return switch (kind) {
            case UNREACHABLE, UNANSWERED, BUSY, INTERNAL, BLOCKED -> RETRY;
            // Indices are gone for a moment while somebody restores one or moves an alias.
            case MISSING -> RETRY;
            case RECORD, TOO_LARGE -> BAD_RECORD;
            // What lost a race was not done by anybody: left out, the change would be lost.
            case CONFLICT -> result.isRace() ? RETRY : CONFLICT;
            case CREDENTIALS, FORBIDDEN, INSECURE, OTHER -> FATAL;
        };
    }
}
