package dev.sluice.broker.handler;

import dev.sluice.broker.group.GroupService;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.JoinGroupResponse;

/**
 * JoinGroup (11), versions 0 to 9: a member enters a classic group. The answer waits until all members are in, at most for the
 * rebalance time-out. From version 4 on a new member gets its id first and comes again with it; version 5 adds static
 * members, 8 the reason, 9 a leader that shall not assign.
 */
final class JoinGroupHandler implements Handler<JoinGroupRequest> {
    private final GroupService groups;

    JoinGroupHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.JOIN_GROUP;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 9);
    }

    @Override
    public CompletableFuture<JoinGroupResponse> handle(Call<JoinGroupRequest> call) {
        return Stopping.orNotAvailable(
                call.loop(),
                groups.joinGroup(call.context(), call.request().data())
                        .thenApply(answer -> new JoinGroupResponse(answer, call.version())));
    }
}
