package dev.sluice.broker.handler;

import dev.sluice.broker.group.GroupService;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatRequest;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatResponse;

/**
 * ConsumerGroupHeartbeat (68), versions 0 and 1: a member enters a consumer group (KIP-848), stays in it, hears which partitions
 * are its own, and leaves. Version 1 adds subscriptions by regular expression and lets the member choose its id.
 */
final class ConsumerGroupHeartbeatHandler implements Handler<ConsumerGroupHeartbeatRequest> {
    private final GroupService groups;

    ConsumerGroupHeartbeatHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.CONSUMER_GROUP_HEARTBEAT;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 1);
    }

    @Override
    public CompletableFuture<ConsumerGroupHeartbeatResponse> handle(Call<ConsumerGroupHeartbeatRequest> call) {
        return groups.consumerGroupHeartbeat(call.context(), call.request().data())
                .thenApply(ConsumerGroupHeartbeatResponse::new);
    }
}
