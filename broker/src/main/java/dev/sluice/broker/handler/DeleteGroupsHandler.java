package dev.sluice.broker.handler;

import dev.sluice.broker.group.GroupService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.DeleteGroupsRequest;
import org.apache.kafka.common.requests.DeleteGroupsResponse;

/**
 * DeleteGroups (42), versions 0 to 2: groups without members go, and their offsets with them.
 */
final class DeleteGroupsHandler implements Handler<DeleteGroupsRequest> {
    private final GroupService groups;

    DeleteGroupsHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DELETE_GROUPS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 2);
    }

    @Override
    public CompletableFuture<DeleteGroupsResponse> handle(Call<DeleteGroupsRequest> call) {
        List<String> names =
                List.copyOf(new LinkedHashSet<>(call.request().data().groupsNames()));
        return groups.deleteGroups(call.context(), names)
                .thenApply(results -> new DeleteGroupsResponse(new DeleteGroupsResponseData().setResults(results)));
    }
}
