package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ExactlyOnceSupport;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of the source: what is accepted, what is refused in which words, and what they mean. */
final class SourceSettingsTest {
    private static Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "connection.url", "jdbc:postgresql://localhost/db", "mode", "incrementing", "topic.prefix", "p."));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static List<String> errors(String... more) {
        return new JdbcSourceConnector()
                .configSpec().validate(new HashMap<>(settings(more))).errors().stream()
                        .map(ConfigProblem::text)
                        .toList();
    }

    @Test
    void refusesWhatContradicts() {
        assertThat(errors("table.whitelist", "a", "table.blacklist", "b"))
                .containsExactly(
                        "Cannot use table.blacklist and table.whitelist: the whitelist alone says which tables are"
                                + " read. Keep one of them.");
        assertThat(errors("table.whitelist", "a", "table.include.list", "b"))
                .containsExactly(
                        "Cannot use table.include.list and table.whitelist: both say which tables are read. Keep"
                                + " one of them.");
        assertThat(errors("query", "select 1", "table.whitelist", "b", "incrementing.column.name", "id"))
                .containsExactly(
                        "Cannot use query together with lists of tables: the query says what is read. Keep one of"
                                + " them.");
        assertThat(errors("query", "select 1"))
                .containsExactly(
                        "Cannot find the growing column of a query by itself: incrementing.column.name is not set."
                                + " Set it to a column of the query.");
        assertThat(errors("mode", "timestamp"))
                .containsExactly("Cannot read by timestamp: timestamp.column.name is not set. Set it to the column that"
                        + " holds the time of a row's last change.");
    }

    @Test
    void reconcilesTablesWithKeysOnly() {
        String[] daily = {"reconcile.interval.ms", "1d"};
        assertThat(errors(daily)).isEmpty();
        assertThat(errors("reconcile.interval.ms", "1d", "query", "select 1", "incrementing.column.name", "id"))
                .containsExactly(
                        "Cannot use reconcile.interval.ms with query or query.suffix: a row that these hide is not"
                                + " gone. Read tables, or leave it out.");
        assertThat(errors("reconcile.interval.ms", "1d", "query.suffix", "limit 5"))
                .hasSize(1);
        assertThat(errors("reconcile.interval.ms", "1d", "mode", "cdc"))
                .contains(
                        "Cannot use reconcile.interval.ms with mode=cdc: the database's log tells each deletion by itself."
                                + " Leave it out.");
        assertThat(errors("reconcile.interval.ms", "1d", "key.columns", "none"))
                .containsExactly(
                        "Cannot use reconcile.interval.ms with key.columns=none: a deleted row is told by its key."
                                + " Leave out one of them.");
    }

    @Test
    void refusesWhatHasNoForm() {
        assertThat(errors("table.include.list", "a["))
                .singleElement()
                .asString()
                .startsWith("Cannot use table.include.list: 'a[' is no regular expression (");
        assertThat(errors("table.whitelist", "a..b"))
                .containsExactly("Cannot use table.whitelist: 'a..b' names no table: a part of the name is empty.");
        assertThat(errors("timestamp.columns.mapping", "nothing"))
                .containsExactly("Cannot use timestamp.columns.mapping: 'nothing' has not the form regex:column or"
                        + " regex:[column|column].");
        assertThat(errors("db.timezone", "Mars/Base"))
                .singleElement()
                .asString()
                .contains("Europe/Vienna");
        assertThat(errors("topic.name.template", "${database}"))
                .singleElement()
                .asString()
                .contains("${table}");
    }

    @Test
    void acceptsWhatOthersHaveAndSaysWhatHasNoEffect() {
        var validation = new JdbcSourceConnector()
                .configSpec()
                .validate(new HashMap<>(settings(
                        "max.buffer.size",
                        "0",
                        "poll.linger.ms",
                        "5000",
                        "quote.sql.identifiers",
                        "never",
                        "timestamp.initial.ms",
                        "0",
                        "sql.quote.identifiers",
                        "true")));
        assertThat(validation.errors()).isEmpty();
        assertThat(validation.problems())
                .extracting(ConfigProblem::key)
                .contains("max.buffer.size", "timestamp.initial");
    }

    @ParameterizedTest
    @CsvSource({
        "incrementing,jdbc:postgresql://h/d,true,SUPPORTED",
        "timestamp+incrementing,jdbc:postgresql://h/d,true,SUPPORTED",
        "timestamp,jdbc:postgresql://h/d,true,SUPPORTED",
        "timestamp,jdbc:postgresql://h/d,false,UNSUPPORTED",
        "timestamp,jdbc:h2:mem:x,true,UNSUPPORTED",
        "bulk,jdbc:postgresql://h/d,true,UNSUPPORTED",
        "incrementing,jdbc:postgresql://h/d,false,UNSUPPORTED",
        "incrementing,jdbc:h2:mem:x,true,SUPPORTED",
        "timestamp+incrementing,jdbc:h2:mem:x,true,UNSUPPORTED"
    })
    void promisesExactlyOnceWhereItHolds(String mode, String url, String safe, ExactlyOnceSupport expected) {
        JdbcSourceConnector connector = new JdbcSourceConnector();
        var config = connector
                .configSpec()
                .parse(new HashMap<>(settings(
                        "mode", mode, "connection.url", url, "safe.mode", safe, "timestamp.column.name", "at")));
        assertThat(connector.exactlyOnceSupport(config)).isEqualTo(expected);
    }

    @Test
    void readsColumnsByTable() {
        ColumnMapping mapping = ColumnMapping.parse("shop\\.orders:[updated|created],.*:at");
        assertThat(mapping.columns(TableId.of("shop", "orders"))).containsExactly("updated", "created");
        assertThat(mapping.columns(TableId.of("shop", "other"))).containsExactly("at");
        assertThat(ColumnMapping.parse("").columns(TableId.of("t"))).isEmpty();
        assertThatThrownBy(() -> ColumnMapping.parse("a:[b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a:[b' has not the form regex:column or regex:[column|column]");
    }

    @Test
    void choosesTablesByName() {
        TableFilter filter = new TableFilter(
                List.of(Pattern.compile("shop\\..*")), List.of(Pattern.compile(".*_old")), List.of(), List.of());
        assertThat(filter.accepts(new TableId("db", "shop", "orders"))).isTrue();
        assertThat(filter.accepts(new TableId("db", "shop", "orders_old"))).isFalse();
        assertThat(filter.accepts(new TableId("db", "other", "orders"))).isFalse();
        TableFilter named = new TableFilter(List.of(), List.of(), List.of(TableId.of("Orders")), List.of());
        assertThat(named.accepts(new TableId("db", "shop", "orders"))).isTrue();
        assertThat(named.missing(List.of())).isEqualTo("Orders");
    }

    @Test
    void keepsNamesOfTasksTables() {
        List<TableId> tables = List.of(TableId.of("a.b", "c,d"), TableId.of("x\"y"), new TableId("c", "s", "t"));
        assertThat(TableNames.split(TableNames.join(tables))).isEqualTo(tables);
    }

    @Test
    void dividesTablesEvenly() {
        List<TableId> tables =
                List.of(TableId.of("a"), TableId.of("b"), TableId.of("c"), TableId.of("d"), TableId.of("e"));
        assertThat(TableSplit.groups(tables, 2)).extracting(List::size).containsExactly(2, 3);
        assertThat(TableSplit.groups(tables, 9)).hasSize(5);
        assertThat(TableSplit.groups(List.of(), 3)).isEmpty();
    }

    @Test
    void writesTransactionIdsShortly() {
        XidSet set = XidSet.below(1_000);
        for (long xid : new long[] {1_000, 1_001, 1_002, 1_007}) {
            assertThat(set.add(xid)).isTrue();
        }
        assertThat(set.add(1_001)).isFalse();
        assertThat(set.text()).isEqualTo("0-2,7");
        assertThat(XidSet.parse(1_000, "0-2,7").text()).isEqualTo("0-2,7");
        assertThat(set.from(1_002).text()).isEqualTo("0,5");
        assertThat(set.canHold(1_000 + XidSet.SPAN - 1)).isTrue();
        assertThat(set.canHold(1_000 + XidSet.SPAN)).isFalse();
        assertThatThrownBy(() -> XidSet.parse(0, "a"))
                .hasMessage(
                        "Cannot use the stored transaction ids 'a': expected numbers from 0 to 16383 or ranges of them."
                                + " Reset the connector's offsets, or correct them.");
    }

    @Test
    void restoresWholeTransactionIdsAcrossTheTurnOf32Bits() {
        long xmin = (3L << 32) - 5;
        Snapshot snapshot = new Snapshot(xmin, xmin + 10, 9, 0, false);
        assertThat(snapshot.whole(xmin & 0xFFFF_FFFFL)).isEqualTo(xmin);
        assertThat(snapshot.whole(2)).isEqualTo((3L << 32) + 2);
        assertThat(snapshot.age(xmin - 100)).isEqualTo(109);
    }

    @Test
    void fillsGaps() {
        Gaps gaps = new Gaps();
        gaps.add(3, 7, 0);
        assertThat(gaps.fill(5)).isTrue();
        assertThat(gaps.fill(5)).isFalse();
        assertThat(gaps.text()).isEqualTo("3..4,6..7");
        assertThat(Gaps.parse("3..4,6", 0).text()).isEqualTo("3..4,6");
        gaps.forget(100, 50);
        assertThat(gaps.lowest()).isEmpty();
    }
}
