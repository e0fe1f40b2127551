package dev.sluice.connector.jdbc.type;

import dev.sluice.api.error.DataException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects text in UTF-8: either plain, or as fields of PostgreSQL's COPY text format, in which tabs, line ends and backslashes
 * are escaped. Grows to its largest contents and is used again. One thread.
 */
public final class TextBuffer {
    private static final byte[] NULL = {'\\', 'N'};
    private static final byte[] DIGIT_TENS = new byte[100];
    private static final byte[] DIGIT_ONES = new byte[100];
    /** What follows the backslash, for characters below 32 and the backslash; 0 for all that stand for themselves. */
    private static final byte[] ESCAPES = new byte[128];

    static {
        for (int i = 0; i < 100; i++) {
            DIGIT_TENS[i] = (byte) ('0' + i / 10);
            DIGIT_ONES[i] = (byte) ('0' + i % 10);
        }
        ESCAPES['\b'] = 'b';
        ESCAPES['\f'] = 'f';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES[11] = 'v';
        ESCAPES['\\'] = '\\';
    }

    private final boolean escapes;
    private byte[] bytes;
    private int size;

    private TextBuffer(boolean escapes, int capacity) {
        this.escapes = escapes;
        this.bytes = new byte[capacity];
    }

    /** Returns a buffer that escapes what COPY would misread. */
    public static TextBuffer ofCopy(int capacity) {
        return new TextBuffer(true, capacity);
    }

    /** Returns a buffer that takes texts as they are. */
    static TextBuffer plain() {
        return new TextBuffer(false, 64);
    }

    /** Returns the bytes, of which the first {@link #size} count; shared. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns how many bytes there are. */
    public int size() {
        return size;
    }

    /** Takes back all that was added since there were so many bytes. */
    public void truncate(int newSize) {
        size = newSize;
    }

    /** Adds a byte as it is. */
    public void raw(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Adds the mark of null. */
    public void nothing() {
        room(NULL.length);
        bytes[size++] = NULL[0];
        bytes[size++] = NULL[1];
    }

    /** Adds characters below 128 none of which needs an escape. */
    @SuppressWarnings("deprecation") // The one way to copy ASCII without looking at each character.
    void ascii(String text) {
        int length = text.length();
        room(length);
        text.getBytes(0, length, bytes, size);
        size += length;
    }

    /** Adds a whole number. */
    void number(long value) {
        if (value == Long.MIN_VALUE) {
            ascii(Long.toString(value));
            return;
        }
        room(20);
        long left = value;
        if (left < 0) {
            bytes[size++] = '-';
            left = -left;
        }
        int digits = digits(left);
        int at = size + digits;
        while (left >= 100) {
            int pair = (int) (left % 100);
            left /= 100;
            bytes[--at] = DIGIT_ONES[pair];
            bytes[--at] = DIGIT_TENS[pair];
        }
        if (left >= 10) {
            bytes[--at] = DIGIT_ONES[(int) left];
            bytes[--at] = DIGIT_TENS[(int) left];
        } else {
            bytes[--at] = (byte) ('0' + left);
        }
        size += digits;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long limit = 10; digits < 19 && value >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }

    /** Adds a number of 0 to 99 in two digits. */
    void twoDigits(int value) {
        room(2);
        bytes[size++] = DIGIT_TENS[value];
        bytes[size++] = DIGIT_ONES[value];
    }

    /**
     * Adds a text.
     *
     * @throws DataException if it holds U+0000 or half of a surrogate pair, which no column can hold; the message is a clause
     */
    void text(String text) {
        int length = text.length();
        room(length * 2);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                i += wide(text, i, c);
                room(2 * (length - i));
            } else if (escapes && ESCAPES[c] != 0) {
                bytes[size++] = '\\';
                bytes[size++] = ESCAPES[c];
            } else if (c == 0) {
                throw new DataException("it holds the character U+0000, which no text of PostgreSQL can");
            } else {
                bytes[size++] = (byte) c;
            }
        }
    }

    /** Adds a character above 127; returns how many more characters of the text it took. */
    private int wide(String text, int index, char c) {
        room(4);
        if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | (c >> 6));
            bytes[size++] = (byte) (0x80 | (c & 0x3F));
            return 0;
        }
        if (!Character.isSurrogate(c)) {
            bytes[size++] = (byte) (0xE0 | (c >> 12));
            bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            bytes[size++] = (byte) (0x80 | (c & 0x3F));
            return 0;
        }
        int point = text.codePointAt(index);
        if (point < 0x10000) {
            throw new DataException("it holds half of a surrogate pair, which is no character");
        }
        bytes[size++] = (byte) (0xF0 | (point >> 18));
        bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[size++] = (byte) (0x80 | (point & 0x3F));
        return 1;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    /** Returns the contents as text. */
    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
