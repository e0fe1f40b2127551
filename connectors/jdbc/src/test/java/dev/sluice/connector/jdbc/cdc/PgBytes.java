package dev.sluice.connector.jdbc.cdc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes messages as PostgreSQL does, byte by byte. */
final class PgBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    static PgBytes of(char kind) {
        return new PgBytes().byte1(kind);
    }

    PgBytes byte1(int value) {
        return write(() -> out.writeByte(value));
    }

    PgBytes int16(int value) {
        return write(() -> out.writeShort(value));
    }

    PgBytes int32(int value) {
        return write(() -> out.writeInt(value));
    }

    PgBytes int64(long value) {
        return write(() -> out.writeLong(value));
    }

    PgBytes string(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8)).byte1(0);
    }

    PgBytes raw(byte[] more) {
        return write(() -> out.write(more));
    }

    /** Writes a tuple of texts; null is null. */
    PgBytes tuple(@Nullable String... texts) {
        int16(texts.length);
        for (String text : texts) {
            if (text == null) {
                byte1('n');
            } else {
                byte[] value = text.getBytes(StandardCharsets.UTF_8);
                byte1('t').int32(value.length).raw(value);
            }
        }
        return this;
    }

    byte[] array() {
        return bytes.toByteArray();
    }

    PgMessage decoded() {
        return PgOutput.decode(ByteBuffer.wrap(array()));
    }

    private PgBytes write(Writing writing) {
        try {
            writing.write();
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private interface Writing {
        void write() throws IOException;
    }
}
