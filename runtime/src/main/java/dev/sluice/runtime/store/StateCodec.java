package dev.sluice.runtime.store;

import java.io.IOException;

/**
 * Translates the entries of a state topic.
 *
 * @param <K> keys; equal keys are one entry
 * @param <V> values
 */
interface StateCodec<K, V> {
    /** Returns a key's bytes; equal keys have equal bytes, or compaction would keep both. */
    byte[] keyBytes(K key);

    /** Returns a value's bytes. */
    byte[] valueBytes(V value);

    /** Returns the key of bytes; throws {@link IOException} with a reason if they are none. */
    K key(byte[] bytes) throws IOException;

    /** Returns the value of bytes; throws {@link IOException} with a reason if they are none. */
    V value(byte[] bytes) throws IOException;
}
