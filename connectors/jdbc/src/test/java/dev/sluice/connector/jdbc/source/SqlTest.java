package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.jdbc.type.CalendarSystem;
import dev.sluice.connector.jdbc.type.NumericMapping;
import dev.sluice.connector.jdbc.type.TimestampGranularity;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Values in statements that take no binds. */
final class SqlTest {
    private static final TypeRules VIENNA = new TypeRules(
            NumericMapping.NONE,
            TimestampGranularity.CONNECT_LOGICAL,
            ZoneId.of("Europe/Vienna"),
            CalendarSystem.PROLEPTIC_GREGORIAN);

    @Test
    void escapesTexts() {
        assertThat(Sql.literal(VIENNA).text("o'r\\'; drop table t; --").toString())
                .isEqualTo("E'o''r\\\\''; drop table t; --'");
    }

    @Test
    void writesTimesInTheZoneOfTheColumn() {
        Instant summer = Instant.parse("2026-07-01T10:00:00.123456Z");
        assertThat(Sql.literal(VIENNA).time(summer, false).toString()).isEqualTo("'2026-07-01 12:00:00.123456000'");
        assertThat(Sql.literal(VIENNA).time(summer, true).toString()).isEqualTo("'2026-07-01 10:00:00.123456000'");
    }

    @Test
    void writesTimesOfFarYears() {
        assertThat(Sql.literal(VIENNA)
                        .time(Instant.parse("-0043-03-15T00:00:00Z"), true)
                        .toString())
                .isEqualTo("'0044-03-15 00:00:00.000000000 BC'");
        assertThat(Sql.literal(VIENNA)
                        .time(Instant.parse("+12026-01-01T00:00:00Z"), true)
                        .toString())
                .isEqualTo("'12026-01-01 00:00:00.000000000'");
        assertThat(Sql.literal(VIENNA)
                        .time(Instant.MIN.plusSeconds(100_000_000_000L), true)
                        .toString())
                .isEqualTo("'-infinity'");
    }

    @Test
    void bindsWhereItCan() {
        assertThat(Sql.bound(VIENNA)
                        .add("a > ")
                        .number(1L)
                        .add(" AND b = ")
                        .text("x")
                        .toString())
                .isEqualTo("a > ? AND b = ?");
    }
}
