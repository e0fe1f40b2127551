package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/** Settings of where documents are written to. The names are Confluent's; Aiven's are understood. */
final class IndexKeys {
    private static final String INDICES = "Indices";
    private static final String STREAMS = "Data streams";

    private static final Check<String> IS_STREAM_PART = Check.of(
            "at most 100 characters, in lower case, without any of \\ / * ? \" < > | , # : - and blanks",
            text -> text.length() <= 100 && text.matches("[^\\\\/*?\"<>|,#:\\-\\s\\p{Lu}]*"));

    static final ConfigKey<String> INDEX_NAME = ConfigKey.string("index.name")
            .extended()
            .defaultsTo("${topic}")
            .check(Check.nonEmpty())
            .doc(
                    "Name of the index, alias or data stream, in which places are filled in: ${topic}, {field:path}, {key},"
                            + " {key:path}, {header:name}, and patterns of the record's time such as {yyyy.MM}. It becomes lower"
                            + " case.")
            .importance(Importance.HIGH)
            .group(INDICES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> TOPIC_INDICES = ConfigKey.list("topic.index.map")
            .extended()
            .defaultsTo(List.of())
            .check(Check.each(Check.of("topic:index", text -> text.matches("[^:]+:.+"))))
            .doc("Indices of single topics, as topic:index with places as in index.name, before which they go.")
            .group(INDICES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> TIME_FIELDS = ConfigKey.list("record.time.field")
            .extended()
            .defaultsTo(List.of())
            .doc(
                    "Fields of which the first that a record has is its time in names: milliseconds since 1970, a timestamp, or a"
                            + " text as ISO 8601 has it. Left out, the record's timestamp.")
            .importance(Importance.LOW)
            .group(INDICES)
            .width(Width.LONG);

    static final ConfigKey<String> TIME_ZONE = ConfigKey.string("index.name.time.zone")
            .extended()
            .defaultsTo("UTC")
            .check(Check.of("a time zone such as UTC or Europe/Berlin", IndexKeys::isZone))
            .doc("Time zone of times in names.")
            .importance(Importance.LOW)
            .group(INDICES)
            .width(Width.MEDIUM);

    static final ConfigKey<Boolean> CREATES = ConfigKey.bool("index.auto.create")
            .extended()
            .defaultsTo(true)
            .doc("Whether indices and data streams that are missing are created.")
            .group(INDICES)
            .width(Width.SHORT);

    static final ConfigKey<ExternalResource> EXTERNAL = ConfigKey.enumeration(
                    "external.resource.usage", ExternalResource.class)
            .alias("existing.resource.type")
            .defaultsTo(ExternalResource.DISABLED)
            .doc("What the resources of topic.to.external.resource.mapping are, which exist already: index, datastream,"
                    + " alias_index, alias_datastream; disabled names and creates indices by topic.")
            .importance(Importance.LOW)
            .group(INDICES)
            .width(Width.SHORT);

    static final ConfigKey<List<String>> EXTERNAL_MAPPING = ConfigKey.list("topic.to.external.resource.mapping")
            .alias("topic.to.existing.resource.mapping")
            .defaultsTo(List.of())
            .check(Check.each(Check.of("topic:resource", text -> text.matches("[^:]+:.+"))))
            .doc("The resource of each topic, as topic:resource.")
            .importance(Importance.LOW)
            .group(INDICES)
            .width(Width.LONG);

    static final ConfigKey<Integer> EXTERNAL_MAX = ConfigKey.integer("max.external.resource.mappings")
            .defaultsTo(15)
            .check(Check.atLeast(1))
            .doc("How many entries topic.to.external.resource.mapping may have.")
            .importance(Importance.LOW)
            .group(INDICES)
            .width(Width.SHORT);

    static final ConfigKey<StreamType> STREAM_TYPE = ConfigKey.enumeration("data.stream.type", StreamType.class)
            .defaultsTo(StreamType.NONE)
            .doc("First part of the name of data streams: logs or metrics; none for no data streams of such names.")
            .importance(Importance.LOW)
            .group(STREAMS)
            .width(Width.SHORT);

    static final ConfigKey<String> STREAM_DATASET = ConfigKey.string("data.stream.dataset")
            .defaultsTo("")
            .check(IS_STREAM_PART)
            .doc("Second part of the name of data streams, such as nginx.access.")
            .importance(Importance.LOW)
            .group(STREAMS)
            .width(Width.MEDIUM);

    static final ConfigKey<String> STREAM_NAMESPACE = ConfigKey.string("data.stream.namespace")
            .defaultsTo("${topic}")
            .check(Check.of(IS_STREAM_PART.words(), text -> IS_STREAM_PART.accepts(text.replace("${topic}", ""))))
            .doc("Third part of the name of data streams, in which ${topic} stands for the topic.")
            .importance(Importance.LOW)
            .group(STREAMS)
            .width(Width.MEDIUM);

    static final ConfigKey<List<String>> STREAM_TIME = ConfigKey.list("data.stream.timestamp.field")
            .defaultsTo(List.of())
            .doc(
                    "Fields of which the first that a record has becomes @timestamp in data streams; left out, the record's"
                            + " timestamp does.")
            .importance(Importance.LOW)
            .group(STREAMS)
            .width(Width.LONG);

    static final ConfigKey<Boolean> STREAM_ENABLED = ConfigKey.bool("data.stream.enabled")
            .extended()
            .defaultsTo(false)
            .doc("Whether what index.name names is a data stream, to which documents are only added.")
            .group(STREAMS)
            .width(Width.SHORT);

    static final ConfigKey<String> STREAM_PREFIX = ConfigKey.string("data.stream.prefix")
            .extended()
            .optional()
            .doc("Text that stands with a - before the name of a data stream, with data.stream.enabled=true.")
            .importance(Importance.LOW)
            .group(STREAMS)
            .width(Width.MEDIUM);

    private IndexKeys() {}

    private static boolean isZone(String text) {
        try {
            return !ZoneId.of(text).getId().isEmpty();
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    /** What existing resources are. */
    enum ExternalResource {
        /** Indices. */
        INDEX,
        /** Data streams. */
        DATASTREAM,
        /** Aliases of indices. */
        ALIAS_INDEX,
        /** Aliases of data streams. */
        ALIAS_DATASTREAM,
        /** There are none. */
        DISABLED
    }

    /** First parts of the names of data streams. */
    enum StreamType {
        /** Lines of logs. */
        LOGS,
        /** Measured values. */
        METRICS,
        /** No data stream. */
        NONE
    }
}
