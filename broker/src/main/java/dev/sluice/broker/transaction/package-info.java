/**
 * Producers: {@link dev.sluice.broker.transaction.ProducerIds} hands out the ids by which the log knows repeated batches.
 * Called from handlers; files are written on a thread of their own. Transactions are not there yet.
 */
@NullMarked
package dev.sluice.broker.transaction;

import org.jspecify.annotations.NullMarked;
