package dev.sluice.broker.handler;

import dev.sluice.broker.group.GroupService;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ConsumerGroupDescribeRequest;
import org.apache.kafka.common.requests.ConsumerGroupDescribeResponse;

/**
 * ConsumerGroupDescribe (69), versions 0 and 1: state, members, assignment and its target of consumer groups (KIP-848). Version 1
 * adds the kind of each member.
 */
final class ConsumerGroupDescribeHandler implements Handler<ConsumerGroupDescribeRequest> {
    private final GroupService groups;

    ConsumerGroupDescribeHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.CONSUMER_GROUP_DESCRIBE;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 1);
    }

    @Override
    public CompletableFuture<ConsumerGroupDescribeResponse> handle(Call<ConsumerGroupDescribeRequest> call) {
        boolean withOperations = call.request().data().includeAuthorizedOperations();
        return groups.describeConsumerGroups(
                        call.context(), call.request().data().groupIds())
                .thenApply(described -> {
                    described.stream()
                            .filter(group -> withOperations && group.errorCode() == Errors.NONE.code())
                            .forEach(group -> group.setAuthorizedOperations(GroupOperations.ALL));
                    return new ConsumerGroupDescribeResponse(
                            new ConsumerGroupDescribeResponseData().setGroups(described));
                });
    }
}
