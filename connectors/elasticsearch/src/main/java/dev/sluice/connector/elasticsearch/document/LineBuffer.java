package dev.sluice.connector.elasticsearch.document;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of bulk lines as they are put together; grows, and is used again for the next record. One thread. */
final class LineBuffer extends OutputStream {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** What a buffer may keep for the next record: one huge record must not hold its memory for ever. */
    private static final int KEPT_MAX = 1 << 20;

    private byte[] bytes = new byte[4096];
    private int size;

    /** Forgets what was written. */
    void clear() {
        size = 0;
        if (bytes.length > KEPT_MAX) {
            bytes = new byte[4096];
        }
    }

    int size() {
        return size;
    }

    /** Forgets what was written from this size on. */
    void cut(int newSize) {
        size = newSize;
    }

    @Override
    public void write(int one) {
        room(1);
        bytes[size++] = (byte) one;
    }

    @Override
    public void write(byte[] more) {
        write(more, 0, more.length);
    }

    @Override
    public void write(byte[] more, int start, int length) {
        room(length);
        System.arraycopy(more, start, bytes, size, length);
        size += length;
    }

    /** Writes text as it is, in UTF-8. */
    void plain(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a text of JSON with its quotes. */
    void text(String text) {
        room(text.length() * 6 + 2);
        bytes[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each >= 0x80) {
                i += beyondAscii(text, i, each);
            } else if (each < 0x20 || each == '"' || each == '\\') {
                escaped(each);
            } else {
                bytes[size++] = (byte) each;
            }
        }
        bytes[size++] = '"';
    }

    /** Returns how many more characters it took. A half of a surrogate pair, which is no text, becomes U+FFFD. */
    private int beyondAscii(String text, int at, char each) {
        int point = text.codePointAt(at);
        if (Character.isSurrogate(each) && point < 0x10000) {
            point = 0xFFFD;
        }
        if (point < 0x800) {
            bytes[size++] = (byte) (0xC0 | (point >> 6));
        } else {
            if (point < 0x10000) {
                bytes[size++] = (byte) (0xE0 | (point >> 12));
            } else {
                bytes[size++] = (byte) (0xF0 | (point >> 18));
                bytes[size++] = (byte) (0x80 | (point >> 12 & 0x3F));
            }
            bytes[size++] = (byte) (0x80 | (point >> 6 & 0x3F));
        }
        bytes[size++] = (byte) (0x80 | (point & 0x3F));
        return point < 0x10000 ? 0 : 1;
    }

    private void escaped(char each) {
        bytes[size++] = '\\';
        if (each >= 0x20) {
            bytes[size++] = (byte) each;
            return;
        }
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[each >> 4];
        bytes[size++] = HEX[each & 0xF];
    }

    /** Writes a whole number. */
    void number(long number) {
        if (number < 0) {
            plain(Long.toString(number));
            return;
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        room(digits);
        long rest = number;
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int)
                    Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
    }

    /** Returns a copy of what was written from there on. */
    ByteBuffer copyFrom(int start) {
        return ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, size));
    }
}
