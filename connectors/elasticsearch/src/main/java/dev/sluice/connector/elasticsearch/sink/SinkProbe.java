package dev.sluice.connector.elasticsearch.sink;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.elasticsearch.client.Addresses;
import dev.sluice.connector.elasticsearch.client.ClusterProbe;
import dev.sluice.connector.elasticsearch.client.FailureKind;
import dev.sluice.connector.elasticsearch.document.DocumentWriter;
import dev.sluice.connector.elasticsearch.document.Outcome;
import dev.sluice.connector.elasticsearch.document.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tries settings on the cluster itself: whether it can be reached, whether indices, aliases and data streams are there or may be made,
 * whether the user may write them, and whether sample records fit. Changes nothing.
 */
public final class SinkProbe {
    private static final String EXTERNAL_MAPPING = "topic.to.external.resource.mapping";

    private final Config settings;
    private final SinkConfig config;
    private final DocumentWriter documents;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private SinkProbe(Config settings) {
        this.settings = settings;
        this.config = SinkConfig.of(settings);
        this.documents = DocumentWriter.forRendering(config.documents());
    }

    /** Returns what stands in the way or is remarkable; empty if nothing is. */
    public static List<ConfigProblem> problems(Config settings, ValidationProbe probe) {
        try {
            SinkProbe tried = new SinkProbe(settings);
            tried.run(probe);
            return tried.problems;
        } catch (ConfigException wrong) {
            return wrong.problems().isEmpty()
                    ? List.of(ConfigProblem.error(Addresses.URLS.name(), String.valueOf(wrong.getMessage()), null))
                    : wrong.problems();
        }
    }

    private void run(ValidationProbe probe) {
        try (ClusterProbe cluster =
                new ClusterProbe(config.cluster(), probe.timeout().dividedBy(4))) {
            problems.addAll(cluster.run());
            if (problems.stream().anyMatch(ConfigProblem::isError)) {
                return;
            }
            Resources resources = new Resources(cluster.cluster());
            Map<String, Target> targets = targets(probe);
            Map<String, Set<String>> wanted = new LinkedHashMap<>();
            for (Target target : targets.values()) {
                wanted.put(target.name(), privileges(target, look(resources, target)));
            }
            cluster.missingPrivileges(wanted).forEach((index, missing) -> lacks(cluster.who(), index, missing));
            for (SinkRecord sample : probe.samples()) {
                fit(resources, sample);
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

    /** Returns where samples go, and where records of the topics go that are named, as far as their names suffice to tell. */
    private Map<String, Target> targets(ValidationProbe probe) {
        List<SinkRecord> records = new ArrayList<>(probe.samples());
        for (String topic : settings.originals().getOrDefault("topics", "").split(",", -1)) {
            if (!topic.isBlank()) {
                TopicPartition partition = new TopicPartition(topic.strip(), 0);
                records.add(SinkRecord.of(new RecordCoordinates(partition, 0), SchemaAndValue.NULL));
            }
        }
        Map<String, Target> targets = new LinkedHashMap<>();
        for (SinkRecord record : records) {
            try {
                Target target = documents.target(record);
                targets.put(target.name(), target);
            } catch (ConnectorException unknown) {
                // The name depends on what a record says, and there is no such sample; or the sample's own finding
                // tells.
            }
        }
        return targets;
    }

    private Resource look(Resources resources, Target target) throws IOException {
        Resource found = resources.find(target.name());
        switch (found) {
            case NONE -> missing(resources, target);
            case INDEX -> {
                if (target.isStream()) {
                    problems.add(ConfigProblem.error(
                            key(target),
                            "Cannot add to data stream " + target.name() + ": an index has that name.",
                            "Write to it as to an index, or choose another name."));
                }
            }
            case STREAM -> {
                if (!target.isStream()) {
                    problems.add(ConfigProblem.error(
                            key(target),
                            "Cannot write to index " + target.name() + ": a data stream has that name, to which"
                                    + " documents are only added.",
                            "Set data.stream.* or external.resource.usage=datastream."));
                }
            }
            case ALIAS_WITHOUT_WRITE_INDEX ->
                problems.add(ConfigProblem.error(
                        key(target),
                        "Cannot write to alias " + target.name() + ": it stands for several indices, none of which is"
                                + " the one to write to.",
                        "Set is_write_index on one of them."));
            case ALIAS, UNKNOWN -> {
                // An alias is as good as what it stands for; and who may not look at an index may still write to it.
            }
        }
        return found;
    }

    private void missing(Resources resources, Target target) throws IOException {
        if (!target.isCreated()) {
            problems.add(ConfigProblem.error(
                    key(target),
                    "Cannot write to " + target.name() + ": there is no index, alias or data stream of that name.",
                    "Create it, or correct the name."));
        } else if (target.isStream() && !createsTemplate() && !resources.hasStreamTemplate(target.name())) {
            problems.add(ConfigProblem.error(
                    key(target),
                    "Cannot create data stream " + target.name()
                            + ": no index template with data_stream fits its name.",
                    "Create one with PUT /_index_template, or choose a name that one fits."));
        }
    }

    private boolean createsTemplate() {
        return !settings.originals().getOrDefault("index.template.name", "").isBlank();
    }

    private String key(Target target) {
        if (!settings.originals().getOrDefault(EXTERNAL_MAPPING, "").isBlank()) {
            return EXTERNAL_MAPPING;
        }
        return target.isStream() ? "data.stream.type" : "index.name";
    }

    private Set<String> privileges(Target target, Resource found) {
        Set<String> wanted = new LinkedHashSet<>();
        wanted.add(target.isStream() ? "create_doc" : "index");
        if (isGiven("behavior.on.null.values", "delete")) {
            wanted.add("delete");
        }
        if (target.isCreated()) {
            wanted.add("view_index_metadata");
            if (found == Resource.NONE) {
                wanted.add("create_index");
            }
        }
        return wanted;
    }

    private boolean isGiven(String name, String value) {
        return settings.originals()
                .getOrDefault(name, "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals(value);
    }

    private void lacks(String who, String index, List<String> missing) {
        problems.add(ConfigProblem.error(
                "connection.username",
                "Cannot write to " + index + ": " + who + " lacks " + String.join(", ", missing) + ".",
                "Give its role these privileges on the index."));
    }

    private void fit(Resources resources, SinkRecord sample) throws IOException {
        Outcome outcome;
        try {
            outcome = documents.write(sample);
        } catch (ConnectorException unfit) {
            outcome = null;
            unfit(sample, String.valueOf(unfit.getMessage()));
        }
        if (outcome instanceof Outcome.Refused refused) {
            unfit(sample, String.valueOf(refused.reason().getMessage()));
        }
        if (outcome instanceof Outcome.Item item) {
            resources
                    .refusal(item.index(), item.rendered().text())
                    .ifPresent(refusal -> unfit(
                            sample,
                            "The server would refuse the document for index " + item.index() + ": " + refusal.words()
                                    + ". Correct the mapping of the index or the record."));
        }
    }

    private void unfit(SinkRecord sample, String why) {
        ConfigProblem problem = ConfigProblem.warning(
                "behavior.on.malformed.documents", "Sample of topic " + sample.topic() + ": " + why, null);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
