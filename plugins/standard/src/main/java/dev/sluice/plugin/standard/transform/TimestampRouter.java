package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.transform.Transformation;

/** Puts the record's timestamp into the topic's name, for indexes or tables by day. */
public final class TimestampRouter implements Transformation {
    private static final String TOPIC = "${topic}";
    private static final String TIMESTAMP = "${timestamp}";

    private static final ConfigKey<String> TOPIC_FORMAT = ConfigKey.string("topic.format")
            .defaultsTo(TOPIC + "-" + TIMESTAMP)
            .doc("The new name, in which ${topic} stands for the old one and ${timestamp} for the time.")
            .importance(Importance.HIGH);
    private static final ConfigKey<String> TIMESTAMP_FORMAT = ConfigKey.string("timestamp.format")
            .defaultsTo("yyyyMMdd")
            .check(TimestampText.CHECK)
            .doc("Pattern of Java's SimpleDateFormat for the time, which is in UTC.")
            .importance(Importance.HIGH);

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(TOPIC_FORMAT, TIMESTAMP_FORMAT);

    private String topicFormat = "";
    private TimestampText timestampText = new TimestampText("");
    private String lastTopic = "";
    private String lastTimestamp = "";
    private String lastResult = "";

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        topicFormat = config.get(TOPIC_FORMAT);
        timestampText = new TimestampText(config.get(TIMESTAMP_FORMAT));
    }

    @Override
    public <R extends ConnectRecord<R>> R apply(R record) {
        Long millis = record.timestampMillis();
        if (millis == null) {
            throw new DataException("Cannot route by timestamp: the record has none. Put a predicate before the"
                    + " transformation, or let the source set timestamps.");
        }
        return record.withTopic(topic(record.topic(), timestampText.format(millis)));
    }

    /** Most records have the topic and the time of the one before. */
    private String topic(String topic, String timestamp) {
        if (!topic.equals(lastTopic) || !timestamp.equals(lastTimestamp)) {
            lastResult = topicFormat.replace(TOPIC, topic).replace(TIMESTAMP, timestamp);
            lastTopic = topic;
            lastTimestamp = timestamp;
        }
        return lastResult;
    }
}
