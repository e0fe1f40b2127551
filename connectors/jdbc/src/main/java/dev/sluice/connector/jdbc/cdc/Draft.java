package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;

/**
 * A record that has no position yet.
 *
 * @param topic where it goes
 * @param key its key
 * @param value its value
 * @param timestampMillis when it happened
 * @param headers its headers
 */
record Draft(String topic, SchemaAndValue key, SchemaAndValue value, long timestampMillis, Headers headers) {
    SourceRecord at(SourcePosition position) {
        return new SourceRecord(topic, null, key, value, timestampMillis, headers, position);
    }
}
