package dev.sluice.broker.handler;

import dev.sluice.broker.group.GroupService;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.HeartbeatRequest;
import org.apache.kafka.common.requests.HeartbeatResponse;

/**
 * Heartbeat (12), versions 0 to 4: a member of a classic group is alive, and hears of a rebalance. Version 3 adds static
 * members.
 */
final class HeartbeatHandler implements Handler<HeartbeatRequest> {
    private final GroupService groups;

    HeartbeatHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.HEARTBEAT;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 4);
    }

    @Override
    public CompletableFuture<HeartbeatResponse> handle(Call<HeartbeatRequest> call) {
        return groups.heartbeat(call.context(), call.request().data()).thenApply(HeartbeatResponse::new);
    }
}
