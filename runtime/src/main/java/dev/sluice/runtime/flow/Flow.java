package dev.sluice.runtime.flow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a connector or task does at one moment.
 *
 * @param verdict in a word
 * @param since since when that word holds
 * @param reason why, in a sentence
 * @param nextAction what to do about it, in a sentence; also where that is nothing
 * @param lagRecords records that wait to be written; null where that is unknown
 * @param lagMillis the age of the oldest of them; 0 where there is none, null where it is unknown
 * @param lastReadAt when records were last read; null for never, and where it is unknown
 * @param lastWriteAt when a write was last acknowledged; likewise
 */
public record Flow(
        Verdict verdict,
        Instant since,
        String reason,
        String nextAction,
        @Nullable Long lagRecords,
        @Nullable Long lagMillis,
        @Nullable Instant lastReadAt,
        @Nullable Instant lastWriteAt) {
    /** Returns this as what follows on another: where the verdict is the same, it holds as long already. */
    Flow after(@Nullable Flow before) {
        return before == null || before.verdict != verdict
                ? this
                : new Flow(verdict, before.since, reason, nextAction, lagRecords, lagMillis, lastReadAt, lastWriteAt);
    }
}
