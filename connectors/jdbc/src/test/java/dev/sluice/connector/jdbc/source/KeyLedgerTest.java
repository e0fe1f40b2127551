package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.testkit.fake.FakeOffsets;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How keys are written, remembered and compared. */
final class KeyLedgerTest {
    private static final Target TABLE = new Target(TableId.of("public", "t"), null);
    private static final StructSchema ID =
            Schema.struct("t.Key").field("id", Schema.INT64).build();
    private static final KeyForm FORM = KeyForm.of("table t", ID);

    private static byte[] key(long id) {
        return FORM.bytes(Struct.builder(ID).set("id", id).build());
    }

    private static Set<ByteBuffer> all(KeyLedger ledger) {
        Set<ByteBuffer> keys = new HashSet<>();
        ledger.slots().forEach(slot -> ledger.keys(slot).forEach(key -> keys.add(ByteBuffer.wrap(key))));
        return keys;
    }

    @Test
    void readsBackWhatItWrote() {
        StructSchema schema = Schema.struct("k")
                .field("a", Schema.INT8)
                .field("b", Schema.INT32.optional())
                .field("c", LogicalType.decimal(3))
                .field("d", Schema.STRING)
                .field("e", Schema.INT64)
                .field("f", Schema.INT16)
                .field("g", Schema.BYTES)
                .build();
        KeyForm form = KeyForm.of("table k", schema);
        Struct low = Struct.builder(schema)
                .set("a", Byte.MIN_VALUE)
                .set("c", new BigDecimal("-0.120"))
                .set("d", "")
                .set("e", Long.MIN_VALUE)
                .set("f", (short) -1)
                .set("g", new byte[0])
                .build();
        Struct high = Struct.builder(schema)
                .set("a", Byte.MAX_VALUE)
                .set("b", Integer.MAX_VALUE)
                .set("c", new BigDecimal("99999999999999999999.999"))
                .set("d", "Grüße 😀".repeat(100))
                .set("e", Long.MAX_VALUE)
                .set("f", Short.MAX_VALUE)
                .set("g", new byte[] {0, -1})
                .build();
        assertThat(form.key(form.bytes(low))).isEqualTo(low);
        assertThat(form.key(form.bytes(high))).isEqualTo(high);
        assertThat(form.signature()).isEqualTo("a:WHOLE,b:WHOLE,c:DECIMAL,d:TEXT,e:WHOLE,f:WHOLE,g:BYTES");
    }

    @Test
    void aSetKnowsWhichOfManyKeysLive() {
        KeySet set = new KeySet(0);
        Random random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            assertThat(set.add(key(i * 256L))).isTrue();
            assertThat(set.add(("a long key, which is hashed " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isTrue();
        }
        for (int i = 0; i < 50_000; i += 2) {
            assertThat(set.live(key(i * 256L))).isFalse();
        }
        assertThat(set.add(key(256))).isFalse();
        assertThat(set.live(key(1))).isTrue();
        for (int i = 0; i < 1_000; i++) {
            int at = random.nextInt(50_000);
            assertThat(set.isLiving(key(at * 256L))).isEqualTo(at % 2 == 0);
        }
    }

    @Test
    void everyKeyIsStoredFromTheMomentItWasAdded() {
        FakeOffsets offsets = new FakeOffsets();
        Set<ByteBuffer> added = new HashSet<>();
        KeyLedger ledger = KeyLedger.of(TABLE, "", offsets, FORM);
        Random random = new Random(7);
        for (int batch = 0; batch < 400; batch++) {
            List<byte[]> keys = new ArrayList<>();
            int size = batch % 50 == 0 ? 30_000 : random.nextInt(300);
            for (int i = 0; i < size; i++) {
                keys.add(key(random.nextLong()));
            }
            keys.forEach(key -> added.add(ByteBuffer.wrap(key)));
            for (SourcePosition place : ledger.add(keys)) {
                // A topic takes batches of a megabyte.
                assertThat(String.valueOf(place.offset().get("keys"))).hasSizeLessThan(400_000);
                offsets.store(place);
            }
            if (batch % 40 == 0) {
                ledger = KeyLedger.of(TABLE, "", offsets, FORM);
                assertThat(all(ledger)).isEqualTo(added);
            }
        }
        assertThat(all(KeyLedger.of(TABLE, "", offsets, FORM))).isEqualTo(added);
        assertThat(offsets.all()).hasSizeLessThan(25);
        for (SourcePosition move : ledger.settle()) {
            offsets.store(move);
            assertThat(all(KeyLedger.of(TABLE, "", offsets, FORM))).isEqualTo(added);
        }
    }

    @Test
    void blocksThatHaveBecomeSmallArePouredTogether() {
        FakeOffsets offsets = new FakeOffsets();
        KeyLedger ledger = KeyLedger.of(TABLE, "", offsets, FORM);
        for (int i = 0; i < 20; i++) {
            List<byte[]> keys = new ArrayList<>();
            for (int j = 0; j < 20_000; j++) {
                keys.add(key(Long.MAX_VALUE - i * 20_000L - j));
            }
            ledger.add(keys).forEach(offsets::store);
        }
        int before = ledger.slots().size();
        for (String slot : ledger.slots()) {
            offsets.store(ledger.put(slot, ledger.keys(slot).subList(0, 10)));
        }
        ledger.settle().forEach(offsets::store);
        KeyLedger after = KeyLedger.of(TABLE, "", offsets, FORM);
        assertThat(before).isGreaterThan(10);
        assertThat(after.count()).isEqualTo(10L * before);
        assertThat(after.slots().stream().filter(slot -> !after.keys(slot).isEmpty()))
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void forgetsKeysOfAnotherForm() {
        FakeOffsets offsets = new FakeOffsets();
        KeyLedger.of(TABLE, "", offsets, FORM).add(List.of(key(1), key(2))).forEach(offsets::store);
        KeyForm texts = KeyForm.of(
                "table t", Schema.struct("t.Key").field("id", Schema.STRING).build());
        assertThat(KeyLedger.of(TABLE, "", offsets, texts).count()).isZero();
        assertThat(KeyLedger.of(TABLE, "", offsets, FORM).count()).isEqualTo(2);
    }

    @Test
    void saysThatStoredKeysAreDamaged() {
        KeyBlock broken = KeyBlock.of(Map.of("columns", "id:WHOLE", "keys", "AAAA", "count", 3, "bytes", 9));
        assertThatThrownBy(broken::keys)
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Cannot read the stored keys of a table: they are damaged. Reset the connector's offsets that"
                                + " have 'keys' in their partition; rows that are gone already are then not told.");
    }
}
