package dev.sluice.connector.elasticsearch.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Cancellable;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a cluster, over the low level part of Elasticsearch's own client: it chooses a node, leaves out those that did not
 * answer for a while, and tries the next one. May be used from any thread.
 */
public final class Cluster implements AutoCloseable {
    private final RestClient client;

    private Cluster(RestClient client) {
        this.client = client;
    }

    /** Prepares to talk to a cluster; connects at the first request. */
    public static Cluster of(ClusterConfig config) {
        HttpHost[] hosts = config.urls().stream().map(HttpHost::create).toArray(HttpHost[]::new);
        RestClientBuilder builder = RestClient.builder(hosts)
                .setCompressionEnabled(config.isCompressed())
                .setRequestConfigCallback(request -> request.setConnectTimeout(millis(config.connectTimeout()))
                        .setSocketTimeout(millis(config.readTimeout())))
                .setHttpClientConfigCallback(http -> credentials(http, config));
        return new Cluster(builder.build());
    }

    private static HttpAsyncClientBuilder credentials(HttpAsyncClientBuilder http, ClusterConfig config) {
        if (config.username() != null && config.password() != null) {
            BasicCredentialsProvider provider = new BasicCredentialsProvider();
            provider.setCredentials(
                    AuthScope.ANY,
                    new UsernamePasswordCredentials(
                            config.username(), config.password().reveal()));
            http.setDefaultCredentialsProvider(provider);
        }
        return http;
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }

    /**
     * Sends a request.
     *
     * @return the answer, whatever its status; or an {@link IOException} if no node answered, in which case nobody knows whether the
     *     request was carried out. Completed on a thread of the client, which must not be kept
     */
    public CompletableFuture<Answer> send(Request request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            Cancellable unused = client.performRequestAsync(converted(request), new ResponseListener() {
                @Override
                public void onSuccess(Response response) {
                    complete(answer, response);
                }

                @Override
                public void onFailure(Exception failure) {
                    if (failure instanceof ResponseException refused) {
                        complete(answer, refused.getResponse());
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }
            });
        } catch (IllegalStateException closed) {
            answer.completeExceptionally(new IOException("The connection to the cluster is closed.", closed));
        }
        return answer;
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @throws IOException if no node answered; {@link InterruptedIOException} if the thread was interrupted, which stays so
     */
    public Answer call(Request request) throws IOException {
        try {
            return send(request).get();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for " + request + ".");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
        }
    }

    private static org.elasticsearch.client.Request converted(Request request) {
        var converted = new org.elasticsearch.client.Request(request.method(), request.path());
        request.parameters().forEach(converted::addParameter);
        if (!request.body().isEmpty()) {
            converted.setEntity(new Body(request));
        }
        return converted;
    }

    private static void complete(CompletableFuture<Answer> answer, Response response) {
        try {
            HttpEntity entity = response.getEntity();
            byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
            answer.complete(new Answer(response.getStatusLine().getStatusCode(), body, retryAfter(response)));
        } catch (IOException unread) {
            answer.completeExceptionally(unread);
        }
    }

    /** Reads the header where it is a number of seconds, which is the form that servers and proxies of searches use. */
    private static @Nullable Duration retryAfter(Response response) {
        for (Header header : response.getHeaders()) {
            if (header.getName().equalsIgnoreCase("Retry-After")
                    && header.getValue().matches("\\d{1,6}")) {
                return Duration.ofSeconds(Long.parseLong(header.getValue()));
            }
        }
        return null;
    }

    /** Closes all connections; requests that are under way fail. */
    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot close the connections to the cluster.", failed);
        }
    }
}
