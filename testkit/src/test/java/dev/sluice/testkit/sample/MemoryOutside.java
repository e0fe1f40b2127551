package dev.sluice.testkit.sample;

import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.RecordCoordinates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The outside of the sample connectors: named lists of entries. */
final class MemoryOutside {
    private static final Map<String, MemoryOutside> BY_NAME = new ConcurrentHashMap<>();

    record Entry(@Nullable Object key, String text) {}

    private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
    private final Set<RecordCoordinates> seen = Collections.synchronizedSet(new HashSet<>());
    private volatile boolean broken;
    private volatile boolean lost;

    static MemoryOutside named(String name) {
        return BY_NAME.computeIfAbsent(name, ignored -> new MemoryOutside());
    }

    void add(@Nullable Object key, String text) {
        if (broken) {
            throw new RetriableException("Cannot write: the outside is broken.");
        }
        entries.add(new Entry(key, text));
    }

    /** Adds an entry unless one of the same origin was added before. */
    void addOnce(RecordCoordinates origin, @Nullable Object key, String text) {
        if (!seen.contains(origin)) {
            add(key, text);
            seen.add(origin);
        }
    }

    void remove(@Nullable Object key) {
        entries.removeIf(entry -> entry.key() != null && entry.key().equals(key));
    }

    void breakDown() {
        broken = true;
    }

    void mend() {
        broken = lost;
    }

    /** From now on mending helps no more. */
    void refuseForGood() {
        lost = true;
    }

    void clear() {
        entries.clear();
        seen.clear();
    }

    List<String> texts() {
        return List.copyOf(entries).stream().map(Entry::text).toList();
    }
}
