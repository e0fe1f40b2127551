package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.ConnectRecord;

/** The part of a record that a transformation works on. */
enum Part {
    KEY("key"),
    VALUE("value");

    private final String word;

    Part(String word) {
        this.word = word;
    }

    /** Returns what messages call the part. */
    String word() {
        return word;
    }

    SchemaAndValue of(ConnectRecord<?> record) {
        return this == KEY ? record.key() : record.value();
    }

    <R extends ConnectRecord<R>> R replace(R record, SchemaAndValue data) {
        return this == KEY ? record.withKey(data) : record.withValue(data);
    }
}
