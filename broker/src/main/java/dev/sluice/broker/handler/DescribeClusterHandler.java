package dev.sluice.broker.handler;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.requests.DescribeClusterResponse;
import org.apache.kafka.common.requests.MetadataResponse;

/** DescribeCluster (60), versions 0 to 2: one broker. Controllers, which version 1 can ask for, there are none. */
final class DescribeClusterHandler implements Handler<DescribeClusterRequest> {
    private static final byte BROKERS = 1;

    private final Backend backend;

    DescribeClusterHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_CLUSTER;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 2);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<DescribeClusterRequest> call) {
        if (call.request().data().endpointType() != BROKERS) {
            return CompletableFuture.failedFuture(Errors.MISMATCHED_ENDPOINT_TYPE.exception(
                    "The request was sent to an endpoint of brokers, and there are no others."));
        }
        Endpoint endpoint = backend.endpointFor(call.context());
        DescribeClusterResponseData data = new DescribeClusterResponseData()
                .setClusterId(backend.broker().clusterId())
                .setControllerId(backend.nodeId())
                .setClusterAuthorizedOperations(
                        call.request().data().includeClusterAuthorizedOperations()
                                ? TopicReplies.clusterOperations()
                                : MetadataResponse.AUTHORIZED_OPERATIONS_OMITTED);
        data.brokers()
                .mustAdd(new DescribeClusterBroker()
                        .setBrokerId(backend.nodeId())
                        .setHost(endpoint.host())
                        .setPort(endpoint.port()));
        return CompletableFuture.completedFuture(new DescribeClusterResponse(data));
    }
}
