package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a validation that may look at the database finds, in words. */
final class SourceProbeIT extends PostgresCase {
    private static final ValidationProbe PROBE = new ValidationProbe(true, Duration.ofSeconds(5), List.of());

    private List<ConfigProblem> problems(String... more) {
        Map<String, String> settings = settings("", more);
        settings.put("connection.timeout.ms", "1000");
        settings.remove("task.tables");
        return new JdbcSourceConnector()
                .validate(settings, PROBE).problems().stream()
                        .filter(problem -> problem.severity() != ConfigProblem.Severity.NOTE)
                        .toList();
    }

    private List<String> texts(String... more) {
        return problems(more).stream().map(ConfigProblem::text).toList();
    }

    @Test
    void findsNothingWhereAllIsWell() {
        postgres.execute("create table t (id bigserial primary key, at timestamptz not null)");
        postgres.execute("create index on t (at)");
        assertThat(texts("table.whitelist", "t", "mode", "incrementing", "incrementing.column.name", "id"))
                .isEmpty();
        assertThat(texts("table.whitelist", "t", "mode", "timestamp", "timestamp.column.name", "at"))
                .isEmpty();
    }

    @Test
    void namesWhatIsMissing() {
        postgres.execute("create table t (id bigint not null)");
        assertThat(texts("table.whitelist", "u"))
                .containsExactly(
                        "Cannot find what table.whitelist names: there is no u among the tables that the user sees,"
                                + " of the kinds [TABLE]. Correct the name, create the table, grant SELECT, or add its kind to"
                                + " table.types.");
        assertThat(texts("table.whitelist", "t", "mode", "incrementing", "incrementing.column.name", "nr"))
                .containsExactly(
                        "table.whitelist: Cannot use incrementing.column.name=nr: there is no such column, only"
                                + " [id]. Correct the name.");
        assertThat(texts("table.whitelist", "t", "mode", "incrementing", "incrementing.column.name", "id"))
                .containsExactly("incrementing.column.name: No index of table " + postgres.database()
                        + ".public.t begins with column \"id\", so that each round reads and sorts the"
                        + " whole table. Create an index on it.");
    }

    @Test
    void saysWhatKeepsItFromTheDatabase() {
        assertThat(texts("connection.password", "wrong-4711", "connection.user", "nobody"))
                .singleElement()
                .asString()
                .startsWith("connection.url: Cannot connect to jdbc:postgresql:")
                .doesNotContain("wrong-4711");
        assertThat(texts("connection.url", "jdbc:postgresql://localhost:1/none"))
                .singleElement()
                .asString()
                .startsWith(
                        "connection.url: Cannot connect to jdbc:postgresql://localhost:1/none: Connection to localhost:1"
                                + " refused.");
    }

    @Test
    void namesThePrivilegeThatIsMissing() {
        postgres.execute("create table t (id bigint primary key); drop role if exists reader_of_nothing;"
                + " create role reader_of_nothing login password 'r'");
        assertThat(texts("connection.user", "reader_of_nothing", "connection.password", "r", "table.whitelist", "t"))
                .singleElement()
                .asString()
                .contains("permission denied for table t");
        postgres.execute("drop role reader_of_nothing");
    }
}
