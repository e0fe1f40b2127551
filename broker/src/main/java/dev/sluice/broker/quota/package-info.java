/**
 * Limits on what clients may send and fetch, by user and client id, as Kafka's quotas. {@link dev.sluice.broker.quota.Quotas}
 * keeps them on disk and tells for each request how long its client shall be left waiting; the network does the waiting.
 * Any thread may call; where no quota is set, asking costs one look at a field.
 */
@NullMarked
package dev.sluice.broker.quota;

import org.jspecify.annotations.NullMarked;
