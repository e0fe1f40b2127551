package dev.sluice.connector.jdbc.source;

import dev.sluice.api.error.DataException;
import dev.sluice.api.record.OffsetValues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Some keys of a table as an offset holds them.
 *
 * @param signature of which form they are, see {@link KeyForm#signature}
 * @param packed {@code base64(deflate({varint(length) key}))}
 * @param count how many
 * @param sizeBytes how long they are together, before they were packed
 */
record KeyBlock(String signature, String packed, int count, int sizeBytes) {
    private static final String KEYS = "keys";
    private static final String COUNT = "count";
    private static final String BYTES = "bytes";
    private static final String COLUMNS = "columns";

    static KeyBlock of(String signature, List<byte[]> keys) {
        KeyBytes raw = new KeyBytes();
        keys.forEach(raw::addBytes);
        byte[] bytes = raw.toArray();
        return new KeyBlock(signature, pack(bytes), keys.size(), bytes.length);
    }

    private static String pack(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(packed)) {
            deflate.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    /** Reads what an offset holds. */
    static KeyBlock of(Map<String, @Nullable Object> offset) {
        return new KeyBlock(
                OffsetValues.text(offset, COLUMNS).orElse(""),
                OffsetValues.text(offset, KEYS).orElse(""),
                (int) OffsetValues.number(offset, COUNT).orElse(0),
                (int) OffsetValues.number(offset, BYTES).orElse(0));
    }

    Map<String, @Nullable Object> toMap() {
        return Map.of(COLUMNS, signature, KEYS, packed, COUNT, (long) count, BYTES, (long) sizeBytes);
    }

    /** Returns the keys in the order in which they were put. */
    List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>(count);
        if (count == 0) {
            return keys;
        }
        try (InflaterInputStream inflate = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            ByteBuffer raw = ByteBuffer.wrap(inflate.readAllBytes());
            while (raw.hasRemaining()) {
                keys.add(KeyBytes.bytes(raw));
            }
            return keys;
        } catch (IOException | RuntimeException broken) {
            throw new DataException(
                    "Cannot read the stored keys of a table: they are damaged. Reset the connector's offsets that have"
                            + " 'keys' in their partition; rows that are gone already are then not told.",
                    broken);
        }
    }
}
