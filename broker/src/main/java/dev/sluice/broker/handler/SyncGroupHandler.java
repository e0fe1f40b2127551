package dev.sluice.broker.handler;

import dev.sluice.broker.group.GroupService;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.SyncGroupRequest;
import org.apache.kafka.common.requests.SyncGroupResponse;

/**
 * SyncGroup (14), versions 0 to 5: a member of a classic group gets its part of the assignment, which waits for the leader to
 * send the whole. Version 5 names the protocol, which must be there then.
 */
final class SyncGroupHandler implements Handler<SyncGroupRequest> {
    private final GroupService groups;

    SyncGroupHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.SYNC_GROUP;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 5);
    }

    @Override
    public CompletableFuture<SyncGroupResponse> handle(Call<SyncGroupRequest> call) {
        if (!call.request().areMandatoryProtocolTypeAndNamePresent()) {
            return CompletableFuture.completedFuture(new SyncGroupResponse(
                    new SyncGroupResponseData().setErrorCode(Errors.INCONSISTENT_GROUP_PROTOCOL.code())));
        }
        return Stopping.orNotAvailable(
                call.loop(),
                groups.syncGroup(call.context(), call.request().data()).thenApply(SyncGroupResponse::new));
    }
}
