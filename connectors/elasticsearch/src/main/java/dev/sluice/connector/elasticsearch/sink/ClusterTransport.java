package dev.sluice.connector.elasticsearch.sink;

import dev.sluice.connector.elasticsearch.bulk.BulkTransport;
import dev.sluice.connector.elasticsearch.client.Answer;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.Request;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Sends bulk requests to a cluster. */
final class ClusterTransport implements BulkTransport {
    private static final Map<String, String> PARAMETERS = Map.of("filter_path", BulkTransport.FILTER);

    private final Cluster cluster;
    private final Duration readTimeout;

    ClusterTransport(Cluster cluster, Duration readTimeout) {
        this.cluster = cluster;
        this.readTimeout = readTimeout;
    }

    @Override
    public CompletableFuture<Answer> send(List<ByteBuffer> body, int patience) {
        Duration ownTimeout = patience == 1 ? null : readTimeout.multipliedBy(patience);
        return cluster.send(new Request("POST", "/_bulk", PARAMETERS, Request.LINES, body, ownTimeout));
    }
}
