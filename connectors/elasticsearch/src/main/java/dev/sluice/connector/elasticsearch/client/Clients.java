package dev.sluice.connector.elasticsearch.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;

/** Builds the client that the settings ask for. */
final class Clients {
    /** More than a task ever has under way, so that the bulk writer alone decides how much that is. */
    private static final int CONNECTIONS_MAX = 1_024;
    /** Bytes that are gathered before they go to the socket: bulk requests come in many small pieces. */
    private static final int BUFFER_BYTES = 32 * 1024;
    /** Threads only copy, encrypt and compress; one more than one keeps a long answer from holding up the rest. */
    private static final int THREADS = 2;

    private Clients() {}

    static RestClient client(ClusterConfig config) {
        HttpHost[] hosts = config.urls().stream().map(HttpHost::create).toArray(HttpHost[]::new);
        RestClientBuilder builder = RestClient.builder(hosts)
                .setCompressionEnabled(config.isCompressed())
                .setMetaHeaderEnabled(false)
                .setRequestConfigCallback(request -> request.setConnectTimeout(millis(config.connectTimeout()))
                        .setSocketTimeout(millis(config.readTimeout()))
                        .setRedirectsEnabled(false))
                .setHttpClientConfigCallback(http -> configured(http, config));
        if (config.username() != null && config.password() != null) {
            builder.setDefaultHeaders(new Header[] {
                basic("Authorization", config.username(), config.password().reveal())
            });
        }
        return builder.build();
    }

    private static HttpAsyncClientBuilder configured(HttpAsyncClientBuilder http, ClusterConfig config) {
        IOReactorConfig reactor = IOReactorConfig.custom()
                .setIoThreadCount(THREADS)
                .setSoKeepAlive(true)
                .setTcpNoDelay(true)
                .setConnectTimeout(millis(config.connectTimeout()))
                .setSoTimeout(millis(config.readTimeout()))
                .build();
        return http.setDefaultIOReactorConfig(reactor)
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setBufferSize(BUFFER_BYTES).build())
                .setMaxConnPerRoute(CONNECTIONS_MAX)
                .setMaxConnTotal(CONNECTIONS_MAX);
    }

    /** Sent with the first request already, which spares the refusal that would ask for it. */
    static Header basic(String name, String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new BasicHeader(name, "Basic " + Base64.getEncoder().encodeToString(both));
    }

    /** Zero means no limit at the client, as it does in the settings. */
    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }
}
