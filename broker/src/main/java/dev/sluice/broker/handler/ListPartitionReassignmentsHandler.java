package dev.sluice.broker.handler;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ListPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.ListPartitionReassignmentsResponse;

/** ListPartitionReassignments (46), version 0: there never are any on one node. Tools ask before they show a topic. */
final class ListPartitionReassignmentsHandler implements Handler<ListPartitionReassignmentsRequest> {
    @Override
    public ApiKeys key() {
        return ApiKeys.LIST_PARTITION_REASSIGNMENTS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 0);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<ListPartitionReassignmentsRequest> call) {
        return CompletableFuture.completedFuture(
                new ListPartitionReassignmentsResponse(new ListPartitionReassignmentsResponseData()));
    }
}
