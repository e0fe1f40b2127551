package dev.sluice.broker.handler;

import dev.sluice.broker.transaction.TransactionService;
import java.util.List;

/** The list of all requests about transactions. */
final class TransactionHandlers {
    private TransactionHandlers() {}

    static List<Handler<?>> of(Backend backend) {
        TransactionService transactions = backend.broker().transactions();
        return List.of(
                new AddPartitionsToTxnHandler(backend),
                new AddOffsetsToTxnHandler(transactions),
                new EndTxnHandler(transactions),
                new WriteTxnMarkersHandler(transactions),
                new TxnOffsetCommitHandler(backend),
                new DescribeProducersHandler(backend),
                new DescribeTransactionsHandler(transactions),
                new ListTransactionsHandler(transactions));
    }
}
