package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads any value into maps, lists, strings, longs, doubles, booleans and null; members keep their order. */
final class SchemalessReader implements ValueReader {
    static final SchemalessReader INSTANCE = new SchemalessReader();

    private SchemalessReader() {}

    @Override
    public @Nullable Object read(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> map(in);
            case START_ARRAY -> list(in);
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NumberReaders.schemaless(in);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("Cannot read a value: the parser stands at " + in.currentToken() + ".");
        };
    }

    /** Where a name stands twice, the last one wins. */
    private Map<String, @Nullable Object> map(JsonParser in) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        String name;
        while ((name = in.nextFieldName()) != null) {
            in.nextToken();
            map.put(name, read(in));
        }
        return map;
    }

    private List<@Nullable Object> list(JsonParser in) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(in));
        }
        return list;
    }
}
