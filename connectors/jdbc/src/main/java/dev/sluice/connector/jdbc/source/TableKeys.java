package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.time.Duration;
import java.util.List;

/** The settings that say which tables are read. */
final class TableKeys {
    private static final String TABLES = "Tables";

    static final ConfigKey<List<String>> INCLUDE = ConfigKey.list("table.include.list")
            .defaultsTo(List.of())
            .doc("Regular expressions of the tables to read, each matched with the whole name: catalog.schema.table,"
                    + " schema.table or table. All tables if neither this nor table.whitelist is set.")
            .importance(Importance.HIGH)
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> EXCLUDE = ConfigKey.list("table.exclude.list")
            .defaultsTo(List.of())
            .doc("Regular expressions of tables that are left out of those included.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> WHITELIST = ConfigKey.list("table.whitelist")
            .defaultsTo(List.of())
            .doc("Names of the tables to read, with or without schema.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> BLACKLIST = ConfigKey.list("table.blacklist")
            .defaultsTo(List.of())
            .doc("Names of tables that are not read, with or without schema.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<String> CATALOG = ConfigKey.string("catalog.pattern")
            .optional()
            .doc("The catalog whose tables are looked for. All that the connection sees if it is not set.")
            .group(TABLES);

    static final ConfigKey<String> SCHEMA = ConfigKey.string("schema.pattern")
            .optional()
            .doc("The schema whose tables are looked for, with the wildcards _ and % of SQL. All if it is not set.")
            .group(TABLES);

    static final ConfigKey<List<String>> TYPES = ConfigKey.list("table.types")
            .defaultsTo(List.of("TABLE"))
            .doc("Kinds of tables to look for, as the driver calls them: TABLE, VIEW, PARTITIONED TABLE and others."
                    + " PostgreSQL lists a partitioned table and its partitions apart; choose one of them.")
            .importance(Importance.LOW)
            .group(TABLES);

    static final ConfigKey<Duration> TABLE_INTERVAL = ConfigKey.duration("table.poll.interval.ms")
            .defaultsTo(Duration.ofMinutes(1))
            .check(Check.atLeast(Duration.ofMillis(10)))
            .doc("Time between two looks for new and gone tables. Tasks are set up anew only when the set has changed.")
            .importance(Importance.LOW)
            .group(TABLES);

    static final ConfigKey<Duration> STARTUP_LIMIT = ConfigKey.duration("table.monitoring.startup.polling.limit.ms")
            .defaultsTo(Duration.ofSeconds(10))
            .check(Check.atLeast(Duration.ZERO))
            .doc("How long the first look for tables may take before tasks are set up without it.")
            .importance(Importance.LOW)
            .group(TABLES);

    /** All of them. */
    static final ConfigSpec SPEC = ConfigSpec.of(
            INCLUDE, EXCLUDE, WHITELIST, BLACKLIST, CATALOG, SCHEMA, TYPES, TABLE_INTERVAL, STARTUP_LIMIT);

    private TableKeys() {}
}
