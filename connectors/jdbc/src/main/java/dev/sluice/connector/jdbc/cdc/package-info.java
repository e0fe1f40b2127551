/**
 * Reads the changes of a PostgreSQL database from its write-ahead log.
 *
 * <p>{@link dev.sluice.connector.jdbc.cdc.CdcTask} is the task; one {@code Capture} is one run on one pair of connections, which
 * begins as {@code Resume} decides. {@code Snapshot} reads tables; {@code ChangeFeed} reads the stream on a thread of its own,
 * {@code PgOutput} decodes it, {@code ChangeReader} makes records with positions of it, in the form of a {@code RecordShape}.
 *
 * <p>Invariants: the server learns of a place as flushed only once it is stored; a position names one place in the stream,
 * whenever it is read again; what is in hand is bounded by bytes. All but {@code ChangeFeed} belongs to the task's thread.
 */
@NullMarked
package dev.sluice.connector.jdbc.cdc;

import org.jspecify.annotations.NullMarked;
