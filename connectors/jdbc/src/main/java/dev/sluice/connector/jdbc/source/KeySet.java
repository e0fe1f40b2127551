package dev.sluice.connector.jdbc.source;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which of many keys live, in 16 bytes for each. Short keys stand there themselves, longer ones as half of their SHA-256: two
 * of some million keys have the same with a probability of 10<sup>-25</sup>.
 *
 * <p>Open addressing with linear probing, two thirds full at most.
 */
final class KeySet {
    private static final int SHORT_BYTES = 15;
    private static final byte HASHED = (byte) 0xff;

    private final MessageDigest sha256;
    private final BitSet living = new BitSet();
    private long[] words;
    private int size;

    KeySet(int expectedCount) {
        this.words = new long[2 * Integer.highestOneBit(Math.max(16, expectedCount) * 3)];
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Adds a key; returns whether it was not there before. */
    @CanIgnoreReturnValue
    boolean add(byte[] key) {
        int before = size;
        int slot = slot(key);
        return size > before && slot >= 0;
    }

    /** Adds a key that lives; returns whether it was not there before. */
    boolean live(byte[] key) {
        int before = size;
        living.set(slot(key));
        return size > before;
    }

    /** Returns whether a key was said to live. */
    boolean isLiving(byte[] key) {
        return living.get(slot(key));
    }

    /** Returns where a key stands, after putting it there. */
    private int slot(byte[] key) {
        byte[] sixteen = Arrays.copyOf(key, 16);
        if (key.length > SHORT_BYTES) {
            sixteen = Arrays.copyOf(sha256.digest(key), 16);
            sixteen[SHORT_BYTES] = HASHED;
        } else {
            sixteen[SHORT_BYTES] = (byte) (key.length + 1);
        }
        ByteBuffer two = ByteBuffer.wrap(sixteen);
        return slot(two.getLong(), two.getLong());
    }

    private int slot(long high, long low) {
        int mask = words.length / 2 - 1;
        int slot = (int) mixed(high, low) & mask;
        while (words[2 * slot + 1] != 0) {
            if (words[2 * slot] == high && words[2 * slot + 1] == low) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        if (3L * (size + 1) > mask * 2L) {
            grow();
            return slot(high, low);
        }
        words[2 * slot] = high;
        words[2 * slot + 1] = low;
        size++;
        return slot;
    }

    /** Spreads keys that differ in a few bits over all bits: the last step of MurmurHash3. */
    private static long mixed(long high, long low) {
        long mixed = high ^ (low * 0x9E3779B97F4A7C15L);
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }

    private void grow() {
        long[] old = words;
        BitSet wasLiving = (BitSet) living.clone();
        words = new long[old.length * 2];
        size = 0;
        living.clear();
        for (int i = 0; i < old.length / 2; i++) {
            if (old[2 * i + 1] != 0) {
                living.set(slot(old[2 * i], old[2 * i + 1]), wasLiving.get(i));
            }
        }
    }
}
