package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.dialect.Dialect;
import dev.sluice.connector.jdbc.dialect.Dialects;
import dev.sluice.connector.jdbc.table.TableId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of a sink, read once. Immutable. */
public final class SinkConfig {
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
            .openPrefix(SinkRules.TABLE)
            .openPrefix("hibernate.")
            .rule(ForeignKeys::note)
            .rule(SinkRules::checkDialect)
            .rule(SinkRules::checkKey)
            .rule(SinkRules::checkChoices)
            .rule(SinkRules::checkTables);

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

    /** Returns the rules of a table: those of all, unless {@code table.<name>.…} says otherwise. */
    TableRules rules(TableId id) {
        List<String> prefixes = List.of(SinkRules.TABLE + id, SinkRules.TABLE + id.name());
        return new TableRules(
                own(prefixes, ".insert.mode")
                        .map(SinkKeys.INSERT_MODE.type()::parse)
                        .orElse(config.get(SinkKeys.INSERT_MODE)),
                own(prefixes, ".pk.mode").map(SinkKeys.PK_MODE.type()::parse).orElse(config.get(SinkKeys.PK_MODE)),
                own(prefixes, ".pk.fields").map(SinkRules::split).orElse(config.get(SinkKeys.PK_FIELDS)),
                FieldRules.of(
                        own(prefixes, ".fields.include")
                                .map(SinkRules::split)
                                .orElse(config.get(SinkKeys.FIELDS_INCLUDE)),
                        own(prefixes, ".fields.exclude")
                                .map(SinkRules::split)
                                .orElse(config.get(SinkKeys.FIELDS_EXCLUDE)),
                        own(prefixes, ".fields.rename")
                                .map(SinkRules::split)
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
