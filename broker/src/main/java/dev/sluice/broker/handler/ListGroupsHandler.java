package dev.sluice.broker.handler;

import dev.sluice.broker.group.GroupService;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ListGroupsRequest;
import org.apache.kafka.common.requests.ListGroupsResponse;

/**
 * ListGroups (16), versions 0 to 5: all groups. Version 4 adds the states to choose by, 5 the types.
 */
final class ListGroupsHandler implements Handler<ListGroupsRequest> {
    private final GroupService groups;

    ListGroupsHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.LIST_GROUPS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 5);
    }

    @Override
    public CompletableFuture<ListGroupsResponse> handle(Call<ListGroupsRequest> call) {
        return groups.listGroups(call.context(), call.request().data()).thenApply(ListGroupsResponse::new);
    }
}
