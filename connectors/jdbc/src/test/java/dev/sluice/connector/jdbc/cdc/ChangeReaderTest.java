package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.cdc.TableFacts.ColumnFacts;
import dev.sluice.connector.jdbc.table.ColumnType;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.nio.ByteBuffer;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages of two transactions, with every place to continue at. */
class ChangeReaderTest {
    private static final TableFacts FACTS = new TableFacts(
            Map.of("id", new ColumnFacts(new ColumnType(Types.INTEGER, "int4", 10, 0), false)), List.of("id"));

    private static ChangeReader reader(CdcPosition from, String... settings) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        CdcConfig config = CdcConfig.of(CdcConfig.SPEC.parse(new HashMap<>(given)));
        return new ChangeReader(
                relation -> relation.name().equals("t")
                        ? Optional.of(CapturedTable.of(
                                relation, FACTS, CapturedTable.Name.flat(TableId.of("t"), "topic"), TypeRules.DEFAULT))
                        : Optional.empty(),
                config,
                new FlatShape(config.format().hasTransactions()),
                new TransactionTopic("transaction"),
                (table, row, position, why) -> {
                    throw why;
                },
                from);
    }

    private static List<PgBytes> stream() {
        return List.of(
                begin(100),
                relation(1, "t"),
                relation(2, "other"),
                insert(1, "1"),
                insert(2, "9"),
                PgBytes.of('U').int32(1).byte1('K').tuple("1").byte1('N').tuple("2"),
                commit(100, 110),
                begin(200),
                PgBytes.of('D').int32(1).byte1('K').tuple("2"),
                insert(1, "3"),
                commit(200, 210));
    }

    private static PgBytes begin(long lsn) {
        return PgBytes.of('B').int64(lsn).int64(0).int32(7);
    }

    private static PgBytes commit(long lsn, long end) {
        return PgBytes.of('C').byte1(0).int64(lsn).int64(end).int64(0);
    }

    private static PgBytes insert(int relation, String id) {
        return PgBytes.of('I').int32(relation).byte1('N').tuple(id);
    }

    private static PgBytes relation(int id, String name) {
        return PgBytes.of('R')
                .int32(id)
                .string("public")
                .string(name)
                .byte1('d')
                .int16(1)
                .byte1(1)
                .string("id")
                .int32(23)
                .int32(-1);
    }

    /** Reads what a server sends that was asked for a place: all transactions whose commit is there or later. */
    private static List<SourceRecord> read(ChangeReader reader, Lsn from) {
        long commit = 0;
        for (PgBytes message : stream()) {
            ByteBuffer bytes = ByteBuffer.wrap(message.array());
            commit = bytes.get(0) == 'B' ? bytes.getLong(1) : commit;
            boolean isDescription = bytes.get(0) == 'R';
            if (commit >= from.value() || isDescription) {
                feed(reader, isDescription, commit >= from.value(), bytes);
            }
        }
        return reader.take();
    }

    /** A description comes before the first change of a connection, inside of whatever transaction that is. */
    private static void feed(ChangeReader reader, boolean isDescription, boolean isSent, ByteBuffer bytes) {
        assertThat(isDescription || isSent).isTrue();
        reader.accept(new Lsn(1), bytes);
    }

    private static String shown(SourceRecord record) {
        return Replay.header(record, "__op") + " " + record.position().offset();
    }

    @Test
    void givesEachRecordThePlaceBehindIt() {
        assertThat(read(reader(CdcPosition.at(Lsn.ZERO)), Lsn.ZERO))
                .extracting(ChangeReaderTest::shown)
                .containsExactly(
                        "c {lsn=0/64, index=2}",
                        "d {lsn=0/64, index=3, part=1}",
                        "c {lsn=0/64, index=4}",
                        "d {lsn=0/C8, index=2}",
                        "c {lsn=0/C8, index=3}");
    }

    @Test
    void continuesBehindEveryRecord() {
        for (String transactions : List.of("false", "true")) {
            String[] settings = {"provide.transaction.metadata", transactions};
            List<SourceRecord> all = read(reader(CdcPosition.at(Lsn.ZERO), settings), Lsn.ZERO);
            for (int done = 1; done <= all.size(); done++) {
                CdcPosition from = CdcPosition.of(all.get(done - 1).position().offset());
                List<SourceRecord> rest = read(reader(from, settings), from.lsn());
                assertThat(rest)
                        .as("after %s", from)
                        .extracting(record -> record.headers() + shown(record))
                        .containsExactlyElementsOf(all.subList(done, all.size()).stream()
                                .map(record -> record.headers() + shown(record))
                                .toList());
            }
        }
    }

    @Test
    void isBehindTheTransactionOnceItEnded() {
        ChangeReader reader = reader(CdcPosition.at(Lsn.ZERO));
        List<SourceRecord> records = read(reader, Lsn.ZERO);
        assertThat(records).hasSize(5);
        assertThat(reader.reached()).isEqualTo(CdcPosition.at(new Lsn(210)));
    }

    @Test
    void movesOnOverNothingBetweenTransactionsOnly() {
        ChangeReader reader = reader(CdcPosition.at(Lsn.ZERO));
        reader.accept(new Lsn(1), ByteBuffer.wrap(begin(100).array()));
        assertThat(reader.onNothingBefore(new Lsn(5_000))).isFalse();
        reader.accept(new Lsn(1), ByteBuffer.wrap(commit(100, 110).array()));
        assertThat(reader.onNothingBefore(new Lsn(105))).as("not backwards").isFalse();
        assertThat(reader.onNothingBefore(new Lsn(5_000))).isTrue();
        assertThat(reader.reached()).isEqualTo(CdcPosition.at(new Lsn(5_000)));
    }

    @Test
    void countsSkippedOperationsSoThatPlacesStayTheSame() {
        List<SourceRecord> records = read(reader(CdcPosition.at(Lsn.ZERO), "skipped.operations", "u"), Lsn.ZERO);
        assertThat(records)
                .extracting(ChangeReaderTest::shown)
                .containsExactly("c {lsn=0/64, index=2}", "d {lsn=0/C8, index=2}", "c {lsn=0/C8, index=3}");
    }

    @Test
    void saysSoWhereTheStreamMakesNoSense() {
        List<PgBytes> outside = new ArrayList<>(List.of(relation(1, "t"), insert(1, "1")));
        ChangeReader reader = reader(CdcPosition.at(Lsn.ZERO));
        assertThatThrownBy(() -> outside.forEach(message -> reader.accept(Lsn.ZERO, ByteBuffer.wrap(message.array()))))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("came outside of a transaction");
        ChangeReader other = reader(CdcPosition.at(Lsn.ZERO));
        assertThatThrownBy(() -> List.of(begin(100), insert(5, "1"))
                        .forEach(message -> other.accept(Lsn.ZERO, ByteBuffer.wrap(message.array()))))
                .hasMessageContaining("a change of the table with the identifier 5 came before its description");
    }
}
