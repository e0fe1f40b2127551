package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.dialect.Dialect;
import dev.sluice.connector.jdbc.dialect.Dialects;
import dev.sluice.connector.jdbc.table.TableId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The settings of a sink, read once. Immutable. */
public final class SinkConfig {
    private static final String TABLE = "table.";
    private static final List<String> TABLE_SETTINGS = List.of(
            ".insert.mode",
            ".pk.mode",
            ".pk.fields",
            ".fields.include",
            ".fields.exclude",
            ".fields.rename",
            ".delete.enabled");

    /** All settings. */
    public static final ConfigSpec SPEC = ConnectionConfig.SPEC
            .plus(
                    SinkKeys.DIALECT,
                    SinkKeys.INSERT_MODE,
                    SinkKeys.BATCH_SIZE,
                    SinkKeys.DELETE_ENABLED,
                    SinkKeys.TRUNCATE_ENABLED,
                    SinkKeys.TABLE_FORMAT,
                    SinkKeys.TOPIC_TABLES,
                    SinkKeys.TABLE_NORMALIZE,
                    SinkKeys.PK_MODE,
                    SinkKeys.PK_FIELDS,
                    SinkKeys.FIELDS_INCLUDE,
                    SinkKeys.FIELDS_EXCLUDE,
                    SinkKeys.FIELDS_RENAME,
                    SinkKeys.STRING_COLUMN,
                    SinkKeys.TIMESTAMP_FIELDS,
                    SinkKeys.DB_TIMEZONE,
                    SinkKeys.REPLACE_NULL,
                    SinkKeys.QUOTES,
                    SinkKeys.AUTO_CREATE,
                    SinkKeys.AUTO_EVOLVE,
                    SinkKeys.SCHEMA_EVOLUTION,
                    SinkKeys.DRIFT,
                    SinkKeys.DROP_NOT_NULL,
                    SinkKeys.EXACTLY_ONCE,
                    SinkKeys.OFFSETS_TABLE,
                    SinkKeys.MAX_RETRIES,
                    SinkKeys.RETRY_BACKOFF)
            .plus(ForeignKeys.keys())
            .openPrefix(TABLE)
            .openPrefix("hibernate.")
            .rule(ForeignKeys::note)
            .rule(SinkConfig::checkDialect)
            .rule(SinkConfig::checkKey)
            .rule(SinkConfig::checkChoices)
            .rule(SinkConfig::checkTables);

    private final Config config;
    private final ConnectionConfig connection;
    private final Dialect dialect;

    private SinkConfig(Config config) {
        this.config = config;
        ConnectionConfig given = ConnectionConfig.of(config);
        this.dialect =
                config.find(SinkKeys.DIALECT).flatMap(Dialects::named).orElseGet(() -> Dialects.ofUrl(given.url()));
        this.connection = given.withDefaults(dialect.writes().driverProperties());
    }

    /** Reads settings that were checked. */
    public static SinkConfig of(Config config) {
        return new SinkConfig(config);
    }

    private static void checkDialect(Config config, ConfigProblems problems) {
        Optional<String> name = config.find(SinkKeys.DIALECT);
        if (name.isPresent() && Dialects.named(name.get()).isEmpty()) {
            problems.error(
                    SinkKeys.DIALECT,
                    "Cannot use dialect.name " + name.get() + ": there is no such dialect.",
                    "Leave it out, or choose one of " + Dialects.names() + ".");
        }
    }

    private static void checkKey(Config config, ConfigProblems problems) {
        PkMode mode = config.get(SinkKeys.PK_MODE);
        int fields = config.get(SinkKeys.PK_FIELDS).size();
        if (mode == PkMode.KAFKA && fields != 0 && fields != 3) {
            problems.error(
                    SinkKeys.PK_FIELDS,
                    "Cannot use " + fields + " names in pk.fields: with pk.mode=kafka there are three.",
                    "Name the columns of topic, partition and offset, or leave it out.");
        }
        if (mode == PkMode.RECORD_HEADER && fields == 0) {
            problems.error(
                    SinkKeys.PK_FIELDS,
                    "Cannot use pk.mode=record_header without pk.fields: no header is named.",
                    "Name the headers that make the key.");
        }
        boolean hasTables = config.originals().keySet().stream().anyMatch(name -> name.endsWith(".pk.mode"));
        if (config.get(SinkKeys.INSERT_MODE).needsKey() && mode == PkMode.NONE && !hasTables) {
            problems.error(
                    SinkKeys.PK_MODE,
                    "Cannot " + word(config) + " with pk.mode=none: it takes a key to find a row.",
                    "Set pk.mode to record_key or record_value, and pk.fields.");
        }
        if (config.get(SinkKeys.DELETE_ENABLED) && mode == PkMode.NONE && !hasTables) {
            problems.error(
                    SinkKeys.DELETE_ENABLED,
                    "Cannot delete with pk.mode=none: it takes a key to find a row.",
                    "Set pk.mode=record_key.");
        }
    }

    private static String word(Config config) {
        return config.get(SinkKeys.INSERT_MODE).name().toLowerCase(Locale.ROOT);
    }

    private static void checkChoices(Config config, ConfigProblems problems) {
        for (var key : List.of(SinkKeys.FIELDS_INCLUDE, SinkKeys.FIELDS_EXCLUDE)) {
            try {
                var unused = FieldRules.of(config.get(key), List.of(), List.of());
            } catch (PatternSyntaxException malformed) {
                problems.error(
                        key,
                        "Cannot use " + key.name() + ": " + malformed.getDescription() + " in an expression.",
                        "Write field, or topic:field with regular expressions.");
            }
        }
    }

    private static void checkTables(Config config, ConfigProblems problems) {
        config.originals().forEach((name, value) -> {
            if (!name.startsWith(TABLE) || SPEC_NAMES.contains(name)) {
                return;
            }
            if (TABLE_SETTINGS.stream().noneMatch(name::endsWith)) {
                problems.add(ConfigProblem.warning(
                        name,
                        "Setting " + name + " is not known and has no effect.",
                        "Settings of one table end in " + String.join(", ", TABLE_SETTINGS) + "."));
            } else if (!isReadable(name, value)) {
                problems.add(ConfigProblem.error(
                        name, "Cannot use " + name + ": its value is none of this setting.", wanted(name)));
            }
        });
    }

    private static final List<String> SPEC_NAMES =
            List.of(SinkKeys.TABLE_FORMAT.name(), SinkKeys.TABLE_NORMALIZE.name(), "table.types");

    private static boolean isReadable(String name, String value) {
        try {
            if (name.endsWith(".insert.mode")) {
                return SinkKeys.INSERT_MODE.type().parse(value) != null;
            }
            if (name.endsWith(".pk.mode")) {
                return SinkKeys.PK_MODE.type().parse(value) != null;
            }
            if (name.endsWith(".delete.enabled")) {
                return SinkKeys.DELETE_ENABLED.type().parse(value) != null;
            }
            return !name.endsWith(".rename") || split(value).stream().allMatch(each -> each.matches("[^:]+:[^:]+"));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static String wanted(String name) {
        return name.endsWith(".rename") ? "Write field:column." : "See the setting without the table's name.";
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** Returns the rules of a table: those of all, unless {@code table.<name>.…} says otherwise. */
    TableRules rules(TableId id) {
        List<String> prefixes = List.of(TABLE + id, TABLE + id.name());
        return new TableRules(
                own(prefixes, ".insert.mode")
                        .map(SinkKeys.INSERT_MODE.type()::parse)
                        .orElse(config.get(SinkKeys.INSERT_MODE)),
                own(prefixes, ".pk.mode").map(SinkKeys.PK_MODE.type()::parse).orElse(config.get(SinkKeys.PK_MODE)),
                own(prefixes, ".pk.fields").map(SinkConfig::split).orElse(config.get(SinkKeys.PK_FIELDS)),
                FieldRules.of(
                        own(prefixes, ".fields.include")
                                .map(SinkConfig::split)
                                .orElse(config.get(SinkKeys.FIELDS_INCLUDE)),
                        own(prefixes, ".fields.exclude")
                                .map(SinkConfig::split)
                                .orElse(config.get(SinkKeys.FIELDS_EXCLUDE)),
                        own(prefixes, ".fields.rename")
                                .map(SinkConfig::split)
                                .orElse(config.get(SinkKeys.FIELDS_RENAME))),
                own(prefixes, ".delete.enabled")
                        .map(SinkKeys.DELETE_ENABLED.type()::parse)
                        .orElse(config.get(SinkKeys.DELETE_ENABLED)));
    }

    private Optional<String> own(List<String> prefixes, String suffix) {
        return prefixes.stream()
                .map(prefix -> config.originals().get(prefix + suffix))
                .flatMap(value -> Optional.ofNullable(value).stream())
                .findFirst();
    }

    /** Returns how the database is reached. */
    public ConnectionConfig connection() {
        return connection;
    }

    /** Returns the kind of the database. */
    public Dialect dialect() {
        return dialect;
    }

    TableNames tableNames() {
        return TableNames.of(
                config.get(SinkKeys.TABLE_FORMAT),
                config.get(SinkKeys.TOPIC_TABLES),
                config.get(SinkKeys.TABLE_NORMALIZE),
                hasFoldedNames() ? dialect.writes()::folded : name -> name);
    }

    boolean hasFoldedNames() {
        return config.get(SinkKeys.QUOTES) == SinkKeys.Quotes.NEVER;
    }

    boolean createsTables() {
        return config.get(SinkKeys.AUTO_CREATE) || config.get(SinkKeys.SCHEMA_EVOLUTION) == SinkKeys.Evolution.BASIC;
    }

    Drift drift() {
        boolean evolves =
                config.get(SinkKeys.AUTO_EVOLVE) || config.get(SinkKeys.SCHEMA_EVOLUTION) == SinkKeys.Evolution.BASIC;
        return config.find(SinkKeys.DRIFT).orElse(evolves ? Drift.EVOLVE : Drift.FAIL);
    }

    boolean dropsNotNull() {
        return config.get(SinkKeys.DROP_NOT_NULL);
    }

    boolean truncates() {
        return config.get(SinkKeys.TRUNCATE_ENABLED);
    }

    ZoneId zone() {
        return ZoneId.of(config.get(SinkKeys.DB_TIMEZONE));
    }

    boolean replacesNull() {
        return config.get(SinkKeys.REPLACE_NULL);
    }

    String valueColumn() {
        return config.get(SinkKeys.STRING_COLUMN);
    }

    List<String> timestampFields() {
        return config.get(SinkKeys.TIMESTAMP_FIELDS);
    }

    int statementRowsMax() {
        return config.get(SinkKeys.BATCH_SIZE);
    }

    boolean isExactlyOnce() {
        return config.get(SinkKeys.EXACTLY_ONCE);
    }

    TableId offsetsTable() {
        return TableId.parse(config.get(SinkKeys.OFFSETS_TABLE));
    }

    /** Returns how often a batch is tried again, or null for no limit of ours. */
    @Nullable
    Integer retriesMax() {
        return config.find(SinkKeys.MAX_RETRIES).orElse(null);
    }

    @Nullable
    Duration retryPause() {
        return config.find(SinkKeys.RETRY_BACKOFF).orElse(null);
    }
}
