package dev.sluice.connector.jdbc.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the values of a key as bytes. */
final class KeyBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(32);

    @CanIgnoreReturnValue
    KeyBytes add(byte value) {
        out.write(value);
        return this;
    }

    /** Adds a number in as few bytes as it needs, as Protocol Buffers' sint64. */
    @CanIgnoreReturnValue
    KeyBytes addWhole(long value) {
        return addVarint((value << 1) ^ (value >> 63));
    }

    private KeyBytes addVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    @CanIgnoreReturnValue
    KeyBytes addText(String text) {
        return addBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes behind their length. */
    @CanIgnoreReturnValue
    KeyBytes addBytes(byte[] bytes) {
        addVarint(bytes.length).out.writeBytes(bytes);
        return this;
    }

    byte[] toArray() {
        return out.toByteArray();
    }

    static long whole(ByteBuffer in) {
        long value = varint(in);
        return (value >>> 1) ^ -(value & 1);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[Math.toIntExact(varint(in))];
        in.get(bytes);
        return bytes;
    }
}
