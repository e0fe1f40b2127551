package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.Header;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.plugin.standard.KafkaTwin;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.header.ConnectHeaders;

/** Records of ours as Kafka Connect's. */
final class KafkaRecords {
    private KafkaRecords() {}

    static org.apache.kafka.connect.connector.ConnectRecord<?> twin(ConnectRecord<?> record) {
        ConnectHeaders headers = new ConnectHeaders();
        for (Header header : record.headers()) {
            SchemaAndValue value = header.value();
            headers.add(header.key(), KafkaTwin.value(value.schema(), value.value()), KafkaTwin.schema(value.schema()));
        }
        var keySchema = KafkaTwin.schema(record.key().schema());
        Object key = KafkaTwin.value(record.key().schema(), record.key().value());
        var valueSchema = KafkaTwin.schema(record.value().schema());
        Object value = KafkaTwin.value(record.value().schema(), record.value().value());
        if (record instanceof SinkRecord sink) {
            return new org.apache.kafka.connect.sink.SinkRecord(
                    sink.topic(),
                    sink.partition(),
                    keySchema,
                    key,
                    valueSchema,
                    value,
                    sink.origin().offset(),
                    sink.timestampMillis(),
                    TimestampType.CREATE_TIME,
                    headers);
        }
        return new org.apache.kafka.connect.source.SourceRecord(
                Map.of(),
                Map.of(),
                record.topic(),
                record.partition(),
                keySchema,
                key,
                valueSchema,
                value,
                record.timestampMillis(),
                headers);
    }
}
