package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold between the settings of documents. Pure. */
final class DocumentChecks {
    private DocumentChecks() {}

    /** Returns whether records of several topics can meet in one index, where offsets say nothing about what is newer. */
    static boolean sharesIndices(Config config) {
        if (config.get(IndexKeys.EXTERNAL) != IndexKeys.ExternalResource.DISABLED) {
            List<String> resources = List.copyOf(
                    DocumentConfig.pairs(config.get(IndexKeys.EXTERNAL_MAPPING)).values());
            return new HashSet<>(resources).size() < resources.size();
        }
        Map<String, String> byTopic = DocumentConfig.pairs(config.get(IndexKeys.TOPIC_INDICES));
        String byDefault = config.get(IndexKeys.INDEX_NAME);
        if (config.originals().containsKey("topics.regex")) {
            return new HashSet<>(byTopic.values()).size() < byTopic.size()
                    || !template(byDefault).map(Template::namesTopic).orElse(true);
        }
        Set<String> topics = DocumentConfig.topics(config);
        long names = topics.stream()
                .map(topic -> IndexNames.stripped(template(byTopic.getOrDefault(topic, byDefault))
                        .map(name -> name.pattern(topic))
                        .orElse(topic)))
                .distinct()
                .count();
        return names < topics.size();
    }

    /** Returns whether all records of a document come from one partition, as those of one key do: else their offsets say nothing. */
    static boolean isIdOfOnePartition(Config config) {
        return DocumentConfig.idMode(config) == IdMode.RECORD_KEY
                && config.get(WriteKeys.ID_FIELDS).isEmpty();
    }

    static void checkNames(Config config, ConfigProblems problems) {
        checkTemplate(config, IndexKeys.INDEX_NAME, problems);
        DocumentConfig.pairs(config.get(IndexKeys.TOPIC_INDICES))
                .values()
                .forEach(name -> checkTemplate(IndexKeys.TOPIC_INDICES, name, problems));
        boolean hasOffsets = config.get(WriteKeys.VERSION) == WriteKeys.VersionSource.OFFSET;
        if (hasOffsets && sharesIndices(config)) {
            problems.error(
                    WriteKeys.VERSION,
                    "Cannot use document.version=offset: records of several topics can meet in one index, where the"
                            + " offset of one topic says nothing about another's, so that newer documents would be refused"
                            + " as old.",
                    "Leave it out, set it to timestamp, or name the index by ${topic}.");
        }
        if (config.get(WriteKeys.VERSION) == WriteKeys.VersionSource.AUTO
                && config.get(WriteKeys.VERSION_HEADER).isEmpty()
                && sharesIndices(config)) {
            problems.add(ConfigProblem.note(
                    WriteKeys.VERSION.name(),
                    "Documents get no version: records of several topics can meet in one index, where offsets cannot"
                            + " be compared.",
                    "Set document.version=timestamp if timestamps say which record is newer."));
        }
    }

    private static void checkTemplate(Config config, ConfigKey<String> key, ConfigProblems problems) {
        checkTemplate(key, config.get(key), problems);
    }

    /** Reads a template, if it is one. */
    static Optional<Template> template(String text) {
        try {
            return Optional.of(Template.parse(text, ZoneId.of("UTC")));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    static void checkTemplate(ConfigKey<?> key, String text, ConfigProblems problems) {
        try {
            var unused = Template.parse(text, ZoneId.of("UTC"));
        } catch (IllegalArgumentException malformed) {
            problems.error(key, "Cannot use " + key.name() + "=" + text + ": " + malformed.getMessage() + ".");
        }
    }

    static void checkIds(Config config, ConfigProblems problems) {
        IdMode mode = DocumentConfig.idMode(config);
        WriteMethod method = config.get(WriteKeys.WRITE_METHOD);
        if (config.get(WriteKeys.KEY_IGNORE)
                && !config.get(WriteKeys.TOPIC_KEY_IGNORE).isEmpty()) {
            problems.error(
                    WriteKeys.TOPIC_KEY_IGNORE,
                    "Cannot use topic.key.ignore with key.ignore=true: the keys of all topics are ignored already.",
                    "Leave one of them out.");
        }
        if (config.get(MappingKeys.SCHEMA_IGNORE)
                && !config.get(MappingKeys.TOPIC_SCHEMA_IGNORE).isEmpty()) {
            problems.error(
                    MappingKeys.TOPIC_SCHEMA_IGNORE,
                    "Cannot use topic.schema.ignore with schema.ignore=true: the schemas of all topics are ignored"
                            + " already.",
                    "Leave one of them out.");
        }
        if (config.get(WriteKeys.AUTOGENERATED)
                && config.find(WriteKeys.ID_MODE).isPresent()) {
            problems.error(
                    WriteKeys.ID_MODE,
                    "Cannot use id.mode with use.autogenerated.ids=true: the server makes the ids.",
                    "Leave one of them out.");
        }
        if (mode == IdMode.NONE && method.isUpdate()) {
            problems.error(
                    WriteKeys.WRITE_METHOD,
                    "Cannot use write.method=" + lower(method)
                            + " with ids that the server makes: it takes an id to find a document.",
                    "Set id.mode to record_key or record_value, or write.method=insert.");
        }
        if ((mode == IdMode.RECORD_VALUE || mode == IdMode.RECORD_HEADER)
                && config.get(WriteKeys.ID_FIELDS).isEmpty()) {
            problems.error(
                    WriteKeys.ID_FIELDS,
                    "Cannot use id.mode without id.fields: nothing is named that makes the id.",
                    "Name the fields or headers.");
        }
        checkVersionHeader(config, problems);
    }

    private static void checkVersionHeader(Config config, ConfigProblems problems) {
        if (!config.get(WriteKeys.VERSION_HEADER).isEmpty()
                && config.get(WriteKeys.VERSION) != WriteKeys.VersionSource.AUTO) {
            problems.error(
                    WriteKeys.VERSION_HEADER,
                    "Cannot use external.version.header with document.version: both say what versions are.",
                    "Leave one of them out.");
        }
    }

    static void checkStreams(Config config, ConfigProblems problems) {
        boolean isTyped = config.get(IndexKeys.STREAM_TYPE) != IndexKeys.StreamType.NONE;
        boolean hasDataset = !config.get(IndexKeys.STREAM_DATASET).isEmpty();
        if (isTyped != hasDataset) {
            problems.error(
                    isTyped ? IndexKeys.STREAM_DATASET : IndexKeys.STREAM_TYPE,
                    "Cannot use only one of data.stream.type and data.stream.dataset: together they name the data"
                            + " streams.",
                    "Set both or none.");
        }
        if (!DocumentConfig.isStream(config)) {
            if (!config.get(IndexKeys.STREAM_TIME).isEmpty()) {
                problems.error(
                        IndexKeys.STREAM_TIME,
                        "Cannot use data.stream.timestamp.field without data streams.",
                        "Set data.stream.type and data.stream.dataset, data.stream.enabled, or leave it out.");
            }
            return;
        }
        if (config.get(WriteKeys.WRITE_METHOD).isUpdate()) {
            problems.error(
                    WriteKeys.WRITE_METHOD,
                    "Cannot use write.method=" + lower(config.get(WriteKeys.WRITE_METHOD))
                            + " with data streams: documents are only added to them.",
                    "Set write.method=insert or create.");
        }
        NullValues onNull = config.get(WriteKeys.NULL_VALUES);
        if (onNull == NullValues.DELETE || onNull == NullValues.CLEAR) {
            problems.error(
                    WriteKeys.NULL_VALUES,
                    "Cannot use behavior.on.null.values=" + lower(onNull)
                            + " with data streams: documents are only added to them.",
                    "Set behavior.on.null.values to ignore or fail.");
        }
        if (DocumentConfig.idMode(config) == IdMode.RECORD_KEY) {
            problems.add(ConfigProblem.warning(
                    WriteKeys.KEY_IGNORE.name(),
                    "Of several records with one key, a data stream keeps the first: the id is the key, and documents are"
                            + " only added.",
                    "Set key.ignore=true to keep all of them."));
        }
    }

    static void checkTemplates(Config config, ConfigProblems problems) {
        boolean hasName = config.find(TemplateKeys.NAME).isPresent();
        if (!hasName && !config.get(TemplateKeys.PATTERNS).isEmpty()) {
            problems.error(
                    TemplateKeys.PATTERNS,
                    "Cannot use index.template.patterns without index.template.name: there is no template.",
                    "Set index.template.name.");
        }
        if (config.find(TemplateKeys.POLICY).isPresent()
                && config.find(TemplateKeys.POLICY_NAME).isEmpty()) {
            problems.error(
                    TemplateKeys.POLICY,
                    "Cannot use lifecycle.policy without lifecycle.policy.name: it says what the policy is called.",
                    "Set lifecycle.policy.name.");
        }
        if (hasName && config.get(TemplateKeys.PATTERNS).isEmpty() && matchesAll(config)) {
            problems.error(
                    TemplateKeys.PATTERNS,
                    "Cannot tell which names index template "
                            + config.find(TemplateKeys.NAME).get() + " is for: index.name can become any name.",
                    "Set index.template.patterns, such as orders-*.");
        }
    }

    private static boolean matchesAll(Config config) {
        boolean isReadable = template(config.get(IndexKeys.INDEX_NAME)).isPresent()
                && DocumentConfig.pairs(config.get(IndexKeys.TOPIC_INDICES)).values().stream()
                        .allMatch(name -> template(name).isPresent());
        if (!isReadable) {
            return false; // That has its own message.
        }
        return config.get(IndexKeys.EXTERNAL) != IndexKeys.ExternalResource.DISABLED
                || DocumentConfig.patterns(config).stream().anyMatch(pattern -> pattern.matches("\\*+"));
    }

    static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    static void checkExternal(Config config, ConfigProblems problems) {
        Map<String, String> mapping = DocumentConfig.pairs(config.get(IndexKeys.EXTERNAL_MAPPING));
        boolean isUsed = config.get(IndexKeys.EXTERNAL) != IndexKeys.ExternalResource.DISABLED;
        if (isUsed != !mapping.isEmpty()) {
            problems.error(
                    isUsed ? IndexKeys.EXTERNAL_MAPPING : IndexKeys.EXTERNAL,
                    "Cannot use only one of external.resource.usage and topic.to.external.resource.mapping: one says"
                            + " what the resources are, the other which.",
                    "Set both or none.");
            return;
        }
        if (!isUsed) {
            return;
        }
        if (mapping.size() > config.get(IndexKeys.EXTERNAL_MAX)) {
            problems.error(
                    IndexKeys.EXTERNAL_MAPPING,
                    "Cannot use " + mapping.size() + " entries in topic.to.external.resource.mapping: at most "
                            + config.get(IndexKeys.EXTERNAL_MAX) + " are allowed.",
                    "Raise max.external.resource.mappings.");
        }
        Set<String> unmapped = new HashSet<>(
                Arrays.asList(config.originals().getOrDefault("topics", "").split("\\s*,\\s*")));
        unmapped.removeIf(topic -> topic.isBlank() || mapping.containsKey(topic.strip()));
        if (!unmapped.isEmpty()) {
            problems.error(
                    IndexKeys.EXTERNAL_MAPPING,
                    "Cannot leave topics out of topic.to.external.resource.mapping: " + unmapped + " have no resource.",
                    "Add them as topic:resource.");
        }
        if (config.get(IndexKeys.STREAM_TYPE) != IndexKeys.StreamType.NONE
                || config.isSet(IndexKeys.INDEX_NAME)
                || config.isSet(IndexKeys.TOPIC_INDICES)) {
            problems.error(
                    IndexKeys.EXTERNAL,
                    "Cannot use external.resource.usage with index.name, topic.index.map or data.stream.type: each of"
                            + " them says where documents go.",
                    "Keep one of them.");
        }
    }
}
