package dev.sluice.connector.elasticsearch.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.connector.elasticsearch.client.Answer;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.Refusal;
import dev.sluice.connector.elasticsearch.client.Request;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at what is in a cluster without changing it. */
final class Resources {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAD_REQUEST = 400;

    private final Cluster cluster;

    Resources(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Returns what a name stands for. */
    Resource find(String name) throws IOException {
        Answer answer = cluster.call(Request.of("GET", "/_resolve/index/" + Request.segment(name)));
        if (answer.status() == 404
                && "index_not_found_exception".equals(answer.refusal().type())) {
            return Resource.NONE;
        }
        if (!answer.isSuccess()) {
            return Resource.UNKNOWN;
        }
        JsonNode found = answer.json();
        if (!found.path("data_streams").isEmpty()) {
            return Resource.STREAM;
        }
        if (!found.path("indices").isEmpty()) {
            return Resource.INDEX;
        }
        if (found.path("aliases").isEmpty()) {
            return Resource.NONE;
        }
        boolean isOfSeveral = found.path("aliases").path(0).path("indices").size() > 1;
        return isOfSeveral && !hasWriteIndex(name) ? Resource.ALIAS_WITHOUT_WRITE_INDEX : Resource.ALIAS;
    }

    private boolean hasWriteIndex(String alias) throws IOException {
        Answer answer = cluster.call(Request.of("GET", "/_alias/" + Request.segment(alias)));
        if (!answer.isSuccess()) {
            return true; // Nobody tells otherwise.
        }
        for (JsonNode index : answer.json()) {
            if (index.path("aliases").path(alias).path("is_write_index").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a template makes a data stream of a name; true also where the cluster does not tell. */
    boolean hasStreamTemplate(String name) throws IOException {
        Answer answer = cluster.call(Request.of("GET", "/_index_template"));
        if (!answer.isSuccess()) {
            return true;
        }
        for (JsonNode each : answer.json().path("index_templates")) {
            JsonNode template = each.path("index_template");
            for (JsonNode pattern : template.path("index_patterns")) {
                if (template.has("data_stream") && matches(pattern.asText(), name)) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean matches(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (String literal : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return name.matches(regex.toString());
    }

    /**
     * Returns why the server would refuse a document, by its own simulation, which writes nothing; empty if it would not, or if it
     * cannot simulate.
     *
     * @param lines the lines of a bulk request with one item
     */
    Optional<Refusal> refusal(String index, String lines) throws IOException {
        Optional<JsonNode> source = source(lines);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode document = body.putArray("docs").addObject();
        document.put("_index", index);
        document.put("_id", "sample");
        document.set("_source", source.get());
        Answer answer = cluster.call(Request.json("POST", "/_ingest/_simulate", body.toString()));
        JsonNode error = answer.json().path("docs").path(0).path("doc").path("error");
        return answer.isSuccess() && error.isObject() ? Optional.of(Refusal.of(BAD_REQUEST, error)) : Optional.empty();
    }

    /** Returns the document in the lines of an item: the second line, or the part of it that an update writes. */
    static Optional<JsonNode> source(String lines) {
        String[] each = lines.split("\n", 3);
        if (each.length < 2 || each[1].isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode body = JSON.readTree(each[1]);
            boolean isUpdate = JSON.readTree(each[0]).has("update");
            if (!isUpdate) {
                return Optional.of(body);
            }
            JsonNode part = body.path(body.has("upsert") ? "upsert" : "doc");
            return part.isObject() ? Optional.of(part) : Optional.empty();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }
}
