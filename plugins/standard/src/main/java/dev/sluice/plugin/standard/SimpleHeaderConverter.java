package dev.sluice.plugin.standard;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.convert.HeaderConverter;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes header values as text in UTF-8 and guesses their type when it reads them; it has no settings.
 *
 * <p><b>Written</b>, as Kafka Connect's {@code SimpleHeaderConverter} does: strings as they are, numbers and booleans in
 * the usual way, bytes in Base64, {@code [1,"a"]}, {@code {"k":1}}, structs like maps. Days and times are
 * {@code 2024-02-29}, {@code 23:59:59.123Z} and {@code 2024-02-29T23:59:59.123Z}, always in UTC and always by their
 * type; Kafka Connect writes the host's own time, and a timestamp at midnight as a day.
 *
 * <p><b>Read</b>: null, true, false, the three temporal forms, numbers in the narrowest of int8, int16, int32, int64,
 * float32, float64 and decimal, and lists and maps of these, where strings are in quotes. All other text is a string
 * as a whole. Lists and maps whose parts have one type get a schema. Different from Kafka Connect, on purpose: text that
 * only starts like a number or a list ({@code 12,5}) stays the string that it is, escaped quotes and backslashes in quotes are
 * resolved, parts of different types and empty lists give a value without schema, and bytes that are not UTF-8 stay
 * bytes.
 */
public final class SimpleHeaderConverter implements HeaderConverter {
    @Override
    public ConfigSpec configSpec() {
        return ConfigSpec.of();
    }

    @Override
    public void configure(Config config) {}

    @Override
    public byte @Nullable [] encode(String topic, String headerKey, SchemaAndValue data) {
        Object value = data.value();
        return value == null ? null : HeaderText.of(value).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public SchemaAndValue decode(String topic, String headerKey, byte @Nullable [] bytes) {
        if (bytes == null) {
            return SchemaAndValue.NULL;
        }
        try {
            ByteBuffer text = ByteBuffer.wrap(bytes);
            return HeaderParser.parse(
                    StandardCharsets.UTF_8.newDecoder().decode(text).toString());
        } catch (CharacterCodingException notText) {
            return SchemaAndValue.of(Schema.BYTES, bytes);
        }
    }
}
