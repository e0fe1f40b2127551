package dev.sluice.connector.jdbc.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** All dialects that there are. */
public final class Dialects {
    private static final List<Dialect> ALL = List.of(
            new PostgresDialect(),
            MySqlDialect.MARIADB,
            MySqlDialect.MYSQL,
            new SqliteDialect(),
            new H2Dialect(),
            new SqlServerDialect(),
            new OracleDialect());
    private static final String JDBC = "jdbc:";

    private Dialects() {}

    /** Returns the dialect of a JDBC address; {@link GenericDialect} where nobody knows it. */
    public static Dialect ofUrl(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(dialect -> lower.startsWith(JDBC + dialect.subprotocol() + ":"))
                .findFirst()
                .orElse(GenericDialect.INSTANCE);
    }

    /**
     * Returns the dialect of a name: ours, in any case ({@code postgresql}), or Kafka Connect's
     * ({@code PostgreSqlDatabaseDialect}).
     */
    public static Optional<Dialect> named(String name) {
        String wanted = plain(name);
        if (wanted.equals(plain(GenericDialect.INSTANCE.name()))) {
            return Optional.of(GenericDialect.INSTANCE);
        }
        return ALL.stream()
                .filter(dialect -> plain(dialect.name()).equals(wanted))
                .findFirst();
    }

    /** Returns the names, for messages. */
    public static String names() {
        return ALL.stream().map(Dialect::name).collect(Collectors.joining(", ")) + ", "
                + GenericDialect.INSTANCE.name();
    }

    private static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT).replace(" ", "");
        return lower.endsWith("databasedialect") ? lower.substring(0, lower.length() - 15) : lower;
    }
}
