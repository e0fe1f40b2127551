package dev.sluice.plugin.standard.json;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.ConverterRole;
import dev.sluice.api.convert.HeaderConverter;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.Headers;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates between the data model and JSON, with or without a schema in every text.
 *
 * <p>Settings and bytes are those of Kafka Connect's {@code JsonConverter}, of which {@code schemas.enable=true} is the
 * default here too. A worker that is given no converter at all uses this one with {@code schemas.enable=false}.
 *
 * <p><b>Written.</b> With schemas, the envelope {@code {"schema":…,"payload":…}}; without, the value alone. Data without
 * schema and value gives null (a tombstone); null with a schema gives {@code null} in JSON, or the default. Bytes are
 * Base64; maps whose keys are not strings are arrays of pairs; NaN and the infinities are strings. Data that is JSON
 * already passes through unchanged where schemas are off.
 *
 * <p><b>Read.</b> Without schema, whole numbers are int64, all others float64, objects maps in the order of the text. Of
 * members with the same name the last one counts; members that the schema does not know are passed over. Leading zeros
 * and UTF-16 are understood. Nesting deeper than 1,000 and numbers longer than 1,000 characters are refused. An empty
 * text is null where schemas are off.
 *
 * <p>It is stricter than Kafka Connect where that one changes data silently:
 *
 * <ul>
 *   <li>A number that does not fit its schema's type, or a value of another kind, is refused; Kafka Connect wraps numbers
 *       around, cuts fractions, and reads other kinds as 0, false or null.
 *   <li>A whole number beyond int64 without schema is read as the nearest float64, one beyond float64 is refused; Kafka
 *       Connect keeps the low 64 bits, or reads infinity.
 *   <li>Text behind the value is refused; Kafka Connect drops it.
 *   <li>{@code "NaN"} and {@code "Infinity"} under a float schema are read as what was written; Kafka Connect reads 0.
 *   <li>Of a byte buffer the remaining bytes are written; Kafka Connect writes the whole array behind it.
 *   <li>A decimal given as a number gets the schema's scale where no digit is lost, so that it can be written again.
 * </ul>
 */
public final class JsonConverter implements Converter, HeaderConverter {
    private static final byte[] NOTHING = {};
    private static final byte[] ENVELOPE_END = {'}'};

    private final JsonOutput output = new JsonOutput();
    private @Nullable Ready ready;

    /** Everything that the settings decide. */
    private record Ready(
            JsonConverterConfig settings,
            SchemaPlans plans,
            EnvelopeReader envelopes,
            @Nullable FixedSchema fixed) {}

    private record FixedSchema(@Nullable Schema schema, ValueReader reader) {}

    @Override
    public ConfigSpec configSpec() {
        return JsonConverterConfig.SPEC;
    }

    @Override
    public void configure(Config config, ConverterRole role) {
        configure(config);
    }

    @Override
    public void configure(Config config) {
        JsonConverterConfig settings = JsonConverterConfig.of(config);
        ValueReaders readers = new ValueReaders(settings.replacesNullWithDefault());
        ready = new Ready(
                settings,
                new SchemaPlans(settings, output),
                new EnvelopeReader(readers, settings.cacheSize()),
                settings.schemasEnabled() ? fixedSchema(settings, readers) : null);
    }

    private static @Nullable FixedSchema fixedSchema(JsonConverterConfig settings, ValueReaders readers) {
        byte[] content = settings.schemaContent();
        if (content == null) {
            return null;
        }
        try {
            Schema schema = (Schema) Json.readWhole(in -> SchemaReader.read(in, readers), content, 0, content.length);
            return schema == null ? null : new FixedSchema(schema, readers.reader(schema));
        } catch (IOException malformed) {
            throw notSchema(JsonFaults.malformed(malformed));
        } catch (DataException noSchema) {
            throw notSchema(noSchema);
        }
    }

    private static ConfigException notSchema(DataException reason) {
        return new ConfigException(
                JsonConverterConfig.SCHEMA_CONTENT,
                "Cannot use the value of schema.content: it is no schema in JSON. " + reason.getMessage());
    }

    @Override
    public Optional<String> mediaType() {
        return ready().settings().schemasEnabled() ? Optional.empty() : Optional.of(Encoded.JSON);
    }

    @Override
    public byte @Nullable [] encode(String topic, Headers headers, SchemaAndValue data) {
        return encode(data);
    }

    @Override
    public byte @Nullable [] encode(String topic, String headerKey, SchemaAndValue data) {
        return encode(data);
    }

    private byte @Nullable [] encode(SchemaAndValue data) {
        Ready now = ready();
        boolean hasEnvelope = now.settings().schemasEnabled();
        if (!hasEnvelope) {
            Optional<byte[]> json = data.encodedAs(Encoded.JSON);
            if (json.isPresent()) {
                return json.get();
            }
        }
        Schema schema = data.schema();
        Object value = data.value();
        if (schema == null && value == null) {
            return null;
        }
        SchemaPlans.Plan plan = now.plans().plan(schema);
        return output.write(plan.start(), plan.writer(), value, hasEnvelope ? ENVELOPE_END : NOTHING);
    }

    @Override
    public SchemaAndValue decode(String topic, Headers headers, byte @Nullable [] bytes) {
        return decode(bytes);
    }

    @Override
    public SchemaAndValue decode(String topic, String headerKey, byte @Nullable [] bytes) {
        return decode(bytes);
    }

    private SchemaAndValue decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return SchemaAndValue.NULL;
        }
        Ready now = ready();
        try {
            if (!now.settings().schemasEnabled()) {
                return SchemaAndValue.schemaless(readSchemaless(bytes));
            }
            FixedSchema fixed = now.fixed();
            return fixed == null
                    ? now.envelopes().read(bytes)
                    : SchemaAndValue.of(fixed.schema(), Json.readWhole(fixed.reader(), bytes, 0, bytes.length));
        } catch (IOException malformed) {
            throw JsonFaults.malformed(malformed);
        }
    }

    private static @Nullable Object readSchemaless(byte[] bytes) throws IOException {
        return bytes.length == 0 ? null : Json.readWhole(SchemalessReader.INSTANCE, bytes, 0, bytes.length);
    }

    private Ready ready() {
        Ready now = ready;
        if (now == null) {
            throw new IllegalStateException("Cannot convert: configure was not called before.");
        }
        return now;
    }

    @Override
    public void close() {
        output.close();
    }
}
