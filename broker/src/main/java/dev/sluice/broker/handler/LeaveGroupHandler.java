package dev.sluice.broker.handler;

import dev.sluice.broker.group.GroupService;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.LeaveGroupRequest;
import org.apache.kafka.common.requests.LeaveGroupResponse;

/**
 * LeaveGroup (13), versions 0 to 5: members leave a classic group. Version 3 takes several, by member or instance id, which is
 * how an administrator removes static ones; 5 adds the reason.
 */
final class LeaveGroupHandler implements Handler<LeaveGroupRequest> {
    private final GroupService groups;

    LeaveGroupHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.LEAVE_GROUP;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 5);
    }

    @Override
    public CompletableFuture<LeaveGroupResponse> handle(Call<LeaveGroupRequest> call) {
        return groups.leaveGroup(call.context(), call.request().normalizedData())
                .thenApply(answer -> new LeaveGroupResponse(answer, call.version()));
    }
}
