package dev.sluice.broker.transaction;

/**
 * A producer as the coordinator let it in. Of all that ever had the same transactional id, only the newest may write.
 *
 * @param transactionalId the name that outlives the process
 * @param id the producer id, which stands in its batches
 * @param epoch the epoch, which stands in its batches
 */
public record TransactionalProducer(String transactionalId, long id, short epoch) {}
