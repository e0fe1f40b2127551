package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Config;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.TimestampGranularity;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What all modes of the source have in common.
 *
 * @param connection how the database is reached
 * @param types how types translate
 * @param tables whether a table is chosen
 * @param topics the topic of a table
 * @param topicPrefix what topic names begin with
 */
public record SharedSettings(
        ConnectionConfig connection,
        TypeRules types,
        Predicate<TableId> tables,
        Function<TableId, String> topics,
        String topicPrefix) {
    /** Returns whether changes are captured from the database's log, instead of queries that read tables. */
    public static boolean isCapture(Config config) {
        return Mode.of(config.get(SourceKeys.MODE)) == Mode.CDC;
    }

    /** Reads them for a capture, which keeps microseconds unless the settings say what becomes of points in time. */
    public static SharedSettings ofCapture(Config config) {
        SourceConfig all = SourceConfig.of(config);
        TypeRules types = all.shape().types();
        TypeRules finer =
                new TypeRules(types.numeric(), TimestampGranularity.CONNECT_MICROS, types.zone(), types.calendar());
        return new SharedSettings(
                all.connection(),
                config.isSet(RecordKeys.GRANULARITY) ? types : finer,
                all.choice().filter()::accepts,
                all.shape().topics()::topic,
                config.get(RecordKeys.TOPIC_PREFIX));
    }
}
