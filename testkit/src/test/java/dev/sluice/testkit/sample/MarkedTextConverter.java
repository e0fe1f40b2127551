package dev.sluice.testkit.sample;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.ConverterRole;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.Headers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes texts as the byte 'T' and UTF-8, and nothing else; perhaps with a flaw. */
final class MarkedTextConverter implements Converter {
    private static final String MEDIA_TYPE = "text/x-marked";

    private final ConverterFlaw flaw;

    MarkedTextConverter(ConverterFlaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public ConfigSpec configSpec() {
        return ConfigSpec.of();
    }

    @Override
    public void configure(Config config, ConverterRole role) {}

    @Override
    public byte @Nullable [] encode(String topic, Headers headers, SchemaAndValue data) {
        Optional<byte[]> passed = data.encodedAs(MEDIA_TYPE);
        if (passed.isPresent() && flaw != ConverterFlaw.CHANGES_PASSING_BYTES) {
            return passed.get();
        }
        Object value = data.value();
        if (value == null) {
            return flaw == ConverterFlaw.NULL_IS_EMPTY ? new byte[] {'T'} : null;
        }
        requireText(data.schema());
        String end = passed.isPresent() ? " " : "";
        return ("T" + value + end).getBytes(charset());
    }

    private void requireText(@Nullable Schema schema) {
        boolean isText = schema != null
                && schema.type() == SchemaType.STRING
                && schema.logicalType().map(LogicalType::schemaName).isEmpty();
        if (!isText && flaw != ConverterFlaw.WRITES_ANYTHING_AS_TEXT) {
            throw new DataException("Cannot write data as marked text: it has no string schema.");
        }
    }

    private Charset charset() {
        return flaw == ConverterFlaw.MANGLES_TEXT ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
    }

    @Override
    public SchemaAndValue decode(String topic, Headers headers, byte @Nullable [] bytes) {
        if (bytes == null) {
            return SchemaAndValue.NULL;
        }
        if ((bytes.length == 0 || bytes[0] != 'T') && flaw != ConverterFlaw.READS_FOREIGN_BYTES) {
            throw new DataException("Cannot read bytes as marked text: they do not begin with T.");
        }
        String text = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
        return flaw == ConverterFlaw.FORGETS_THE_SCHEMA
                ? SchemaAndValue.schemaless(text)
                : SchemaAndValue.of(Schema.STRING.optional(), text);
    }

    @Override
    public Optional<String> mediaType() {
        return flaw == ConverterFlaw.NO_MEDIA_TYPE ? Optional.empty() : Optional.of(MEDIA_TYPE);
    }
}
