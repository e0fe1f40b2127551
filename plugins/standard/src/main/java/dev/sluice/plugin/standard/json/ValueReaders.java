package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.MapSchema;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the readers of schemas: once per schema, so that reading a value asks the schema nothing. */
final class ValueReaders {
    private final boolean replacesNullWithDefault;

    ValueReaders(boolean replacesNullWithDefault) {
        this.replacesNullWithDefault = replacesNullWithDefault;
    }

    /** Returns the reader of a schema, or that of any schemaless value for null. */
    ValueReader reader(@Nullable Schema schema) {
        return schema == null ? SchemalessReader.INSTANCE : reader(schema, Place.ROOT);
    }

    ValueReader reader(Schema schema, Place place) {
        ValueReader present = LogicalType.of(schema)
                .map(logical -> logicalReader(schema, logical, place))
                .orElseGet(() -> plainReader(schema, place));
        Object replacement = replacement(schema);
        boolean acceptsNull = replacement != null || schema.isOptional();
        return in -> {
            if (in.currentToken() != JsonToken.VALUE_NULL) {
                return present.read(in);
            }
            if (!acceptsNull) {
                throw JsonFaults.unfit(in, place, schema.type().wireName() + " (the schema is required)");
            }
            return replacement;
        };
    }

    /** Returns what stands for null: the default value or null. */
    @Nullable
    Object replacement(Schema schema) {
        return replacesNullWithDefault ? schema.defaultValue() : null;
    }

    private ValueReader logicalReader(Schema schema, LogicalType logical, Place place) {
        if (logical == LogicalType.DECIMAL) {
            return decimalReader(schema, place);
        }
        ValueReader base = plainReader(Schema.of(logical.baseType()), place);
        return in -> {
            Object value = base.read(in);
            return value == null ? null : richValue(schema, logical, value, in, place);
        };
    }

    private static Object richValue(Schema schema, LogicalType logical, Object value, JsonParser in, Place place) {
        try {
            return logical.fromBase(schema, value);
        } catch (DataException outOfRange) {
            throw JsonFaults.unfit(in, place, "a number out of range", schema.name() + "");
        }
    }

    private static ValueReader decimalReader(Schema schema, Place place) {
        int scale = LogicalType.scale(schema);
        return in -> switch (in.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NumberReaders.scaled(in.getDecimalValue(), scale);
            case VALUE_STRING -> decimal(schema, bytes(in, place), in, place);
            default -> throw JsonFaults.unfit(in, place, "a number, or bytes in Base64");
        };
    }

    private static BigDecimal decimal(Schema schema, byte[] bytes, JsonParser in, Place place) {
        if (bytes.length == 0) {
            throw JsonFaults.unfit(in, place, "an empty string", "the bytes of a decimal in Base64");
        }
        return (BigDecimal) LogicalType.DECIMAL.fromBase(schema, bytes);
    }

    private ValueReader plainReader(Schema schema, Place place) {
        return switch (schema.type()) {
            case INT8 -> in -> (byte) NumberReaders.whole(in, place, Byte.MIN_VALUE, Byte.MAX_VALUE, "int8");
            case INT16 -> in -> (short) NumberReaders.whole(in, place, Short.MIN_VALUE, Short.MAX_VALUE, "int16");
            case INT32 -> in -> (int) NumberReaders.whole(in, place, Integer.MIN_VALUE, Integer.MAX_VALUE, "int32");
            case INT64 -> in -> NumberReaders.whole(in, place, Long.MIN_VALUE, Long.MAX_VALUE, "int64");
            case FLOAT32 -> in -> NumberReaders.single(in, place);
            case FLOAT64 -> in -> NumberReaders.twofold(in, place);
            case BOOLEAN -> in -> truth(in, place);
            case STRING -> in -> text(in, place);
            case BYTES -> in -> bytes(in, place);
            case ARRAY -> arrayReader((ArraySchema) schema, place);
            case MAP -> mapReader((MapSchema) schema, place);
            case STRUCT -> new StructReader((StructSchema) schema, this, place);
        };
    }

    private static Boolean truth(JsonParser in, Place place) {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> throw JsonFaults.unfit(in, place, "boolean");
        };
    }

    private static String text(JsonParser in, Place place) throws IOException {
        require(in, JsonToken.VALUE_STRING, place, "string");
        return in.getText();
    }

    private static byte[] bytes(JsonParser in, Place place) throws IOException {
        require(in, JsonToken.VALUE_STRING, place, "bytes in Base64");
        try {
            return in.getBinaryValue();
        } catch (JsonProcessingException notBase64) {
            throw JsonFaults.unfit(in, place, "another string", "bytes in Base64");
        }
    }

    private ValueReader arrayReader(ArraySchema schema, Place place) {
        ValueReader items = reader(schema.items(), place.part("[]"));
        return in -> {
            require(in, JsonToken.START_ARRAY, place, "array");
            List<@Nullable Object> list = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                list.add(items.read(in));
            }
            return list;
        };
    }

    private ValueReader mapReader(MapSchema schema, Place place) {
        ValueReader values = reader(schema.values(), place.part("{}"));
        if (schema.keys().type() == SchemaType.STRING) {
            return in -> object(in, values, place);
        }
        ValueReader keys = reader(schema.keys(), place.part("{key}"));
        return in -> pairs(in, keys, values, place);
    }

    private static Map<String, @Nullable Object> object(JsonParser in, ValueReader values, Place place)
            throws IOException {
        require(in, JsonToken.START_OBJECT, place, "an object, which a map with string keys is");
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        String name;
        while ((name = in.nextFieldName()) != null) {
            in.nextToken();
            map.put(name, values.read(in));
        }
        return map;
    }

    private static Map<@Nullable Object, @Nullable Object> pairs(
            JsonParser in, ValueReader keys, ValueReader values, Place place) throws IOException {
        require(in, JsonToken.START_ARRAY, place, "an array of pairs, which a map without string keys is");
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            require(in, JsonToken.START_ARRAY, place.part("{}"), "an array of key and value");
            Object key = part(in, keys, place);
            map.put(key, part(in, values, place));
            if (in.nextToken() != JsonToken.END_ARRAY) {
                throw JsonFaults.unfit(in, place.part("{}"), "an array of more than two", "an array of key and value");
            }
        }
        return map;
    }

    private static @Nullable Object part(JsonParser in, ValueReader reader, Place place) throws IOException {
        if (in.nextToken() == JsonToken.END_ARRAY) {
            throw JsonFaults.unfit(in, place.part("{}"), "an array of less than two", "an array of key and value");
        }
        return reader.read(in);
    }

    static void require(JsonParser in, JsonToken token, Place place, String expected) {
        if (in.currentToken() != token) {
            throw JsonFaults.unfit(in, place, expected);
        }
    }
}
