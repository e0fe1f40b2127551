package dev.sluice.connector.jdbc;

import dev.sluice.testkit.behaviour.SourceAbility;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The JDBC source keeps the contract of all sources on PostgreSQL, in safe mode by number. */
final class JdbcSourceConnectorIT extends PostgresSourceBehaviour {
    @Override
    Map<String, String> modeSettings() {
        return Map.of("mode", "incrementing", "incrementing.column.name", "id", "poll.interval.ms", "50");
    }

    @Override
    protected Set<SourceAbility> abilities() {
        return EnumSet.complementOf(EnumSet.of(SourceAbility.SPLITS));
    }

    /** The pool's own clean-up ends after its connections. */
    @Override
    protected boolean mayOutliveTasks(Thread thread) {
        return thread.getName().startsWith("PostgreSQL-JDBC-Cleaner");
    }
}
