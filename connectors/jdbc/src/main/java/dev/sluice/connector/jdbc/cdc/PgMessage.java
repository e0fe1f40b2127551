package dev.sluice.connector.jdbc.cdc;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of PostgreSQL's output plugin {@code pgoutput}, protocol version 1. {@link PgOutput} makes them of bytes.
 *
 * <pre>
 *   Begin ( Origin | Relation | Type | Insert | Update | Delete | Truncate | Message )* Commit
 * </pre>
 *
 * <p>Transactions come whole and in the order of their commits. A relation is described before its first change, and again
 * after it was altered; a description lasts for one connection.
 */
sealed interface PgMessage {
    /** Calls the method of the receiver that fits. */
    void tell(Receiver receiver);

    /** Takes messages by their kind. */
    interface Receiver {
        /** Takes the begin of a transaction. */
        void onBegin(Begin begin);

        /** Takes the end of a transaction. */
        void onCommit(Commit commit);

        /** Takes where the transaction came from first, on a server that is a subscriber itself. */
        void onOrigin(Origin origin);

        /** Takes the description of a table. */
        void onRelation(Relation relation);

        /** Takes the description of a type that is not built in. */
        void onType(Type type);

        /** Takes a new row. */
        void onInsert(Insert insert);

        /** Takes a changed row. */
        void onUpdate(Update update);

        /** Takes a row that is gone. */
        void onDelete(Delete delete);

        /** Takes tables that were emptied. */
        void onTruncate(Truncate truncate);

        /** Takes what {@code pg_logical_emit_message} wrote. */
        void onMessage(Message message);
    }

    /**
     * The begin of a transaction.
     *
     * @param commitLsn where its commit stands in the log, equal to {@link Commit#lsn}
     * @param committedAt when it was committed
     * @param xid its number, unsigned 32 bits
     */
    record Begin(Lsn commitLsn, Instant committedAt, long xid) implements PgMessage {
        @Override
        public void tell(Receiver receiver) {
            receiver.onBegin(this);
        }
    }

    /**
     * The end of a transaction.
     *
     * @param lsn where the commit stands in the log
     * @param endLsn the place after it; the next transaction's commit is there or later
     * @param committedAt when it was committed
     */
    record Commit(Lsn lsn, Lsn endLsn, Instant committedAt) implements PgMessage {
        @Override
        public void tell(Receiver receiver) {
            receiver.onCommit(this);
        }
    }

    /**
     * Where a transaction that was replicated here came from.
     *
     * @param lsn its commit on that server
     * @param name the replication origin's name
     */
    record Origin(Lsn lsn, String name) implements PgMessage {
        @Override
        public void tell(Receiver receiver) {
            receiver.onOrigin(this);
        }
    }

    /**
     * What a table looks like from here on.
     *
     * @param id its object identifier, by which changes name it
     * @param schema its schema; never empty here, {@code pg_catalog} included
     * @param name its name
     * @param identity what of an old row is written down
     * @param columns the columns that are published, in order
     */
    record Relation(long id, String schema, String name, Identity identity, List<Column> columns) implements PgMessage {
        /** Copies the columns in. */
        public Relation {
            columns = List.copyOf(columns);
        }

        @Override
        public void tell(Receiver receiver) {
            receiver.onRelation(this);
        }
    }

    /**
     * A column of a relation.
     *
     * @param isKey whether it belongs to the replica identity; all do where that is the full row
     * @param name its name
     * @param typeId the object identifier of its type
     * @param typeModifier the type's modifier ({@code atttypmod}), −1 for none
     */
    record Column(boolean isKey, String name, long typeId, int typeModifier) {}

    /** What of an old row is written into the log when it is updated or deleted. */
    enum Identity {
        /** The primary key. */
        DEFAULT('d'),
        /** Nothing. */
        NOTHING('n'),
        /** The whole row. */
        FULL('f'),
        /** The columns of one unique index. */
        INDEX('i');

        private final char code;

        Identity(char code) {
            this.code = code;
        }

        /** Returns the identity of a code as in {@code pg_class.relreplident}, or null if there is none. */
        static @Nullable Identity of(char code) {
            for (Identity identity : values()) {
                if (identity.code == code) {
                    return identity;
                }
            }
            return null;
        }
    }

    /**
     * A type that is not built in.
     *
     * @param id its object identifier
     * @param schema its schema
     * @param name its name
     */
    record Type(long id, String schema, String name) implements PgMessage {
        @Override
        public void tell(Receiver receiver) {
            receiver.onType(this);
        }
    }

    /**
     * A new row.
     *
     * @param relationId the table
     * @param row its values
     */
    record Insert(long relationId, Tuple row) implements PgMessage {
        @Override
        public void tell(Receiver receiver) {
            receiver.onInsert(this);
        }
    }

    /**
     * A changed row.
     *
     * @param relationId the table
     * @param old what is known of the row before; null where its replica identity did not change and is not the full row
     * @param isOldWhole whether the old row has all its values; otherwise only those of the replica identity are set
     * @param row the values now; large ones that did not change may be missing, see {@link Tuple#isUnchanged}
     */
    record Update(long relationId, @Nullable Tuple old, boolean isOldWhole, Tuple row) implements PgMessage {
        @Override
        public void tell(Receiver receiver) {
            receiver.onUpdate(this);
        }
    }

    /**
     * A row that is gone.
     *
     * @param relationId the table
     * @param old what is known of it
     * @param isOldWhole whether it has all its values; otherwise only those of the replica identity are set
     */
    record Delete(long relationId, Tuple old, boolean isOldWhole) implements PgMessage {
        @Override
        public void tell(Receiver receiver) {
            receiver.onDelete(this);
        }
    }

    /**
     * Tables that were emptied at once.
     *
     * @param relationIds the tables
     * @param isCascading whether tables that refer to them were emptied too; they are in the list
     * @param restartsIdentity whether the sequences that they own began anew
     */
    record Truncate(List<Long> relationIds, boolean isCascading, boolean restartsIdentity) implements PgMessage {
        /** Copies the list in. */
        public Truncate {
            relationIds = List.copyOf(relationIds);
        }

        @Override
        public void tell(Receiver receiver) {
            receiver.onTruncate(this);
        }
    }

    /**
     * What an application wrote into the log itself.
     *
     * @param isTransactional whether it belongs to a transaction; otherwise it came at once
     * @param lsn where it stands
     * @param prefix what it is for
     * @param content the bytes, shared
     */
    @SuppressWarnings("ArrayRecordComponent") // Shared: nobody compares messages.
    record Message(boolean isTransactional, Lsn lsn, String prefix, byte[] content) implements PgMessage {
        @Override
        public void tell(Receiver receiver) {
            receiver.onMessage(this);
        }
    }
}
