package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Struct;
import dev.sluice.connector.jdbc.cdc.CdcConfig.Unchanged;
import dev.sluice.connector.jdbc.cdc.PgMessage.Column;
import dev.sluice.connector.jdbc.cdc.TableFacts.ColumnFacts;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowsTest {
    /** A key, then large values: a text, bytes that must be there, an array of numbers. */
    private static final CapturedTable TABLE = CapturedTable.of(
            new PgMessage.Relation(
                    1,
                    "public",
                    "t",
                    PgMessage.Identity.DEFAULT,
                    List.of(
                            new Column(true, "id", 23, -1),
                            new Column(false, "a", 25, -1),
                            new Column(false, "b", 17, -1),
                            new Column(false, "c", 1007, -1))),
            new TableFacts(
                    Map.of(
                            "id", facts("int4", false),
                            "a", facts("text", true),
                            "b", facts("bytea", false),
                            "c", facts("_int4", false)),
                    List.of("id")),
            CapturedTable.Name.flat(TableId.of("t"), "t"),
            TypeRules.DEFAULT);

    private static ColumnFacts facts(String type, boolean isNullable) {
        return new ColumnFacts(Catalog.type(type, -1), isNullable);
    }

    private static Tuple unchanged() {
        Tuple tuple = new Tuple("7".getBytes(StandardCharsets.UTF_8), 4);
        tuple.set(0, 0, 1);
        tuple.setUnchanged(1);
        tuple.setUnchanged(2);
        tuple.setUnchanged(3);
        return tuple;
    }

    private static Rows.Row row(Unchanged unchanged, @Nullable Tuple old, boolean isOldWhole) {
        return new Rows(unchanged, "?").row(TABLE, unchanged(), old, isOldWhole);
    }

    private static Struct struct(Rows.Row row) {
        return Objects.requireNonNull(row.struct());
    }

    @Test
    void takesWhatIsKnownFromTheOldRow() {
        Rows.Row row = row(Unchanged.PLACEHOLDER, Tuple.of("7", "x", "\\x01", "{1}"), true);
        assertThat(row.unavailable()).isEmpty();
        assertThat(struct(row).get("a")).isEqualTo("x");
        assertThat(struct(row).get("c")).isEqualTo(List.of(1));
    }

    @Test
    void takesNothingFromAnOldRowThatIsItsKeyAlone() {
        Rows.Row row = row(Unchanged.NULL, Tuple.of("7", null, null, null), false);
        assertThat(row.unavailable()).containsExactly("a", "b", "c");
    }

    @Test
    void putsAPlaceholderWhereItFitsAndNullElsewhere() {
        Rows.Row row = row(Unchanged.PLACEHOLDER, null, false);
        assertThat(struct(row).get("a")).isEqualTo("?");
        assertThat(struct(row).get("b")).isEqualTo(new byte[] {'?'});
        assertThat(struct(row).get("c")).isNull();
        struct(row).schema().check(struct(row));
    }

    @Test
    void putsNullIfAskedAlsoWhereNoneMayStandInTheTable() {
        Rows.Row row = row(Unchanged.NULL, null, false);
        assertThat(struct(row).get("b")).isNull();
        struct(row).schema().check(struct(row));
    }

    @Test
    void leavesFieldsOutIfAsked() {
        Rows.Row row = row(Unchanged.OMIT, null, false);
        assertThat(struct(row).schema().fields()).extracting(Field::name).containsExactly("id");
        assertThat(struct(row).get("id")).isEqualTo(7);
    }
}
