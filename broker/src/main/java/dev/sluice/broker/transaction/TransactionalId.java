package dev.sluice.broker.transaction;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A transactional id, and the requests about it, which are done one after another. Belongs to the coordinator's thread.
 */
final class TransactionalId {
    /** Bounds what piles up behind a transaction that cannot be ended. */
    private static final int WAITING_MAX = 32;

    private final String name;
    private @Nullable TransactionMetadata metadata;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private int waitingCount;

    TransactionalId(String name) {
        this.name = name;
    }

    TransactionalId(TransactionMetadata metadata) {
        this(metadata.transactionalId());
        this.metadata = metadata;
    }

    String name() {
        return name;
    }

    /** Null until a producer id was found for it. */
    @Nullable
    TransactionMetadata metadata() {
        return metadata;
    }

    TransactionMetadata create(TransactionMetadata created) {
        metadata = created;
        return created;
    }

    TransactionMetadata known() {
        TransactionMetadata found = metadata;
        if (found == null) {
            throw Errors.INVALID_PRODUCER_ID_MAPPING.exception();
        }
        return found;
    }

    /** Whether nobody wants anything of it, but the request that asks. */
    boolean isAlone() {
        return waitingCount <= 1;
    }

    /** Does something when all earlier requests are done; it must complete on the coordinator's thread. */
    <T> CompletableFuture<T> next(Supplier<CompletableFuture<T>> request) {
        if (waitingCount == WAITING_MAX) {
            return CompletableFuture.failedFuture(Errors.CONCURRENT_TRANSACTIONS.exception());
        }
        waitingCount++;
        CompletableFuture<T> result = last.thenCompose(done -> request.get());
        last = result.handle((value, failure) -> {
            waitingCount--;
            return null;
        });
        return result;
    }
}
