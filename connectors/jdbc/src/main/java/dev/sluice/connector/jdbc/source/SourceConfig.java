package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Config;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.dialect.Dialect;
import dev.sluice.connector.jdbc.dialect.Dialects;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.NumericMapping;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a source, read once.
 *
 * @param connection how the database is reached
 * @param dialect which kind it is
 * @param choice which tables are read, or which query
 * @param reading how new rows are found
 * @param pace how often and how much
 * @param shape what records look like
 */
record SourceConfig(
        ConnectionConfig connection, Dialect dialect, Choice choice, Reading reading, Pace pace, Shape shape) {
    /** The framework's setting that requires it. */
    private static final String EXACTLY_ONCE = "exactly.once.support";

    /**
     * Which tables are read.
     *
     * @param filter decides by the name
     * @param catalog the catalog to look in, or null for all
     * @param schema the pattern of schemas to look in, or null for all
     * @param types kinds of tables
     * @param query what is read instead, or null
     */
    record Choice(
            TableFilter filter,
            @Nullable String catalog,
            @Nullable String schema,
            List<String> types,
            @Nullable String query) {
        Choice {
            types = List.copyOf(types);
        }
    }

    /**
     * How new rows are found.
     *
     * @param mode what tells that a row is new
     * @param columns which columns tell it
     * @param start where tables without an offset begin
     * @param isNonNullRequired whether the columns may not be nullable
     * @param suffix text behind each query, or null
     * @param safety what is done about late commits
     * @param isExactRequired whether the user requires each record exactly once
     */
    record Reading(
            Mode mode,
            Columns columns,
            Start start,
            boolean isNonNullRequired,
            @Nullable String suffix,
            Safety safety,
            boolean isExactRequired) {}

    /** The columns that tell what is new, in general and by table. */
    record Columns(@Nullable String number, List<String> times, ColumnMapping numbers, ColumnMapping timesByTable) {
        Columns {
            times = List.copyOf(times);
        }
    }

    /** Where tables without an offset begin; null for the first row. */
    record Start(@Nullable Long number, @Nullable Long timeMillis) {}

    /** What is done about rows that are committed late. */
    record Safety(boolean isOn, long lateNumbers, Duration late, Duration delay, Isolation isolation) {}

    /** How often and how much; deleted keys are looked for where their interval is not null. */
    record Pace(
            Duration interval,
            int batchRows,
            long batchBytes,
            Duration tableInterval,
            Duration startupLimit,
            long splitRowsMin,
            @Nullable Duration reconcileInterval) {}

    /** What records look like. */
    record Shape(TopicTemplate topics, KeyChoice key, DeleteMark deletes, TypeRules types) {}

    static SourceConfig of(Config config) {
        ConnectionConfig connection = ConnectionConfig.of(config);
        Dialect dialect = text(config.find(SourceKeys.DIALECT))
                .flatMap(Dialects::named)
                .orElseGet(() -> Dialects.ofUrl(connection.url()));
        return new SourceConfig(connection, dialect, choice(config), reading(config), pace(config), shape(config));
    }

    private static Choice choice(Config config) {
        TableFilter filter = new TableFilter(
                config.get(TableKeys.INCLUDE).stream().map(Pattern::compile).toList(),
                config.get(TableKeys.EXCLUDE).stream().map(Pattern::compile).toList(),
                config.get(TableKeys.WHITELIST).stream().map(TableId::parse).toList(),
                config.get(TableKeys.BLACKLIST).stream().map(TableId::parse).toList());
        return new Choice(
                filter,
                text(config.find(TableKeys.CATALOG)).orElse(null),
                text(config.find(TableKeys.SCHEMA)).orElse(null),
                config.get(TableKeys.TYPES),
                query(config));
    }

    /** Returns the query without the semicolon at its end, or null for none. */
    static @Nullable String query(Config config) {
        return text(config.find(SourceKeys.QUERY))
                .or(() -> text(config.find(SourceKeys.QUERY_MASKED)))
                .map(query -> query.strip().replaceAll(";$", ""))
                .orElse(null);
    }

    private static Reading reading(Config config) {
        Columns columns = new Columns(
                text(config.find(SourceKeys.NUMBER_COLUMN)).orElse(null),
                config.get(SourceKeys.TIME_COLUMNS),
                ColumnMapping.parse(config.find(SourceKeys.NUMBER_MAPPING).orElse("")),
                ColumnMapping.parse(config.find(SourceKeys.TIME_MAPPING).orElse("")));
        Start start = new Start(
                config.find(SourceKeys.NUMBER_INITIAL).orElse(null),
                config.find(SourceKeys.TIME_INITIAL).orElse(null));
        String suffix = text(config.find(SourceKeys.QUERY_SUFFIX)).orElse(null);
        Safety safety = new Safety(
                config.get(SourceKeys.SAFE) && suffix == null,
                config.get(SourceKeys.LATE_NUMBERS),
                config.get(SourceKeys.LATE_TIME),
                config.get(SourceKeys.DELAY),
                config.get(SourceKeys.ISOLATION));
        return new Reading(
                Mode.of(config.get(SourceKeys.MODE)),
                columns,
                start,
                config.get(SourceKeys.NON_NULL),
                suffix,
                safety,
                "required".equalsIgnoreCase(config.originals().get(EXACTLY_ONCE)));
    }

    private static Pace pace(Config config) {
        return new Pace(
                config.get(SourceKeys.POLL_INTERVAL),
                config.get(SourceKeys.BATCH_ROWS),
                config.get(SourceKeys.BATCH_BYTES),
                config.get(TableKeys.TABLE_INTERVAL),
                config.get(TableKeys.STARTUP_LIMIT),
                config.get(SourceKeys.SPLIT_ROWS),
                config.find(RecordKeys.RECONCILE).orElse(null));
    }

    private static Shape shape(Config config) {
        boolean isPrecise = config.get(RecordKeys.NUMERIC_PRECISION) && !config.isSet(RecordKeys.NUMERIC);
        TypeRules types = new TypeRules(
                isPrecise ? NumericMapping.PRECISION_ONLY : config.get(RecordKeys.NUMERIC),
                config.get(RecordKeys.GRANULARITY),
                ZoneId.of(config.get(RecordKeys.ZONE)).normalized(),
                config.get(RecordKeys.CALENDAR));
        return new Shape(
                new TopicTemplate(config.get(RecordKeys.TOPIC_TEMPLATE), config.get(RecordKeys.TOPIC_PREFIX)),
                new KeyChoice(config.get(RecordKeys.KEY_COLUMNS)),
                new DeleteMark(
                        text(config.find(RecordKeys.DELETE_COLUMN)).orElse(null),
                        config.find(RecordKeys.DELETE_VALUE).orElse(null)),
                types);
    }

    private static Optional<String> text(Optional<String> given) {
        return given.filter(text -> !text.isBlank());
    }
}
