package dev.sluice.connector.elasticsearch.source;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import java.io.IOException;

/** Reads a document where somebody looks into it: maps, lists, strings, longs, doubles, booleans and null. */
final class JsonValues {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private JsonValues() {}

    static SchemaAndValue decode(byte[] json) {
        try {
            return SchemaAndValue.schemaless(JSON.readValue(json, Object.class));
        } catch (IOException wrong) {
            throw new DataException("Cannot read a document as JSON: " + wrong.getMessage(), wrong);
        }
    }
}
