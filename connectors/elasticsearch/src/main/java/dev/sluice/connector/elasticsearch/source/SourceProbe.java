package dev.sluice.connector.elasticsearch.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.connector.elasticsearch.client.Addresses;
import dev.sluice.connector.elasticsearch.client.Answer;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.ClusterConfig;
import dev.sluice.connector.elasticsearch.client.ClusterProbe;
import dev.sluice.connector.elasticsearch.client.FailureKind;
import dev.sluice.connector.elasticsearch.client.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tries settings on the cluster itself: whether it can be reached, whether there is something to read, whether the user may, whether the
 * query is one, and whether the field to follow grows. Changes nothing.
 */
public final class SourceProbe {
    private static final Set<String> GROWING =
            Set.of("date", "date_nanos", "long", "integer", "short", "byte", "double", "float", "unsigned_long");

    private final ClusterConfig connection;
    private final SourceConfig config;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private SourceProbe(Config settings) {
        this.connection = ClusterConfig.of(settings);
        this.config = SourceConfig.of(settings);
    }

    /** Returns what stands in the way or is remarkable; empty if nothing is. */
    public static List<ConfigProblem> problems(Config settings, ValidationProbe probe) {
        try {
            SourceProbe tried = new SourceProbe(settings);
            tried.run(probe);
            return tried.problems;
        } catch (ConfigException wrong) {
            return wrong.problems().isEmpty()
                    ? List.of(ConfigProblem.error(Addresses.URLS.name(), String.valueOf(wrong.getMessage()), null))
                    : wrong.problems();
        }
    }

    private void run(ValidationProbe probe) {
        try (ClusterProbe cluster = new ClusterProbe(connection, probe.timeout().dividedBy(4))) {
            problems.addAll(cluster.run());
            if (problems.stream().anyMatch(ConfigProblem::isError)) {
                return;
            }
            cluster.missingPrivileges(privileges())
                    .forEach((index, missing) -> problems.add(ConfigProblem.error(
                            "connection.username",
                            "Cannot read " + index + ": " + cluster.who() + " lacks " + String.join(", ", missing)
                                    + ".",
                            missing.equals(List.of("maintenance"))
                                    ? "Give its role the privilege, or set refresh.before.read=false."
                                    : "Give its role these privileges on the index.")));
            if (problems.stream().noneMatch(ConfigProblem::isError)) {
                search(cluster.cluster());
                lookAtField(cluster.cluster());
            }
        } catch (IOException gone) {
            problems.add(ConfigProblem.error(
                    Addresses.URLS.name(),
                    String.valueOf(FailureKind.exception("Cannot look at the cluster", gone)
                            .getMessage()),
                    null));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, List<String>> privileges() {
        List<String> wanted = new ArrayList<>(List.of("read", "view_index_metadata", "monitor"));
        if (config.refreshes() && config.follow() != Follow.NONE) {
            wanted.add("maintenance");
        }
        Map<String, List<String>> byIndex = new LinkedHashMap<>();
        config.targets().forEach(target -> byIndex.put(target, wanted));
        return byIndex;
    }

    /** Asks for no document at all: what is wrong with the query or with the names is told even so. */
    private void search(Cluster cluster) throws IOException {
        String query = config.query() == null ? "{\"match_all\":{}}" : config.query();
        Answer answer = cluster.call(Request.json(
                        "POST", path("/_search"), "{\"size\":0,\"track_total_hits\":false,\"query\":" + query + "}")
                .with(Map.of("ignore_unavailable", "true")));
        if (!answer.isSuccess()) {
            boolean isQuery = answer.status() == 400 && config.query() != null;
            problems.add(ConfigProblem.error(
                    isQuery ? SourceKeys.QUERY.name() : SourceKeys.INDEX.name(),
                    "Cannot search " + String.join(", ", config.targets()) + ": " + answer.reason() + ".",
                    isQuery ? "Correct the query." : "Correct the names of the indices."));
        } else if (answer.json().path("_shards").path("total").asInt(1) == 0) {
            problems.add(ConfigProblem.warning(
                    SourceKeys.INDEX.name(),
                    "There is nothing to read yet: no index, alias or data stream is named "
                            + String.join(", ", config.targets()) + ".",
                    "Correct the names, or create it: it is read once it is there."));
        }
    }

    private void lookAtField(Cluster cluster) throws IOException {
        String field = config.followField();
        if (config.follow() != Follow.FIELD || field == null) {
            return;
        }
        Answer answer = cluster.call(
                Request.of("GET", path("/_field_caps")).with(Map.of("fields", field, "ignore_unavailable", "true")));
        JsonNode types = answer.json().path("fields").path(field);
        Set<String> names = new TreeSet<>();
        types.properties().forEach(type -> names.add(type.getKey()));
        names.remove("unmapped");
        if (answer.isSuccess() && names.isEmpty()) {
            problems.add(ConfigProblem.warning(
                    SourceKeys.FOLLOW_FIELD.name(),
                    "No document is read yet: none of the indices has a field " + field + ".",
                    "Correct follow.field, or add the field to the documents."));
        } else if (!GROWING.containsAll(names)) {
            problems.add(ConfigProblem.error(
                    SourceKeys.FOLLOW_FIELD.name(),
                    "Cannot follow field " + field + ": its type is " + String.join(", ", names)
                            + ", which does not grow.",
                    "Name a date or a number."));
        }
    }

    private String path(String end) {
        return "/" + config.targets().stream().map(Request::segment).collect(Collectors.joining(",")) + end;
    }
}
