package dev.sluice.connector.elasticsearch.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.elasticsearch.client.Answer;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.FailureKind;
import dev.sluice.connector.elasticsearch.client.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one shard page by page up to what was safe when its round began. The next page is asked for before the last one is given away, so
 * that the cluster and the log work at the same time; two pages are in memory at most.
 */
final class ShardReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final Catalog catalog;
    private final SourceConfig config;
    private final Order order;
    private final PageSize size;
    private final Shard shard;
    private Position position;
    private boolean done;
    private @Nullable Ask asked;

    /** A search that is under way. */
    private record Ask(int documents, CompletableFuture<Answer> answer) {}

    ShardReader(
            Cluster cluster,
            Catalog catalog,
            SourceConfig config,
            Order order,
            PageSize size,
            Shard shard,
            Position position) {
        this.cluster = cluster;
        this.catalog = catalog;
        this.config = config;
        this.order = order;
        this.size = size;
        this.shard = shard;
        this.position = position;
    }

    Shard shard() {
        return shard;
    }

    /** Returns the position of the last document that was given away, or behind the end. */
    Position position() {
        return position;
    }

    /** Returns whether all that was safe when the round began was given away. */
    boolean isDone() {
        return done;
    }

    /**
     * Returns the next documents; none at the end, or to be called again.
     *
     * @throws IOException if the cluster did not answer, or not in full; the same call may succeed later
     */
    List<Hit> next() throws IOException {
        Ask ask = asked == null ? ask() : asked;
        asked = null;
        Answer answer;
        try {
            answer = await(ask.answer());
        } catch (IOException failed) {
            if (FailureKind.of(failed) == FailureKind.TOO_LARGE && size.shrink()) {
                return List.of();
            }
            throw failed;
        }
        if (!answer.isSuccess()) {
            return refused(answer);
        }
        return taken(ask, answer);
    }

    private List<Hit> refused(Answer answer) {
        FailureKind kind = answer.refusal().kind();
        if (kind == FailureKind.MISSING) {
            // Deleted since the round began: nothing is left to read. What comes under its name later is another index.
            done = true;
            return List.of();
        }
        if (kind == FailureKind.RECORD) {
            throw new ConnectorException("Cannot read documents of shard " + shard + ": "
                    + answer.refusal().words() + ". Correct query, follow.field, or page.documents.max.");
        }
        throw answer.refusal().exception("Cannot read documents of shard " + shard);
    }

    private List<Hit> taken(Ask ask, Answer answer) throws IOException {
        Page page = Page.parse(answer.body());
        if (!page.isWhole()) {
            throw new IOException("only a part of the search was carried out");
        }
        List<Hit> hits = page.hits();
        size.answered(hits.size(), answer.body().length);
        if (!hits.isEmpty()) {
            position = order.after(shard, hits.get(hits.size() - 1));
        }
        if (hits.size() < ask.documents()) {
            position = order.end(shard, position);
            done = true;
        } else {
            askAhead();
        }
        return hits;
    }

    /** Must not fail: the page before it is not given away yet. */
    private void askAhead() {
        try {
            asked = ask();
        } catch (IOException later) {
            asked = null;
        }
    }

    private Ask ask() throws IOException {
        int documents = size.documents();
        Request request = Request.json("POST", "/" + Request.segment(shard.index()) + "/_search", search(documents))
                // Without filter_path: it has the server parse documents and write them anew, 1.10 as 1.1.
                .with(Map.of("preference", "_shards:" + shard.number(), "allow_partial_search_results", "false"));
        return new Ask(documents, cluster.send(request));
    }

    private String search(int documents) throws IOException {
        ObjectNode search = JSON.createObjectNode();
        search.put("size", documents);
        search.put("track_total_hits", false);
        search.put("seq_no_primary_term", true);
        if (!config.includes().isEmpty() || !config.excludes().isEmpty()) {
            ObjectNode fields = search.putObject("_source");
            config.includes().forEach(fields.withArray("includes")::add);
            config.excludes().forEach(fields.withArray("excludes")::add);
        }
        ArrayNode filters = search.putObject("query").putObject("bool").putArray("filter");
        order.ask(shard, position, search, filters);
        JsonNode aliasFilter = catalog.filter(shard.index());
        if (aliasFilter != null) {
            filters.add(aliasFilter);
        }
        if (config.query() != null) {
            filters.add(JSON.readTree(config.query()));
        }
        return JSON.writeValueAsString(search);
    }

    private static Answer await(CompletableFuture<Answer> answer) throws IOException {
        try {
            return answer.get();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for a page.");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
        }
    }
}
