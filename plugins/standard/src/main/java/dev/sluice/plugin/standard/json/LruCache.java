package dev.sluice.plugin.standard.json;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps a bounded number of entries; the one not used for longest leaves first. */
final class LruCache<K, V> extends LinkedHashMap<K, V> {
    private final transient int entryCountMax;

    LruCache(int entryCountMax) {
        super(16, 0.75f, true);
        this.entryCountMax = entryCountMax;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > entryCountMax;
    }
}
