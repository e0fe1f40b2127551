package dev.sluice.connector.elasticsearch.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a document that is JSON already, only as far as a bulk request depends on it: one object, on one line.
 *
 * <p>A line feed may stand between the tokens of JSON, but ends a line of a bulk request, so that all lines behind it would be taken
 * for something else. Within a text it is no JSON. Whether the rest is JSON is left to the server, which refuses a broken document of an
 * index operation alone. Costs one pass, 8 bytes at a time.
 */
final class JsonBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private JsonBytes() {}

    /** Returns whether the bytes are the JSON null, or nothing, as converters read them. */
    static boolean isNull(byte[] json) {
        if (json.length == 0) {
            return true;
        }
        return json.length < 64
                && new String(json, StandardCharsets.ISO_8859_1).strip().equals("null");
    }

    /**
     * Returns the object on one line, the same bytes if they can stay as they are.
     *
     * @return null if they are no object
     */
    static @Nullable ByteBuffer line(byte[] json) {
        int start = start(json);
        int end = end(json, start);
        if (end - start < 2 || json[start] != '{' || json[end - 1] != '}') {
            return null;
        }
        int lineFeed = lineFeed(json, start, end);
        return lineFeed < 0 ? ByteBuffer.wrap(json, start, end - start) : unfolded(json, start, end, lineFeed);
    }

    /**
     * Returns whether a member may have this name, at any depth: a cheap look that is true too often rather than too seldom. Names with
     * ASCII characters written as escapes count as every name.
     */
    static boolean mayName(ByteBuffer json, byte[] quotedName) {
        byte[] bytes = json.array();
        int end = json.arrayOffset() + json.limit();
        for (int at = json.arrayOffset() + json.position(); at < end; at++) {
            if (bytes[at] == '\\' && isAsciiEscape(bytes, at, end)) {
                return true;
            }
            if (bytes[at] == '"'
                    && at + quotedName.length <= end
                    && Arrays.equals(bytes, at, at + quotedName.length, quotedName, 0, quotedName.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAsciiEscape(byte[] bytes, int at, int end) {
        return at + 4 < end
                && bytes[at + 1] == 'u'
                && bytes[at + 2] == '0'
                && bytes[at + 3] == '0'
                && bytes[at + 4] < '8';
    }

    /** Returns whether a line is an object without members. */
    static boolean isEmptyObject(ByteBuffer line) {
        for (int at = line.position() + 1; at < line.limit(); at++) {
            if (!isBlank(line.get(at))) {
                return line.get(at) == '}';
            }
        }
        return true;
    }

    /** Behind a byte order mark, which Kafka's converters take, and blanks. */
    private static int start(byte[] json) {
        int at = json.length > 2 && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB && json[2] == (byte) 0xBF ? 3 : 0;
        while (at < json.length && isBlank(json[at])) {
            at++;
        }
        return at;
    }

    private static int end(byte[] json, int start) {
        int end = json.length;
        while (end > start && isBlank(json[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean isBlank(byte each) {
        return each == ' ' || each == '\n' || each == '\r' || each == '\t';
    }

    /** Returns where the first line feed stands, or -1: the zero bytes of x ^ 0x0A0A… are found as Hacker's Delight does. */
    static int lineFeed(byte[] json, int start, int end) {
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long feeds = (long) LONGS.get(json, at) ^ LINE_FEEDS;
            if ((feeds - ONES & ~feeds & HIGHS) != 0) {
                break;
            }
        }
        for (; at < end; at++) {
            if (json[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** Writes blanks for line feeds; null if one stands within a text, where it must not. */
    private static @Nullable ByteBuffer unfolded(byte[] json, int start, int end, int firstFeed) {
        byte[] line = new byte[end - start];
        System.arraycopy(json, start, line, 0, line.length);
        boolean isText = false;
        for (int at = 0; at < line.length; at++) {
            byte each = line[at];
            if (each == '"') {
                isText = !isText;
            } else if (each == '\\' && isText) {
                at++;
            }
            if (at + start >= firstFeed && at < line.length && line[at] == '\n') {
                if (isText) {
                    return null;
                }
                line[at] = ' ';
            }
        }
        return ByteBuffer.wrap(line);
    }
}
