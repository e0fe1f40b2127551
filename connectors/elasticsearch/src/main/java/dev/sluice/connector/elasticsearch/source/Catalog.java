package dev.sluice.connector.elasticsearch.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.elasticsearch.client.Answer;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.FailureKind;
import dev.sluice.connector.elasticsearch.client.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What there is to read: the shards behind the names that a user gave, and the filters of aliases among these. */
final class Catalog {
    private static final String LENIENT = "ignore_unavailable";

    private final Cluster cluster;
    private final List<String> targets;
    /** By index, null for none; filled as indices are seen, so that one request serves them all. */
    private final Map<String, @Nullable JsonNode> filters = new HashMap<>();

    Catalog(Cluster cluster, List<String> targets) {
        this.cluster = cluster;
        this.targets = List.copyOf(targets);
    }

    /**
     * Returns the shards whose primary is there now; none for names that do not exist.
     *
     * @throws dev.sluice.api.error.ConnectorException if the cluster refused
     */
    List<Shard> shards() throws IOException {
        Answer answer = cluster.call(Request.of("GET", path("/_stats/docs"))
                .with(Map.of(
                        "level",
                        "shards",
                        LENIENT,
                        "true",
                        "filter_path",
                        "indices.*.uuid,indices.*.shards.*.routing.primary,indices.*.shards.*.routing.state,"
                                + "indices.*.shards.*.docs.count,indices.*.shards.*.seq_no.global_checkpoint")));
        require(answer, "look at the shards of " + targets + ", which takes the privilege monitor");
        List<Shard> shards = new ArrayList<>();
        for (Map.Entry<String, JsonNode> index : answer.json().path("indices").properties()) {
            String uuid = index.getValue().path("uuid").asText();
            for (Map.Entry<String, JsonNode> copies :
                    index.getValue().path("shards").properties()) {
                copies.getValue().forEach(copy -> addPrimary(shards, index.getKey(), uuid, copies.getKey(), copy));
            }
        }
        return shards;
    }

    /** Replicas say the same, or less: they learn of the checkpoint later. */
    private static void addPrimary(List<Shard> shards, String index, String uuid, String number, JsonNode copy) {
        JsonNode checkpoint = copy.path("seq_no").path("global_checkpoint");
        if (copy.path("routing").path("primary").asBoolean() && checkpoint.isNumber()) {
            shards.add(new Shard(
                    index,
                    uuid,
                    Integer.parseInt(number),
                    checkpoint.asLong(),
                    copy.path("docs").path("count").asLong()));
        }
    }

    /** Makes visible to searches what was written to these indices before the call. */
    void refresh(Collection<String> indices) throws IOException {
        String names = indices.stream().map(Request::segment).collect(Collectors.joining(","));
        Answer answer =
                cluster.call(Request.of("POST", "/" + names + "/_refresh").with(Map.of(LENIENT, "true")));
        require(
                answer,
                "refresh " + indices
                        + ", which takes the privilege maintenance; refresh.before.read=false does without");
        long failed = answer.json().path("_shards").path("failed").asLong();
        if (failed > 0) {
            throw new IOException("a refresh of " + indices + " failed on " + failed + " copies of shards");
        }
    }

    /** Returns the filter of the alias through which an index is read; null for none. */
    @Nullable
    JsonNode filter(String index) throws IOException {
        if (!filters.containsKey(index)) {
            Answer answer = cluster.call(
                    Request.of("GET", path("/_search_shards")).with(Map.of(LENIENT, "true", "filter_path", "indices")));
            require(answer, "look for filters of aliases among " + targets + ", which takes view_index_metadata");
            filters.put(index, null);
            answer.json()
                    .path("indices")
                    .properties()
                    .forEach(each -> filters.put(each.getKey(), each.getValue().get("filter")));
        }
        return filters.get(index);
    }

    /** Returns what a field of an index holds. */
    FieldKind fieldKind(String index, String field) throws IOException {
        Answer answer = cluster.call(Request.of("GET", "/" + Request.segment(index) + "/_field_caps")
                .with(Map.of("fields", field, LENIENT, "true")));
        require(answer, "look at field " + field + " of index " + index);
        JsonNode types = answer.json().path("fields").path(field);
        if (types.isEmpty()) {
            return FieldKind.UNKNOWN;
        }
        return types.has("date") || types.has("date_nanos") ? FieldKind.DATE : FieldKind.OTHER;
    }

    private String path(String api) {
        return "/" + targets.stream().map(Request::segment).collect(Collectors.joining(",")) + api;
    }

    private static void require(Answer answer, String what) {
        if (!answer.isSuccess()) {
            throw answer.refusal().exception("Cannot " + what);
        }
    }

    /** Returns the exception for a cluster that did not answer. */
    static RuntimeException unanswered(String what, IOException failure) {
        return FailureKind.exception("Cannot " + what, failure);
    }
}
