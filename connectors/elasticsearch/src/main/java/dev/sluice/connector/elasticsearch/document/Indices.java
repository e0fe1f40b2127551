package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.connector.elasticsearch.client.Answer;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.Request;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees to it that indices are there, with a mapping, before documents are written. Asks once for each. Belongs to the task's thread. */
final class Indices {
    private static final int KNOWN_MAX = 10_000;

    private final Cluster cluster;
    private final Mappings mappings;
    private final Map<String, Known> known = new HashMap<>();

    /** What is known of an index. */
    private static final class Known {
        boolean hasMapping;
    }

    Indices(Cluster cluster, Mappings mappings) {
        this.cluster = cluster;
        this.mappings = mappings;
    }

    /**
     * Creates the index if it is missing, and its mapping if it has none.
     *
     * @param schema the schema of a document, or null where the server shall find out
     * @throws RetriableException if the cluster cannot be reached or is busy
     * @throws ConnectorException if it refuses
     */
    void prepare(Target target, @Nullable StructSchema schema, FieldRules fields) {
        Known index = known.get(target.name());
        if (index == null) {
            if (known.size() >= KNOWN_MAX) {
                known.clear();
            }
            index = new Known();
            if (target.isCreated() && !exists(target)) {
                index.hasMapping = create(target, schema, fields) && schema != null;
            }
            known.put(target.name(), index);
        }
        if (schema != null && !index.hasMapping) {
            addMapping(target, schema, fields);
            index.hasMapping = true;
        }
    }

    /** Looks again at the next record: the index is not what it was. */
    void forget(String name) {
        known.remove(name);
    }

    private boolean exists(Target target) {
        Answer answer = call("find out whether there is", target, Request.of("HEAD", path(target)));
        if (answer.isSuccess() || answer.status() == 404) {
            return answer.isSuccess();
        }
        throw refused("find out whether there is", target, answer);
    }

    /** Returns whether this call created it with the mapping given. */
    private boolean create(Target target, @Nullable StructSchema schema, FieldRules fields) {
        if (target.isStream()) {
            Answer answer =
                    call("create", target, Request.of("PUT", "/_data_stream/" + Request.segment(target.name())));
            requireCreated(target, answer);
            return false;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (schema != null) {
            body.putObject("mappings").set("properties", mappings.properties(schema, fields));
        }
        Answer answer = call("create", target, Request.json("PUT", path(target), body.toString()));
        requireCreated(target, answer);
        return answer.isSuccess();
    }

    private static void requireCreated(Target target, Answer answer) {
        // Another task, or another connector, came first.
        if (!answer.isSuccess() && !answer.reason().contains("resource_already_exists_exception")) {
            throw refused("create", target, answer);
        }
    }

    private void addMapping(Target target, StructSchema schema, FieldRules fields) {
        Answer answer = call("read the mapping of", target, Request.of("GET", path(target) + "/_mapping"));
        if (!answer.isSuccess()) {
            throw refused("read the mapping of", target, answer);
        }
        for (JsonNode each : answer.json()) {
            if (!each.path("mappings").path("properties").isEmpty()) {
                return;
            }
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("properties", mappings.properties(schema, fields));
        Answer put = call("map", target, Request.json("PUT", path(target) + "/_mapping", body.toString()));
        if (!put.isSuccess()) {
            throw refused("map", target, put);
        }
    }

    private static String path(Target target) {
        return "/" + Request.segment(target.name());
    }

    private Answer call(String what, Target target, Request request) {
        try {
            return cluster.call(request);
        } catch (IOException unanswered) {
            throw new RetriableException(
                    "Cannot " + what + " " + named(target) + ": no node answered (" + unanswered.getMessage()
                            + "). It is tried again.",
                    unanswered);
        }
    }

    private static ConnectorException refused(String what, Target target, Answer answer) {
        String message = "Cannot " + what + " " + named(target) + ": the cluster answered " + answer.reason() + ".";
        if (answer.status() == 429 || answer.status() >= 502) {
            return new RetriableException(message + " It is tried again.");
        }
        return new ConnectorException(
                message + (answer.status() == 403 ? " Grant the user the privilege, or create it." : ""));
    }

    private static String named(Target target) {
        return (target.isStream() ? "data stream " : "index ") + target.name();
    }
}
