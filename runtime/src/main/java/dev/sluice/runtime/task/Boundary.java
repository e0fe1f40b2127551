package dev.sluice.runtime.task;

import dev.sluice.api.connector.TransactionBoundaries;
import dev.sluice.api.record.SourceRecord;
import java.util.List;
import java.util.Optional;

/** Decides where a source's transactions end; the choices are those of {@code transaction.boundary}. Task thread. */
interface Boundary {
    /** What happens after a piece of a batch. */
    enum End {
        /** The transaction goes on. */
        KEEP_OPEN,
        /** It is committed. */
        COMMIT,
        /** It is dropped with the piece; positions move on. */
        DISCARD
    }

    /**
     * A part of a polled batch.
     *
     * @param records in order; may be empty
     * @param end what follows it
     */
    record Piece(List<SourceRecord> records, End end) {}

    /** Divides a polled batch; the pieces, at least one, hold its records in order. */
    List<Piece> divide(List<SourceRecord> polled);

    /** Returns whether an open transaction shall be committed now, without anything new. */
    default boolean isDue() {
        return false;
    }

    /** Called when a transaction was ended. */
    default void onEnded() {}

    /** Returns what follows a piece that a faulty record cut short. */
    default End afterFailure() {
        return End.KEEP_OPEN;
    }

    /** Returns whether what is open when the task stops is committed; it is read again otherwise. */
    default boolean commitsAtStop() {
        return true;
    }

    /** Returns what the task itself defines boundaries with, if it may. */
    default Optional<TransactionBoundaries> forTask() {
        return Optional.empty();
    }

    /** One transaction per polled batch. Without transactions: its positions are stored with it. */
    Boundary POLL = new Boundary() {
        @Override
        public List<Piece> divide(List<SourceRecord> polled) {
            return List.of(new Piece(polled, End.COMMIT));
        }

        @Override
        public End afterFailure() {
            return End.COMMIT;
        }
    };
}
