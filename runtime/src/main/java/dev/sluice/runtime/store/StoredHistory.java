package dev.sluice.runtime.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The last settings of each connector, one record a connector, so that compaction keeps it whole. */
final class StoredHistory {
    private static final String PREFIX = "sluice-history-";
    private static final String VERSIONS = "versions";
    private static final int VERSIONS_MAX = 20;

    private StoredHistory() {}

    static String key(String connector) {
        return PREFIX + connector;
    }

    /** Returns a history with one more version; the oldest ones go. Settings that are the newest already add none. */
    static List<StoredVersion> with(
            List<StoredVersion> history, StoredConnector connector, String origin, long nowMillis) {
        StoredVersion last = history.isEmpty() ? null : history.get(history.size() - 1);
        if (last != null && last.config().equals(connector.config())) {
            return history;
        }
        List<StoredVersion> longer = new ArrayList<>(history);
        longer.add(new StoredVersion(last == null ? 1 : last.version() + 1, nowMillis, origin, connector.config()));
        return longer.subList(Math.max(longer.size() - VERSIONS_MAX, 0), longer.size());
    }

    static StateTopic.Entry<String, Map<String, @Nullable Object>> entry(
            String connector, List<StoredVersion> history) {
        List<Map<String, Object>> versions = new ArrayList<>();
        for (StoredVersion version : history) {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("version", version.version());
            written.put("time", version.timeMillis());
            written.put("origin", version.origin());
            written.put("properties", new TreeMap<>(version.config()));
            versions.add(written);
        }
        return new StateTopic.Entry<>(key(connector), Map.of(VERSIONS, versions));
    }

    static List<StoredVersion> read(@Nullable Map<String, @Nullable Object> value) {
        List<StoredVersion> found = new ArrayList<>();
        if (value != null && value.get(VERSIONS) instanceof List<?> versions) {
            for (Object version : versions) {
                if (version instanceof Map<?, ?> map) {
                    found.add(version(map));
                }
            }
        }
        return List.copyOf(found);
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys.
    private static StoredVersion version(Map<?, ?> map) {
        return new StoredVersion(
                map.get("version") instanceof Number number ? number.intValue() : 0,
                map.get("time") instanceof Number time ? time.longValue() : 0,
                String.valueOf(map.get("origin")),
                ConfigStore.properties((Map<String, @Nullable Object>) map));
    }
}
