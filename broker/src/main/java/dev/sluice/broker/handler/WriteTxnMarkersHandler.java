package dev.sluice.broker.handler;

import dev.sluice.broker.transaction.Marker;
import dev.sluice.broker.transaction.TransactionService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest.TxnMarkerEntry;
import org.apache.kafka.common.requests.WriteTxnMarkersResponse;

/**
 * WriteTxnMarkers (27), version 1: ends a transaction in single partitions. Between brokers this is how a coordinator works;
 * here only administrators send it, to abort a transaction that hangs (KIP-664).
 *
 * <p>Not done: version 2, which tells the version of the transactions.
 */
final class WriteTxnMarkersHandler implements Handler<WriteTxnMarkersRequest> {
    private final TransactionService transactions;

    WriteTxnMarkersHandler(TransactionService transactions) {
        this.transactions = transactions;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.WRITE_TXN_MARKERS;
    }

    @Override
    public Versions versions() {
        return Versions.of(1, 1);
    }

    @Override
    public CompletableFuture<WriteTxnMarkersResponse> handle(Call<WriteTxnMarkersRequest> call) {
        List<CompletableFuture<Written>> writes = call.request().markers().stream()
                .flatMap(marker -> marker.partitions().stream().map(partition -> write(marker, partition)))
                .toList();
        return Futures.all(writes).thenApply(done -> {
            Map<Long, Map<TopicPartition, Errors>> errors = new HashMap<>();
            done.forEach(each -> errors.computeIfAbsent(each.producerId, id -> new HashMap<>())
                    .put(each.partition, each.error));
            return new WriteTxnMarkersResponse(errors);
        });
    }

    private record Written(long producerId, TopicPartition partition, Errors error) {}

    private CompletableFuture<Written> write(TxnMarkerEntry entry, TopicPartition partition) {
        Marker marker = new Marker(
                entry.producerId(), entry.producerEpoch(), entry.coordinatorEpoch(), entry.transactionResult());
        return transactions
                .writeMarker(marker, partition)
                .handle((done, failure) -> new Written(
                        entry.producerId(), partition, failure == null ? Errors.NONE : ErrorCodes.of(failure)));
    }
}
