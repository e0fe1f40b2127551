package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What holds between the settings of the source. */
final class SourceRules {
    private SourceRules() {}

    static void checkTables(Config config, ConfigProblems problems) {
        checkPatterns(config, TableKeys.INCLUDE, problems);
        checkPatterns(config, TableKeys.EXCLUDE, problems);
        checkNames(config, TableKeys.WHITELIST, problems);
        checkNames(config, TableKeys.BLACKLIST, problems);
        boolean hasNames = !config.get(TableKeys.WHITELIST).isEmpty();
        if (hasNames && !config.get(TableKeys.BLACKLIST).isEmpty()) {
            problems.error(
                    TableKeys.BLACKLIST,
                    "Cannot use table.blacklist and table.whitelist: the whitelist alone says which tables are read.",
                    "Keep one of them.");
        }
        if (hasNames && !config.get(TableKeys.INCLUDE).isEmpty()) {
            problems.error(
                    TableKeys.INCLUDE,
                    "Cannot use table.include.list and table.whitelist: both say which tables are read.",
                    "Keep one of them.");
        }
    }

    private static void checkPatterns(Config config, ConfigKey<List<String>> key, ConfigProblems problems) {
        for (String text : config.get(key)) {
            try {
                String compiled = Pattern.compile(text).pattern();
                assert compiled.equals(text);
            } catch (PatternSyntaxException wrong) {
                problems.error(
                        key,
                        "Cannot use " + key.name() + ": '" + text + "' is no regular expression ("
                                + wrong.getDescription() + ").");
            }
        }
    }

    private static void checkNames(Config config, ConfigKey<List<String>> key, ConfigProblems problems) {
        for (String text : config.get(key)) {
            try {
                TableId parsed = TableId.parse(text);
                assert !parsed.name().isEmpty();
            } catch (IllegalArgumentException wrong) {
                problems.error(
                        key,
                        "Cannot use " + key.name() + ": '" + text + "' names no table: " + wrong.getMessage() + ".");
            }
        }
    }

    static void checkCapture(Config config, ConfigProblems problems) {
        boolean isPostgres =
                config.get(ConnectionConfig.URL).toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:");
        if (Mode.of(config.get(SourceKeys.MODE)) == Mode.CDC && !isPostgres) {
            problems.error(
                    SourceKeys.MODE,
                    "Cannot use mode=cdc with this database: changes are captured from PostgreSQL only.",
                    "Use another mode, such as timestamp+incrementing.");
        }
    }

    static void checkColumns(Config config, ConfigProblems problems) {
        checkMapping(config, SourceKeys.NUMBER_MAPPING, problems);
        checkMapping(config, SourceKeys.TIME_MAPPING, problems);
        Mode mode = Mode.of(config.get(SourceKeys.MODE));
        boolean hasTime = !config.get(SourceKeys.TIME_COLUMNS).isEmpty()
                || config.find(SourceKeys.TIME_MAPPING).isPresent();
        if (mode.usesTimestamp() && !hasTime) {
            problems.error(
                    SourceKeys.TIME_COLUMNS,
                    "Cannot read by timestamp: timestamp.column.name is not set.",
                    "Set it to the column that holds the time of a row's last change.");
        }
    }

    private static void checkMapping(Config config, ConfigKey<String> key, ConfigProblems problems) {
        try {
            ColumnMapping parsed = ColumnMapping.parse(config.find(key).orElse(""));
            assert parsed.entries() != null;
        } catch (IllegalArgumentException wrong) {
            problems.error(key, "Cannot use " + key.name() + ": " + wrong.getMessage() + ".");
        }
    }

    static void checkQuery(Config config, ConfigProblems problems) {
        String query = SourceConfig.query(config);
        if (query == null) {
            return;
        }
        if (Mode.of(config.get(SourceKeys.MODE)) == Mode.CDC) {
            problems.error(
                    SourceKeys.QUERY,
                    "Cannot use query with mode=cdc: the database's log knows tables, not queries.",
                    "Choose tables by table.include.list.");
            return;
        }
        boolean hasTables = !config.get(TableKeys.INCLUDE).isEmpty()
                || !config.get(TableKeys.WHITELIST).isEmpty()
                || !config.get(TableKeys.BLACKLIST).isEmpty();
        if (hasTables) {
            problems.error(
                    SourceKeys.QUERY,
                    "Cannot use query together with lists of tables: the query says what is read.",
                    "Keep one of them.");
        }
        Mode mode = Mode.of(config.get(SourceKeys.MODE));
        if (mode.usesNumber()
                && config.find(SourceKeys.NUMBER_COLUMN)
                        .filter(name -> !name.isBlank())
                        .isEmpty()) {
            problems.error(
                    SourceKeys.NUMBER_COLUMN,
                    "Cannot find the growing column of a query by itself: incrementing.column.name is not set.",
                    "Set it to a column of the query.");
        }
    }

    static void checkReconciliation(Config config, ConfigProblems problems) {
        if (config.find(RecordKeys.RECONCILE).isEmpty()) {
            return;
        }
        if (Mode.of(config.get(SourceKeys.MODE)) == Mode.CDC) {
            problems.error(
                    RecordKeys.RECONCILE,
                    "Cannot use reconcile.interval.ms with mode=cdc: the database's log tells each deletion by itself.",
                    "Leave it out.");
        } else if (SourceConfig.query(config) != null || hasText(config, SourceKeys.QUERY_SUFFIX)) {
            problems.error(
                    RecordKeys.RECONCILE,
                    "Cannot use reconcile.interval.ms with query or query.suffix: a row that these hide is not gone.",
                    "Read tables, or leave it out.");
        } else if (new KeyChoice(config.get(RecordKeys.KEY_COLUMNS))
                .of(List.of("?"))
                .isEmpty()) {
            problems.error(
                    RecordKeys.RECONCILE,
                    "Cannot use reconcile.interval.ms with key.columns=none: a deleted row is told by its key.",
                    "Leave out one of them.");
        }
    }

    private static boolean hasText(Config config, ConfigKey<String> key) {
        return config.find(key).filter(text -> !text.isBlank()).isPresent();
    }
}
