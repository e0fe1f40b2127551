package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.error.ConnectorException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PgOutputTest {
    private static final Instant A_DAY_LATER = Instant.parse("2000-01-02T00:00:00.000001Z");
    private static final long A_DAY = 86_400_000_001L;

    @Test
    void readsABeginOfPlainBytes() {
        byte[] bytes = HexFormat.of().parseHex("42" + "00000016B374D848" + "000000141DD76001" + "FFFFFFFE");
        assertThat(PgOutput.decode(ByteBuffer.wrap(bytes)))
                .isEqualTo(new PgMessage.Begin(Lsn.parse("16/B374D848"), A_DAY_LATER, 4_294_967_294L));
    }

    @Test
    void readsACommit() {
        assertThat(PgBytes.of('C').byte1(0).int64(7).int64(9).int64(A_DAY).decoded())
                .isEqualTo(new PgMessage.Commit(new Lsn(7), new Lsn(9), A_DAY_LATER));
    }

    @Test
    void readsAnOrigin() {
        assertThat(PgBytes.of('O').int64(7).string("other").decoded())
                .isEqualTo(new PgMessage.Origin(new Lsn(7), "other"));
    }

    @Test
    void readsARelation() {
        PgMessage decoded = aRelation().decoded();
        assertThat(decoded)
                .isEqualTo(new PgMessage.Relation(
                        16_385,
                        "my schema",
                        "bestellung\"en",
                        PgMessage.Identity.INDEX,
                        List.of(
                                new PgMessage.Column(true, "id", 20, -1),
                                new PgMessage.Column(false, "größe", 1700, 655_366))));
    }

    private static PgBytes aRelation() {
        return PgBytes.of('R')
                .int32(16_385)
                .string("my schema")
                .string("bestellung\"en")
                .byte1('i')
                .int16(2)
                .byte1(1)
                .string("id")
                .int32(20)
                .int32(-1)
                .byte1(0)
                .string("größe")
                .int32(1700)
                .int32(655_366);
    }

    @Test
    void namesTheCatalogWhereTheSchemaIsEmpty() {
        PgMessage decoded =
                PgBytes.of('Y').int32(600).string("").string("point").decoded();
        assertThat(decoded).isEqualTo(new PgMessage.Type(600, "pg_catalog", "point"));
    }

    @Test
    void readsAnInsertWithNullAndEmptyText() {
        assertThat(PgBytes.of('I')
                        .int32(5)
                        .byte1('N')
                        .tuple("1", null, "", "ü\0x")
                        .decoded())
                .isEqualTo(new PgMessage.Insert(5, Tuple.of("1", null, "", "ü\0x")));
    }

    @Test
    void readsAnUpdateWithoutAnOldRow() {
        assertThat(PgBytes.of('U').int32(5).byte1('N').tuple("1").decoded())
                .isEqualTo(new PgMessage.Update(5, null, false, Tuple.of("1")));
    }

    @Test
    void readsAnUpdateWithTheOldKey() {
        PgBytes bytes =
                PgBytes.of('U').int32(5).byte1('K').tuple("1", null).byte1('N').tuple("2", "x");
        assertThat(bytes.decoded()).isEqualTo(new PgMessage.Update(5, Tuple.of("1", null), false, Tuple.of("2", "x")));
    }

    @Test
    void readsAnUpdateWithTheOldRowAndAnUnchangedValue() {
        PgMessage.Update update = (PgMessage.Update) anUpdateOfTheFullRow().decoded();
        assertThat(update.isOldWhole()).isTrue();
        assertThat(update.row().isUnchanged(0)).isFalse();
        assertThat(update.row().isUnchanged(1)).isTrue();
        assertThat(update.row().hasUnchanged()).isTrue();
        assertThat(update.row().text(0)).isEqualTo("1");
        assertThat(update.row().text(1)).isNull();
        assertThat(update.old()).isEqualTo(Tuple.of("1", "large"));
    }

    private static PgBytes anUpdateOfTheFullRow() {
        return PgBytes.of('U')
                .int32(5)
                .byte1('O')
                .tuple("1", "large")
                .byte1('N')
                .int16(2)
                .byte1('t')
                .int32(1)
                .byte1('1')
                .byte1('u');
    }

    @Test
    void readsADelete() {
        assertThat(PgBytes.of('D').int32(5).byte1('K').tuple("1", null).decoded())
                .isEqualTo(new PgMessage.Delete(5, Tuple.of("1", null), false));
        assertThat(PgBytes.of('D').int32(5).byte1('O').tuple("1", "x").decoded())
                .isEqualTo(new PgMessage.Delete(5, Tuple.of("1", "x"), true));
    }

    @Test
    void readsATruncate() {
        assertThat(PgBytes.of('T').int32(2).byte1(3).int32(5).int32(-1).decoded())
                .isEqualTo(new PgMessage.Truncate(List.of(5L, 4_294_967_295L), true, true));
    }

    @Test
    void readsAMessageOfAnApplication() {
        PgMessage.Message message = (PgMessage.Message) aMessage().decoded();
        assertThat(message.isTransactional()).isTrue();
        assertThat(message.lsn()).isEqualTo(new Lsn(8));
        assertThat(message.prefix()).isEqualTo("outbox");
        assertThat(message.content()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }

    private static PgBytes aMessage() {
        return PgBytes.of('M')
                .byte1(1)
                .int64(8)
                .string("outbox")
                .int32(5)
                .raw("hello".getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> samples() {
        return Stream.of(
                        PgBytes.of('B').int64(1).int64(2).int32(3),
                        PgBytes.of('C').byte1(0).int64(7).int64(9).int64(A_DAY),
                        PgBytes.of('O').int64(7).string("other"),
                        aRelation(),
                        PgBytes.of('Y').int32(600).string("").string("point"),
                        PgBytes.of('I').int32(5).byte1('N').tuple("1", null, ""),
                        anUpdateOfTheFullRow(),
                        PgBytes.of('D').int32(5).byte1('K').tuple("1", null),
                        PgBytes.of('T').int32(2).byte1(3).int32(5).int32(6),
                        aMessage())
                .map(PgBytes::array);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void saysSoWhereAMessageEndsTooEarly(byte[] whole) {
        for (int size = 0; size < whole.length; size++) {
            byte[] part = Arrays.copyOf(whole, size);
            assertThatThrownBy(() -> PgOutput.decode(ByteBuffer.wrap(part)))
                    .as("the first %d bytes of %d", size, whole.length)
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageStartingWith("Cannot decode a message of PostgreSQL's change stream: ");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void saysSoWhereMoreFollows(byte[] whole) {
        byte[] longer = Arrays.copyOf(whole, whole.length + 2);
        assertThatThrownBy(() -> PgOutput.decode(ByteBuffer.wrap(longer)))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("has 2 bytes too many");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void neverFailsOtherwiseWhateverTheBytes(byte[] whole) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = whole.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Throwable failure = catchThrowable(() -> PgOutput.decode(ByteBuffer.wrap(bytes)));
            assertThat(failure == null || failure instanceof ConnectorException)
                    .as("seed %d, bytes %s: %s", seed, HexFormat.of().formatHex(bytes), failure)
                    .isTrue();
        }
    }

    @Test
    void readsABufferThatDoesNotBeginAtItsArray() {
        byte[] message = PgBytes.of('O').int64(7).string("other").array();
        byte[] shifted = new byte[message.length + 25];
        System.arraycopy(message, 0, shifted, 25, message.length);
        ByteBuffer buffer = ByteBuffer.wrap(shifted);
        buffer.position(25);
        assertThat(PgOutput.decode(buffer)).isEqualTo(new PgMessage.Origin(new Lsn(7), "other"));
    }

    @Test
    void namesTheKindThatNobodyKnows() {
        assertThatThrownBy(() -> PgBytes.of('S').int32(1).decoded())
                .hasMessageContaining("nobody knows a message of the kind 'S'");
    }
}
