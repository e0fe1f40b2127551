package dev.sluice.broker.handler;

import dev.sluice.broker.transaction.TransactionDescription;
import dev.sluice.broker.transaction.TransactionService;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ListTransactionsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListTransactionsRequest;
import org.apache.kafka.common.requests.ListTransactionsResponse;

/**
 * ListTransactions (66), versions 0 to 2: the transactional ids, chosen by state and producer id, from version 1 on by the
 * age of the transaction, from 2 on by a pattern of the id.
 */
final class ListTransactionsHandler implements Handler<ListTransactionsRequest> {
    private static final Set<String> STATES = Arrays.stream(TransactionState.values())
            .filter(state -> state != TransactionState.UNKNOWN)
            .map(TransactionState::toString)
            .collect(Collectors.toUnmodifiableSet());

    private final TransactionService transactions;

    ListTransactionsHandler(TransactionService transactions) {
        this.transactions = transactions;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.LIST_TRANSACTIONS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 2);
    }

    @Override
    public CompletableFuture<ListTransactionsResponse> handle(Call<ListTransactionsRequest> call) {
        ListTransactionsRequestData data = call.request().data();
        Predicate<TransactionDescription> wanted;
        try {
            wanted = filter(data);
        } catch (PatternSyntaxException e) {
            return CompletableFuture.failedFuture(Errors.INVALID_REGULAR_EXPRESSION.exception(
                    "Cannot list transactions: the pattern of ids is not a regular expression, " + e.getDescription()));
        }
        List<String> unknownStates = data.stateFilters().stream()
                .filter(state -> !STATES.contains(state))
                .toList();
        return transactions
                .list()
                .thenApply(all -> new ListTransactionsResponse(new ListTransactionsResponseData()
                        .setUnknownStateFilters(unknownStates)
                        .setTransactionStates(all.stream()
                                .filter(wanted)
                                .map(ListTransactionsHandler::state)
                                .toList())));
    }

    private Predicate<TransactionDescription> filter(ListTransactionsRequestData data) {
        Predicate<TransactionDescription> wanted = found -> true;
        if (!data.producerIdFilters().isEmpty()) {
            wanted = wanted.and(
                    found -> data.producerIdFilters().contains(found.producer().id()));
        }
        if (!data.stateFilters().isEmpty()) {
            wanted = wanted.and(found -> data.stateFilters().contains(found.state()));
        }
        if (data.durationFilter() >= 0) {
            wanted = wanted.and(found -> found.isOlderThan(data.durationFilter()));
        }
        String pattern = data.transactionalIdPattern();
        if (pattern != null && !pattern.isEmpty()) {
            Pattern compiled = Pattern.compile(pattern);
            wanted = wanted.and(found ->
                    compiled.matcher(found.producer().transactionalId()).matches());
        }
        return wanted;
    }

    private static ListTransactionsResponseData.TransactionState state(TransactionDescription found) {
        return new ListTransactionsResponseData.TransactionState()
                .setTransactionalId(found.producer().transactionalId())
                .setProducerId(found.producer().id())
                .setTransactionState(found.state());
    }
}
