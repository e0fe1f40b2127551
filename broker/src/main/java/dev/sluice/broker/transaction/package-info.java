/**
 * Producers and their transactions: {@link dev.sluice.broker.transaction.ProducerIds} hands out the ids by which the log
 * knows repeated batches, {@link dev.sluice.broker.transaction.TransactionCoordinator} makes what a producer writes to
 * several partitions visible as a whole or not at all. Called from handlers and from this process; state lives on the
 * thread {@code transactions}, in the topic {@code __transaction_state}.
 */
@NullMarked
package dev.sluice.broker.transaction;

import org.jspecify.annotations.NullMarked;
