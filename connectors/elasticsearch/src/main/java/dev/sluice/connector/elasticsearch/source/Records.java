package dev.sluice.connector.elasticsearch.source;

import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;

/** Makes records of documents: the id is the key, the document as it was stored is the value, unparsed. */
final class Records {
    private final SourceConfig config;
    private final Order order;

    Records(SourceConfig config, Order order) {
        this.config = config;
        this.order = order;
    }

    SourceRecord record(Shard shard, Hit hit) {
        byte[] source = hit.source();
        if (source == null) {
            throw new ConnectorException("Cannot read documents of index " + shard.index()
                    + ": it does not keep them (_source is disabled in its mapping), so only their ids are there."
                    + " Leave the index out, or fill it anew with _source enabled.");
        }
        return new SourceRecord(
                config.topic(shard.index()),
                null,
                SchemaAndValue.string(hit.id()),
                SchemaAndValue.undecoded(new Encoded(source, Encoded.JSON), JsonValues::decode),
                null,
                Headers.EMPTY,
                new SourcePosition(shard.partition(), order.after(shard, hit).offset()));
    }
}
