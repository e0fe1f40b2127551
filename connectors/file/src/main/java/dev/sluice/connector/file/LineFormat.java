package dev.sluice.connector.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Knows how line feed and carriage return look in a charset, so that lines can be told apart without decoding them.
 *
 * <p>A charset qualifies if both are one code unit of the same size (1, 2 or 4 bytes) whose bytes cannot be anything
 * else at that place: all single-byte charsets, UTF-8, the East Asian multi-byte charsets, UTF-16 and UTF-32. The units
 * of the last two are aligned to the start of the file.
 *
 * @param charset how lines are decoded
 * @param unitBytes bytes of a code unit: 1, 2 or 4
 * @param isBigEndian whether the first byte of a unit is the highest
 * @param lf the code unit of line feed
 * @param cr the code unit of carriage return
 */
record LineFormat(Charset charset, int unitBytes, boolean isBigEndian, int lf, int cr) {
    private static final int BOM = 0xfeff;

    /** Returns the format of a charset, empty if lines cannot be told apart in it; see {@link #isMarked}. */
    static Optional<LineFormat> of(Charset charset) {
        Charset concrete = isMarked(charset) ? Charset.forName(charset.name() + "BE") : charset;
        if (!concrete.canEncode()) {
            return Optional.empty();
        }
        byte[] lf = "\n".getBytes(concrete);
        byte[] cr = "\r".getBytes(concrete);
        if (lf.length != cr.length || Arrays.equals(lf, cr) || (lf.length != 1 && !isWide(concrete))) {
            return Optional.empty();
        }
        boolean isBigEndian = lf[0] == 0;
        LineFormat shape = new LineFormat(concrete, lf.length, isBigEndian, 0, 0);
        return Optional.of(new LineFormat(concrete, lf.length, isBigEndian, shape.unitAt(lf, 0), shape.unitAt(cr, 0)));
    }

    /** Returns whether a mark at the start of the file decides the byte order: {@code UTF-16} and {@code UTF-32}. */
    static boolean isMarked(Charset charset) {
        return charset.equals(StandardCharsets.UTF_16) || charset.name().equals("UTF-32");
    }

    private static boolean isWide(Charset charset) {
        return charset.name().matches("UTF-(16|32)(BE|LE)");
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** Returns whether the first unit is the byte order mark in this byte order. */
    boolean startsWithMark(byte[] bytes, int from) {
        return unitBytes > 1 && unitAt(bytes, from) == BOM;
    }

    /** Returns the same units in the other byte order. */
    LineFormat swapped() {
        String base = charset.name().substring(0, charset.name().length() - 2);
        return of(Charset.forName(base + (isBigEndian ? "LE" : "BE"))).orElseThrow();
    }

    /** Returns the code unit at a place. */
    int unitAt(byte[] bytes, int at) {
        int unit = 0;
        for (int i = 0; i < unitBytes; i++) {
            int index = isBigEndian ? at + i : at + unitBytes - 1 - i;
            unit = (unit << 8) | (bytes[index] & 0xff);
        }
        return unit;
    }

    /**
     * Returns the index of the first line feed or carriage return, or the first index at which no whole unit is left.
     *
     * @param from start of a unit
     */
    int indexOfTerminator(byte[] bytes, int from, int to) {
        if (unitBytes == 1) {
            return LineScanner.indexOfEither((byte) lf, (byte) cr, bytes, from, to);
        }
        int at = from;
        while (at + unitBytes <= to) {
            int unit = unitAt(bytes, at);
            if (unit == lf || unit == cr) {
                return at;
            }
            at += unitBytes;
        }
        return at;
    }
}
