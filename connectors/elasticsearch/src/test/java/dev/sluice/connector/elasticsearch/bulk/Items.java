package dev.sluice.connector.elasticsearch.bulk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes items for tests. Their origin is the body, by which the test knows them. */
final class Items {
    private Items() {}

    static BulkItem<String> versioned(String id, long version, String body) {
        return index(id, ",\"version_type\":\"external\",\"version\":" + version, body, true);
    }

    static BulkItem<String> plain(String id, String body) {
        return index(id, "", body, false);
    }

    private static BulkItem<String> index(String id, String more, String body, boolean isVersioned) {
        String action = "{\"index\":{\"_index\":\"testing\",\"_id\":\"" + id + "\"" + more + "}}\n";
        return new BulkItem<>(id, isVersioned, List.of(bytes(action), bytes(body), bytes("\n")), body);
    }

    static BulkItem<String> delete(String id, long version, String origin) {
        String action = "{\"delete\":{\"_index\":\"testing\",\"_id\":\"" + id
                + "\",\"version_type\":\"external\",\"version\":" + version + "}}\n";
        return new BulkItem<>(id, false, List.of(bytes(action)), origin);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
