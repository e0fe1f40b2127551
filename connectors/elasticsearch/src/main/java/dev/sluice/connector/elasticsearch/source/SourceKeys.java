package dev.sluice.connector.elasticsearch.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import dev.sluice.connector.elasticsearch.client.ClusterConfig;
import java.time.Duration;
import java.util.List;

/** The settings of the source. */
public final class SourceKeys {
    private static final String DOCUMENTS = "Documents";
    private static final String FOLLOWING = "Following";
    private static final String RECORDS = "Records";
    private static final String PAGES = "Pages";
    private static final int WINDOW_MAX = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    static final ConfigKey<List<String>> INDEX = ConfigKey.list("index")
            .check(Check.nonEmptyList())
            .doc(
                    "Names of the indices, aliases and data streams to read, patterns such as logs-* among them. Those that do not"
                            + " exist yet are read once they do.")
            .importance(Importance.HIGH)
            .group(DOCUMENTS)
            .width(Width.LONG);

    static final ConfigKey<String> QUERY = ConfigKey.string("query")
            .optional()
            .check(Check.of(
                    "a query as a JSON object, such as {\"term\": {\"state\": \"paid\"}}", SourceKeys::isObject))
            .doc(
                    "Which documents are read, as a query in JSON. All if it is not set. A document that matches no longer is not"
                            + " reported.")
            .importance(Importance.MEDIUM)
            .group(DOCUMENTS)
            .width(Width.LONG);

    static final ConfigKey<List<String>> INCLUDES = ConfigKey.list("fields.include")
            .defaultsTo(List.of())
            .doc("Fields that records have, patterns such as price.* among them. All if it is empty.")
            .importance(Importance.LOW)
            .group(DOCUMENTS)
            .width(Width.LONG);

    static final ConfigKey<List<String>> EXCLUDES = ConfigKey.list("fields.exclude")
            .defaultsTo(List.of())
            .doc("Fields that records lack, patterns among them; goes before fields.include.")
            .importance(Importance.LOW)
            .group(DOCUMENTS)
            .width(Width.LONG);

    static final ConfigKey<Follow> FOLLOW = ConfigKey.enumeration("follow", Follow.class)
            .defaultsTo(Follow.SEQ_NO)
            .doc(
                    "What comes after the first reading: seq_no delivers every document that is written or changed later; field"
                            + " those whose follow.field has a greater value; none ends with the first look that finds nothing new.")
            .importance(Importance.HIGH)
            .group(FOLLOWING);

    static final ConfigKey<String> FOLLOW_FIELD = ConfigKey.string("follow.field")
            .optional()
            .doc(
                    "The field that grows, for follow=field: the time of the last change, or a number. Documents without it are not"
                            + " read.")
            .importance(Importance.MEDIUM)
            .group(FOLLOWING);

    static final ConfigKey<Duration> FOLLOW_LAG = ConfigKey.duration("follow.lag.ms")
            .defaultsTo(Duration.ofSeconds(10))
            .check(Check.between(Duration.ZERO, Duration.ofDays(1)))
            .doc(
                    "How long documents are left alone before they are read, for those that are late: with follow=field and a time,"
                            + " by that time and in whole seconds; with refresh.before.read=false, by when they were written. Longer"
                            + " than index.refresh_interval, and than clocks differ.")
            .importance(Importance.MEDIUM)
            .group(FOLLOWING);

    static final ConfigKey<Boolean> REFRESH = ConfigKey.bool("refresh.before.read")
            .defaultsTo(true)
            .doc(
                    "Whether an index is refreshed before what is new in it is read. Without it, follow.lag.ms must outlast the"
                            + " index's own refreshes, or documents are lost.")
            .importance(Importance.LOW)
            .group(FOLLOWING);

    static final ConfigKey<Duration> POLL_INTERVAL = ConfigKey.duration("poll.interval.ms")
            .defaultsTo(Duration.ofSeconds(1))
            .check(Check.between(Duration.ofMillis(10), Duration.ofDays(1)))
            .doc("Time between two looks for what is new, once all was read.")
            .importance(Importance.MEDIUM)
            .group(FOLLOWING);

    static final ConfigKey<String> TOPIC = ConfigKey.string("topic")
            .optional()
            .doc(
                    "The topic of all records. If it is not set: topic.prefix and the name in index, where that is one name without"
                            + " pattern, else the index of the document.")
            .importance(Importance.HIGH)
            .group(RECORDS);

    static final ConfigKey<String> TOPIC_PREFIX = ConfigKey.string("topic.prefix")
            .defaultsTo("")
            .doc("What stands before the name of an index in the name of its topic.")
            .importance(Importance.MEDIUM)
            .group(RECORDS);

    static final ConfigKey<Integer> DOCUMENTS_MAX = ConfigKey.integer("page.documents.max")
            .defaultsTo(2_000)
            .check(Check.between(1, WINDOW_MAX))
            .doc("Documents in an answer at most; index.max_result_window of the index must be as large.")
            .importance(Importance.LOW)
            .group(PAGES);

    static final ConfigKey<Long> BYTES_MAX = ConfigKey.size("page.bytes.max")
            .defaultsTo(8L << 20)
            .check(Check.between(1L << 10, 64L << 20))
            .doc("Bytes in an answer, about: pages get smaller where documents are large. A task holds two answers.")
            .importance(Importance.LOW)
            .group(PAGES);

    /** All of them. */
    public static final ConfigSpec SPEC = ClusterConfig.SPEC
            .plus(
                    INDEX,
                    QUERY,
                    INCLUDES,
                    EXCLUDES,
                    FOLLOW,
                    FOLLOW_FIELD,
                    FOLLOW_LAG,
                    REFRESH,
                    POLL_INTERVAL,
                    TOPIC,
                    TOPIC_PREFIX,
                    DOCUMENTS_MAX,
                    BYTES_MAX)
            .rule(SourceKeys::checkField);

    private SourceKeys() {}

    private static boolean isObject(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree != null && tree.isObject();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    private static void checkField(Config config, ConfigProblems problems) {
        if (config.get(FOLLOW) == Follow.FIELD && config.find(FOLLOW_FIELD).isEmpty()) {
            problems.error(
                    FOLLOW_FIELD, "Cannot use follow=field: follow.field is not set.", "Name a field that grows.");
        }
    }
}
