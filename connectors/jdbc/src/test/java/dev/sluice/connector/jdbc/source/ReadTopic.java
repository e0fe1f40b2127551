package dev.sluice.connector.jdbc.source;

import dev.sluice.api.data.Struct;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A topic that a source task fills, as its readers see it. Keys are texts of the key's columns. */
final class ReadTopic {
    private final List<SourceRecord> records = new ArrayList<>();
    private int tombstoneCount;

    /** Takes what one poll returns and stores its positions. */
    void poll(SourceTaskHarness task) {
        task.commit(pollUnstored(task));
    }

    /** Takes what one poll returns; its positions are not stored, as if the worker were killed just before that. */
    List<SourceRecord> pollUnstored(SourceTaskHarness task) {
        List<SourceRecord> polled = task.poll();
        records.addAll(polled);
        tombstoneCount +=
                (int) polled.stream().filter(record -> record.value().isNull()).count();
        return polled;
    }

    int size() {
        return records.size();
    }

    /** Returns how many of them are tombstones. */
    int tombstoneCount() {
        return tombstoneCount;
    }

    static String key(SourceRecord record) {
        Struct key = (Struct) Objects.requireNonNull(record.key().value(), "a key");
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < key.schema().fields().size(); i++) {
            Object part = key.get(i);
            parts.add(part instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(part));
        }
        return String.join("|", parts);
    }

    /** Returns the last value of a column under each key, as compaction leaves it. */
    Map<String, Object> compacted(String column) {
        Map<String, Object> living = new TreeMap<>();
        for (SourceRecord record : records) {
            if (record.value().isNull()) {
                living.remove(key(record));
            } else {
                living.put(key(record), Objects.requireNonNull(RowValues.field(record, column)));
            }
        }
        return living;
    }

    /** Returns the keys of tombstones, in order. */
    List<String> tombstones() {
        return records.stream()
                .filter(record -> record.value().isNull())
                .map(ReadTopic::key)
                .toList();
    }
}
