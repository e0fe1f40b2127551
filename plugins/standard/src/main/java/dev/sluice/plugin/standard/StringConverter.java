package dev.sluice.plugin.standard;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.ConverterRole;
import dev.sluice.api.convert.HeaderConverter;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.Headers;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes text in a charset, UTF-8 by default, and reads it with the optional string schema. Null stays null,
 * without a schema, so that it stays a tombstone for every converter.
 *
 * <p>Other values are written as Kafka Connect's {@code StringConverter} writes them: numbers in digits, {@code [a, b]},
 * {@code {k=v}}, {@code Struct{field=value}} without fields that are null. Days and times are ISO 8601 here. Bytes are
 * refused, because that converter writes the number of a Java object in their place. What the charset cannot express
 * is written as its replacement, mostly {@code ?}, and malformed bytes are read as U+FFFD; neither fails.
 */
public final class StringConverter implements Converter, HeaderConverter {
    private static final Schema SCHEMA = Schema.STRING.optional();

    private static final ConfigKey<String> ENCODING = ConfigKey.string("converter.encoding")
            .defaultsTo("UTF-8")
            .check(Check.of("the name of a charset that this Java knows, such as UTF-8", StringConverter::isCharset))
            .doc("The charset of the text.")
            .importance(Importance.HIGH);

    private static final ConfigSpec SPEC = ConfigSpec.of(ENCODING);

    private Charset charset = StandardCharsets.UTF_8;

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name.trim());
        } catch (IllegalCharsetNameException illegal) {
            return false;
        }
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config, ConverterRole role) {
        configure(config);
    }

    @Override
    public void configure(Config config) {
        charset = Charset.forName(config.get(ENCODING).trim());
    }

    @Override
    public Optional<String> mediaType() {
        return charset.equals(StandardCharsets.UTF_8) ? Optional.of(Encoded.UTF8_TEXT) : Optional.empty();
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
        if (charset.equals(StandardCharsets.UTF_8)) {
            Optional<byte[]> text = data.encodedAs(Encoded.UTF8_TEXT);
            if (text.isPresent()) {
                return text.get();
            }
        }
        Object value = data.value();
        if (value == null) {
            return null;
        }
        return (value instanceof String text ? text : PlainText.of(value)).getBytes(charset);
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
        return bytes == null ? SchemaAndValue.NULL : SchemaAndValue.of(SCHEMA, new String(bytes, charset));
    }

    @Override
    public void close() {}
}
