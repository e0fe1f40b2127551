package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.elasticsearch.client.Answer;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.FailureKind;
import dev.sluice.connector.elasticsearch.client.Refusal;
import dev.sluice.connector.elasticsearch.client.Request;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that indices are there, with a mapping that fits, before documents are written. Asks once for each index and schema.
 * Belongs to the task's thread.
 */
final class Indices {
    private static final Logger LOG = LoggerFactory.getLogger(Indices.class);
    private static final int KNOWN_MAX = 10_000;

    private final Cluster cluster;
    private final Mappings mappings;
    private final IndexSetup setup;
    private final @Nullable Drift drift;
    private final Map<String, Known> known = new HashMap<>();

    /** What is known of an index. */
    private static final class Known {
        boolean hasMapping;
        final Map<Shape, Fit> fits = new HashMap<>();
    }

    private record Shape(StructSchema schema, FieldRules fields) {}

    Indices(Cluster cluster, IndexSetup setup, Mappings mappings, @Nullable Drift drift) {
        this.cluster = cluster;
        this.setup = setup;
        this.mappings = mappings;
        this.drift = drift;
    }

    /**
     * Creates the index if it is missing, and its mapping if it has none.
     *
     * @param schema the schema of a document, or null where the server shall find out
     * @return which fields can be written
     * @throws dev.sluice.api.error.RetriableException if the cluster cannot be reached or is busy
     * @throws DataException if the record is to blame
     * @throws ConnectorException if the cluster refuses, or the schema does not fit and the task shall fail
     */
    Fit prepare(Target target, @Nullable StructSchema schema, FieldRules fields) {
        Known index = known.get(target.name());
        if (index == null) {
            if (known.size() >= KNOWN_MAX) {
                known.clear();
            }
            index = new Known();
            if (target.isCreated() && !exists(target) && create(target, schema, fields) && schema != null) {
                index.hasMapping = true;
                index.fits.put(new Shape(schema, fields), Fit.WHOLE);
            }
            known.put(target.name(), index);
        }
        return schema == null ? Fit.WHOLE : fit(target, index, schema, fields);
    }

    private Fit fit(Target target, Known index, StructSchema schema, FieldRules fields) {
        if (drift == null) {
            if (!index.hasMapping) {
                mapUnlessMapped(target, schema, fields);
                index.hasMapping = true;
            }
            return Fit.WHOLE;
        }
        Shape shape = new Shape(schema, fields);
        Fit fit = index.fits.get(shape);
        if (fit == null) {
            fit = compared(target, schema, fields, drift);
            if (index.fits.size() >= KNOWN_MAX) {
                index.fits.clear();
            }
            index.fits.put(shape, fit);
        }
        if (fit.refusal() != null) {
            throw new DataException(fit.refusal());
        }
        return fit;
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
        setup.complete();
        if (target.isStream()) {
            Answer answer =
                    call("create", target, Request.of("PUT", "/_data_stream/" + Request.segment(target.name())));
            requireCreated(target, answer);
            return false;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (setup.rules().name() == null && !setup.rules().allSettings().isEmpty()) {
            body.set("settings", setup.rules().allSettings());
        }
        if (schema != null) {
            body.putObject("mappings").set("properties", mappings.properties(schema, fields));
        }
        Answer answer = call("create", target, Request.json("PUT", path(target), body.toString()));
        requireCreated(target, answer);
        return answer.isSuccess();
    }

    private static void requireCreated(Target target, Answer answer) {
        if (answer.isSuccess()) {
            return;
        }
        Refusal refusal = Refusal.of(answer);
        if (refusal.reason().contains("no matching index template")) {
            throw new ConnectorException(
                    "Cannot create " + named(target)
                            + ": no index template with data_stream matches its name. Set index.template.name to have one written, or make one.");
        }
        // Another task, or another connector, came first.
        if (!refusal.type().equals("resource_already_exists_exception")) {
            throw refused("create", target, answer);
        }
    }

    private void mapUnlessMapped(Target target, StructSchema schema, FieldRules fields) {
        if (mapping(target).isEmpty()) {
            addMapping(target, mappings.properties(schema, fields));
        }
    }

    private Fit compared(Target target, StructSchema schema, FieldRules fields, Drift reaction) {
        Difference difference = Difference.of(mappings.properties(schema, fields), mapping(target));
        if (difference.isNone()) {
            return Fit.WHOLE;
        }
        return switch (reaction) {
            case FAIL -> throw new ConnectorException(unfit(target, difference));
            case DLQ -> Fit.refused(unfit(target, difference));
            case EVOLVE -> evolved(target, difference);
            case LENIENT -> lenient(target, difference);
            case IGNORE -> {
                Set<String> omitted = new HashSet<>(difference.missingPaths());
                omitted.addAll(difference.conflicts().keySet());
                yield Fit.without(omitted);
            }
        };
    }

    private Fit evolved(Target target, Difference difference) {
        if (!difference.conflicts().isEmpty()) {
            throw new ConnectorException(
                    unfit(target, difference)
                            + " A server cannot change the type of a field: write into a new index, or rename the field by fields.rename.");
        }
        addMapping(target, difference.missing());
        return Fit.WHOLE;
    }

    private static Fit lenient(Target target, Difference difference) {
        if (!difference.conflicts().isEmpty()) {
            throw new ConnectorException(unfit(target, difference));
        }
        LOG.atWarn()
                .addKeyValue("index", target.name())
                .addKeyValue("fields", difference.missingPaths())
                .log("the index has no such fields, so they are left out");
        return Fit.without(difference.missingPaths());
    }

    private static String unfit(Target target, Difference difference) {
        return "Cannot write records of this schema into " + named(target) + ": " + difference.words()
                + ". Change the mapping or the schema, or set schema.drift to evolve, lenient or ignore.";
    }

    /** Returns the properties; those of the newest index where the name stands for several. */
    private JsonNode mapping(Target target) {
        Answer answer = call("read the mapping of", target, Request.of("GET", path(target) + "/_mapping"));
        if (!answer.isSuccess()) {
            throw refused("read the mapping of", target, answer);
        }
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        answer.json().properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted.isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : sorted.lastEntry().getValue().path("mappings").path("properties");
    }

    private void addMapping(Target target, ObjectNode properties) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("properties", properties);
        Answer answer = call("map fields in", target, Request.json("PUT", path(target) + "/_mapping", body.toString()));
        if (!answer.isSuccess()) {
            throw refused("map fields in", target, answer);
        }
    }

    private static String path(Target target) {
        return "/" + Request.segment(target.name());
    }

    private Answer call(String what, Target target, Request request) {
        try {
            return cluster.call(request);
        } catch (IOException unanswered) {
            throw FailureKind.exception("Cannot " + what + " " + named(target), unanswered);
        }
    }

    /** A setting or schema is to blame, and no record: only names come from records. */
    private static ConnectorException refused(String what, Target target, Answer answer) {
        Refusal refusal = Refusal.of(answer);
        ConnectorException refused = refusal.exception("Cannot " + what + " " + named(target));
        boolean isRecords = refusal.type().equals("invalid_index_name_exception");
        return refused instanceof DataException && !isRecords
                ? new ConnectorException(String.valueOf(refused.getMessage()), refused)
                : refused;
    }

    private static String named(Target target) {
        return (target.isStream() ? "data stream " : "index ") + target.name();
    }
}
