package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.dialect.ReadSql;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;

/** Asks the database what time it is: its clock made the timestamps, not ours. */
final class DatabaseClock {
    private DatabaseClock() {}

    static Instant now(Connection connection, ReadSql reads, TypeRules rules) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(reads.clock())) {
            if (!answer.next()) {
                throw new SQLException("the database did not tell its time");
            }
            TimeZone zone = TimeZone.getTimeZone(reads.isClockUtc() ? ZoneOffset.UTC : rules.zone());
            Calendar calendar = new GregorianCalendar(zone);
            Timestamp time = answer.getTimestamp(1, calendar);
            return time.toInstant();
        }
    }
}
