package dev.sluice.connector.elasticsearch.client;

import dev.sluice.connector.elasticsearch.tls.Tls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.conn.ConnectionKeepAliveStrategy;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.DefaultConnectionKeepAliveStrategy;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.message.BasicHeader;
import org.apache.http.nio.conn.ssl.SSLIOSessionStrategy;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;
import org.jspecify.annotations.Nullable;

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
        ClusterConfig.Transport transport = config.transport();
        HttpHost[] hosts =
                config.addresses().nodes().stream().map(Clients::host).toArray(HttpHost[]::new);
        RestClientBuilder builder = RestClient.builder(hosts)
                .setCompressionEnabled(transport.isCompressed())
                .setMetaHeaderEnabled(false)
                .setDefaultHeaders(headers(config))
                .setRequestConfigCallback(request -> configured(request, transport, transport.readTimeout()))
                .setHttpClientConfigCallback(http -> configured(http, config));
        String prefix = config.addresses().pathPrefix();
        return (prefix.isEmpty() ? builder : builder.setPathPrefix(prefix)).build();
    }

    /** Returns what a single request goes by that may take another time than the settings say. */
    static RequestConfig requestConfig(ClusterConfig.Transport transport, Duration readTimeout) {
        return configured(RequestConfig.custom(), transport, readTimeout).build();
    }

    private static RequestConfig.Builder configured(
            RequestConfig.Builder request, ClusterConfig.Transport transport, Duration readTimeout) {
        return request.setConnectTimeout(millis(transport.connectTimeout()))
                .setSocketTimeout(millis(readTimeout))
                .setRedirectsEnabled(false);
    }

    static HttpHost host(NodeAddress node) {
        return new HttpHost(node.host(), node.port(), node.scheme());
    }

    private static Header[] headers(ClusterConfig config) {
        List<Header> headers = new ArrayList<>();
        Credentials credentials = config.credentials();
        if (credentials != null) {
            headers.add(new BasicHeader(
                    HttpHeaders.AUTHORIZATION, credentials.authorization().reveal()));
        }
        ProxyConfig proxy = config.proxy();
        if (proxy != null && config.tls() == null && proxy.username() != null && proxy.password() != null) {
            // Over plain http the proxy reads the request itself. Over https it must not be there: the cluster would
            // get it.
            headers.add(new BasicHeader(
                    HttpHeaders.PROXY_AUTHORIZATION,
                    Credentials.basic(proxy.username(), proxy.password().reveal())));
        }
        return headers.toArray(Header[]::new);
    }

    private static HttpAsyncClientBuilder configured(HttpAsyncClientBuilder http, ClusterConfig config) {
        ClusterConfig.Transport transport = config.transport();
        IOReactorConfig reactor = IOReactorConfig.custom()
                .setIoThreadCount(THREADS)
                .setSoKeepAlive(true)
                .setTcpNoDelay(true)
                .setConnectTimeout(millis(transport.connectTimeout()))
                .setSoTimeout(millis(transport.readTimeout()))
                .build();
        http.setDefaultIOReactorConfig(reactor)
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setBufferSize(BUFFER_BYTES).build())
                .setMaxConnPerRoute(CONNECTIONS_MAX)
                .setMaxConnTotal(CONNECTIONS_MAX)
                .setKeepAliveStrategy(keptFor(transport.idleTime()));
        if (config.tls() != null) {
            http.setSSLStrategy(strategy(config.tls()));
        }
        if (config.proxy() != null) {
            useProxy(http, config.proxy());
        }
        return http;
    }

    /** The shorter of what the server says and what the settings say. */
    private static ConnectionKeepAliveStrategy keptFor(Duration idleTime) {
        long ours = idleTime.isNegative() ? Long.MAX_VALUE : Math.max(1, idleTime.toMillis());
        return (response, context) -> {
            long theirs = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
            return theirs > 0 ? Math.min(theirs, ours) : ours;
        };
    }

    private static SSLIOSessionStrategy strategy(Tls tls) {
        return new SSLIOSessionStrategy(
                tls.context(),
                arrayOrNull(tls.protocols()),
                arrayOrNull(tls.ciphers()),
                tls.checksHost() ? new DefaultHostnameVerifier() : NoopHostnameVerifier.INSTANCE);
    }

    private static String @Nullable [] arrayOrNull(List<String> names) {
        return names.isEmpty() ? null : names.toArray(String[]::new);
    }

    private static void useProxy(HttpAsyncClientBuilder http, ProxyConfig proxy) {
        HttpHost host = new HttpHost(proxy.host(), proxy.port());
        http.setProxy(host);
        if (proxy.username() != null && proxy.password() != null) {
            // For tunnels of https: asked for once for each connection, and never sent to the cluster.
            BasicCredentialsProvider provider = new BasicCredentialsProvider();
            provider.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            proxy.username(), proxy.password().reveal()));
            http.setDefaultCredentialsProvider(provider);
        }
    }

    /** Zero means no limit at the client, as it does in the settings. */
    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }
}
