package dev.sluice.connector.elasticsearch.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.MapSchema;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.testkit.Generated;
import dev.sluice.testkit.GeneratedData;
import dev.sluice.testkit.server.StoredDocument;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a record holds, the server has it afterwards: compared with a model of the documented forms. */
final class RoundTripIT {
    private static final TestingElasticsearch SERVER = TestingElasticsearch.shared();
    private static final int DOCUMENTS = 20;

    @Test
    void serversHaveWhatRecordsHold() {
        Generated.rounds(12, generated -> {
            String index = SERVER.freshIndex("round");
            SERVER.put("/" + index, "{\"mappings\":{\"enabled\":false}}");
            try (ServerWriting writing = new ServerWriting(SERVER, index, "schema.ignore", "true")) {
                GeneratedData data = data(generated);
                List<SinkRecord> records = new ArrayList<>();
                for (int i = 0; i < DOCUMENTS; i++) {
                    Schema schema = data.schema(SchemaType.STRUCT);
                    records.add(writing.record("k" + (100 + i), SchemaAndValue.of(schema, data.value(schema))));
                }
                for (JsonNode item : writing.write(records)) {
                    assertThat(item.path("status").asInt()).as(item.toString()).isEqualTo(201);
                }
                List<StoredDocument> documents = SERVER.documents(index);
                for (int i = 0; i < DOCUMENTS; i++) {
                    SchemaAndValue value = records.get(i).value();
                    assertThat(plain(documents.get(i).json())).isEqualTo(model(value.schema(), value.value()));
                }
            }
        });
    }

    /** Names that no server takes are refused with the record, and fail nothing else. */
    @Test
    void everySchemaIsMappedOrRefused() {
        Generated.rounds(25, generated -> {
            try (ServerWriting writing =
                    new ServerWriting(SERVER, SERVER.freshIndex("mapped"), "schema.drift", "evolve")) {
                GeneratedData data = data(generated);
                Schema schema = data.schema(SchemaType.STRUCT);
                SchemaAndValue value = SchemaAndValue.of(schema, data.value(schema));
                if (writing.outcome("k", value) instanceof Outcome.Refused refused) {
                    assertThat(refused.reason()).hasMessageStartingWith("Cannot create index mapped-");
                } else {
                    assertThat(writing.write("k", value).path("status").asInt()).isIn(201, 400);
                }
            }
        });
    }

    private static GeneratedData data(Generated generated) {
        return new GeneratedData(generated, EnumSet.allOf(SchemaType.class), EnumSet.allOf(LogicalType.class));
    }

    private static @Nullable Object plain(JsonNode json) {
        if (json.isNumber()) {
            return json.decimalValue().stripTrailingZeros();
        }
        if (json.isObject()) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            json.properties().forEach(each -> members.put(each.getKey(), plain(each.getValue())));
            return members;
        }
        if (json.isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            json.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (json.isBoolean()) {
            return json.asBoolean();
        }
        return json.isNull() ? null : json.asText();
    }

    private static @Nullable Object model(@Nullable Schema schema, @Nullable Object value) {
        if (value == null || schema == null) {
            return value;
        }
        return schema.logicalType().isPresent()
                ? logical(schema.logicalType().get(), value)
                : switch (schema.type()) {
                    case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64 -> number(value);
                    case BOOLEAN, STRING -> value;
                    case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
                    case ARRAY -> list(((ArraySchema) schema).items(), (List<?>) value);
                    case MAP -> map((MapSchema) schema, (Map<?, ?>) value);
                    case STRUCT -> struct((StructSchema) schema, (Struct) value);
                };
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString()).stripTrailingZeros();
    }

    private static Object logical(LogicalType type, Object value) {
        return switch (type) {
            case DECIMAL -> number(((BigDecimal) value).doubleValue());
            case DATE -> value.toString();
            case TIME -> number(((LocalTime) value).toNanoOfDay() / 1_000_000);
            case MICRO_TIME -> number(((LocalTime) value).toNanoOfDay() / 1_000);
            case TIMESTAMP -> number(((Instant) value).toEpochMilli());
            case MICRO_TIMESTAMP -> number(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
        };
    }

    private static Object list(Schema items, List<?> list) {
        List<@Nullable Object> plain = new ArrayList<>();
        list.forEach(item -> plain.add(model(items, item)));
        return plain;
    }

    private static Object map(MapSchema schema, Map<?, ?> map) {
        if (schema.keys().type() == SchemaType.STRING && !schema.keys().isOptional()) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((key, value) -> members.put((String) key, model(schema.values(), value)));
            return members;
        }
        List<Object> entries = new ArrayList<>();
        map.forEach((key, value) -> {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("key", model(schema.keys(), key));
            entry.put("value", model(schema.values(), value));
            entries.add(entry);
        });
        return entries;
    }

    private static Object struct(StructSchema schema, Struct struct) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (Field field : schema.fields()) {
            members.put(field.name(), model(field.schema(), struct.get(field.index())));
        }
        return members;
    }
}
