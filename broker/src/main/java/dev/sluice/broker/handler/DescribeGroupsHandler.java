package dev.sluice.broker.handler;

import dev.sluice.broker.group.GroupService;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeGroupsRequest;
import org.apache.kafka.common.requests.DescribeGroupsResponse;

/**
 * DescribeGroups (15), versions 0 to 6: state, members and assignment of classic groups. Version 3 adds what the caller may do
 * with them, 4 static members, 6 GROUP_ID_NOT_FOUND in place of a dead group.
 */
final class DescribeGroupsHandler implements Handler<DescribeGroupsRequest> {
    private final GroupService groups;

    DescribeGroupsHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_GROUPS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 6);
    }

    @Override
    public CompletableFuture<DescribeGroupsResponse> handle(Call<DescribeGroupsRequest> call) {
        boolean withOperations = call.request().data().includeAuthorizedOperations();
        return groups.describeGroups(call.context(), call.request().data().groups())
                .thenApply(described -> {
                    described.stream()
                            .filter(group -> withOperations && group.errorCode() == Errors.NONE.code())
                            .forEach(group -> group.setAuthorizedOperations(GroupOperations.ALL));
                    return new DescribeGroupsResponse(new DescribeGroupsResponseData().setGroups(described));
                });
    }
}
