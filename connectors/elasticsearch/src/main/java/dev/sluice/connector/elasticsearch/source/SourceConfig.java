package dev.sluice.connector.elasticsearch.source;

import dev.sluice.api.config.Config;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read and how, read once. More than six components, since it is the list of settings.
 *
 * @param targets names of indices, aliases and data streams, or patterns
 * @param query a query in JSON, or null for all documents
 * @param includes fields that records have; empty for all
 * @param excludes fields that records lack
 * @param follow what comes after the first reading
 * @param followField the field to follow, if one is
 * @param lag how long documents are left alone
 * @param refreshes whether indices are refreshed before they are read
 * @param interval the time between two looks
 * @param topic the topic of all records, or null for one by index
 * @param topicPrefix what stands before the name of an index
 * @param documentsMax documents in an answer
 * @param bytesMax bytes in an answer, about
 */
record SourceConfig(
        List<String> targets,
        @Nullable String query,
        List<String> includes,
        List<String> excludes,
        Follow follow,
        @Nullable String followField,
        Duration lag,
        boolean refreshes,
        Duration interval,
        @Nullable String topic,
        String topicPrefix,
        int documentsMax,
        long bytesMax) {
    SourceConfig {
        targets = List.copyOf(targets);
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    static SourceConfig of(Config config) {
        return new SourceConfig(
                config.get(SourceKeys.INDEX),
                config.find(SourceKeys.QUERY).orElse(null),
                config.get(SourceKeys.INCLUDES),
                config.get(SourceKeys.EXCLUDES),
                config.get(SourceKeys.FOLLOW),
                config.find(SourceKeys.FOLLOW_FIELD).orElse(null),
                config.get(SourceKeys.FOLLOW_LAG),
                config.get(SourceKeys.REFRESH),
                config.get(SourceKeys.POLL_INTERVAL),
                config.find(SourceKeys.TOPIC).orElse(null),
                config.get(SourceKeys.TOPIC_PREFIX),
                config.get(SourceKeys.DOCUMENTS_MAX),
                config.get(SourceKeys.BYTES_MAX));
    }

    /** Returns the topic for documents of an index. */
    String topic(String index) {
        if (topic != null) {
            return topic;
        }
        boolean isOneName = targets.size() == 1 && !targets.get(0).contains("*");
        return topicPrefix + (isOneName ? targets.get(0) : index);
    }
}
