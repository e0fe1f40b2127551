package dev.sluice.connector.elasticsearch.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Cancellable;
import org.elasticsearch.client.Node;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a cluster, over the low level part of Elasticsearch's own client. May be used from any thread.
 *
 * <p>The client takes the nodes in turn. A node that did not answer, or answered 502, 503 or 504, is left out for a minute, later for up
 * to half an hour; only when no other is left is it tried before, so of two nodes that change places one request fails. <b>The same request then goes to the next node</b>, until each was tried once: so a request may be
 * carried out more than once although it was sent once, and the one that was given up may still be carried out after the one that was
 * answered. Who sends something whose order matters must see to it, by versions or by conditions. Of the failures of several nodes the
 * last is reported.
 *
 * <p>{@code read.timeout.ms} limits silence, not the answer as a whole; a request takes at most the two timeouts times the number of nodes
 * that are tried. Redirects are not followed: the credentials would go along.
 */
public final class Cluster implements AutoCloseable {
    private final RestClient client;
    private final ClusterConfig.Transport transport;
    private final @Nullable Sniffer sniffer;
    /** Those that nobody has answered yet. The client forgets some of them when it is closed. */
    private final Map<Long, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();

    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closed;

    private Cluster(RestClient client, ClusterConfig.Transport transport, @Nullable Sniffer sniffer) {
        this.client = client;
        this.transport = transport;
        this.sniffer = sniffer;
    }

    /** Prepares to talk to a cluster; connects at the first request. */
    public static Cluster of(ClusterConfig config) {
        String scheme = config.addresses().nodes().get(0).scheme();
        Sniffer sniffer = config.transport().isSniffing() ? new Sniffer(scheme, System::nanoTime) : null;
        return new Cluster(Clients.client(config), config.transport(), sniffer);
    }

    /**
     * Sends a request. Who cancels the future gives the request up; whether it is carried out is then unknown.
     *
     * @return the answer, whatever its status; or an {@link IOException} if no node answered, in which case nobody knows whether the
     *     request was carried out: see {@link FailureKind#of(IOException)}. Completed on a thread of the client, which must not be kept
     *     and must not close this object
     */
    public CompletableFuture<Answer> send(Request request) {
        if (sniffer != null && sniffer.isDue()) {
            CompletableFuture<Void> unused =
                    sent(Sniffer.NODES).thenApply(sniffer::nodes).thenAccept(this::use);
        }
        return sent(request);
    }

    private void use(List<NodeAddress> nodes) {
        if (!nodes.isEmpty()) {
            client.setNodes(nodes.stream().map(Clients::host).map(Node::new).toList());
        }
    }

    private CompletableFuture<Answer> sent(Request request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (closed) {
            answer.completeExceptionally(closedFailure());
            return answer;
        }
        long number = numbers.incrementAndGet();
        open.put(number, answer);
        Cancellable underWay = client.performRequestAsync(converted(request), new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                complete(answer, response);
            }

            @Override
            public void onFailure(Exception failure) {
                if (failure instanceof ResponseException refused) {
                    complete(answer, refused.getResponse());
                } else {
                    answer.completeExceptionally(failure instanceof IOException io ? io : new IOException(failure));
                }
            }
        });
        CompletableFuture<Answer> unused = answer.whenComplete((any, failure) -> {
            open.remove(number);
            if (answer.isCancelled()) {
                underWay.cancel();
            }
        });
        if (closed) {
            answer.completeExceptionally(closedFailure());
        }
        return answer;
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @throws IOException if no node answered; {@link InterruptedIOException} if the thread was interrupted, which stays so
     */
    public Answer call(Request request) throws IOException {
        CompletableFuture<Answer> answer = send(request);
        try {
            return answer.get();
        } catch (InterruptedException asked) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for " + request + ".");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
        }
    }

    private org.elasticsearch.client.Request converted(Request request) {
        var converted = new org.elasticsearch.client.Request(request.method(), request.path());
        request.parameters().forEach(converted::addParameter);
        if (!request.body().isEmpty()) {
            converted.setEntity(new Body(request));
        }
        Duration readTimeout = request.readTimeout();
        if (readTimeout != null) {
            converted.setOptions(
                    RequestOptions.DEFAULT.toBuilder().setRequestConfig(Clients.requestConfig(transport, readTimeout)));
        }
        return converted;
    }

    private static void complete(CompletableFuture<Answer> answer, Response response) {
        try {
            HttpEntity entity = response.getEntity();
            byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
            Map<String, String> headers = headers(response);
            answer.complete(new Answer(response.getStatusLine().getStatusCode(), body, retryAfter(headers), headers));
        } catch (IOException unread) {
            answer.completeExceptionally(unread);
        }
    }

    private static Map<String, String> headers(Response response) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    /** Reads the header where it is a number of seconds, which is the form that servers and proxies of searches use. */
    private static @Nullable Duration retryAfter(Map<String, String> headers) {
        String value = headers.getOrDefault("retry-after", "");
        return value.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(value)) : null;
    }

    private static IOException closedFailure() {
        return new IOException("the connections to the cluster were closed");
    }

    /** Closes all connections; requests that are under way fail. Not to be called from a thread of the client. */
    @Override
    public void close() {
        closed = true;
        try {
            client.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot close the connections to the cluster.", failed);
        } finally {
            List.copyOf(open.values()).forEach(answer -> answer.completeExceptionally(closedFailure()));
        }
    }
}
