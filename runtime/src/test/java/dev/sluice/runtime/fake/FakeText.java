package dev.sluice.runtime.fake;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.ConverterRole;
import dev.sluice.api.convert.HeaderConverter;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.Headers;
import dev.sluice.api.transform.Transformation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text as UTF-8; the text {@code poison} cannot be converted. */
public class FakeText implements Converter {
    @Override
    public ConfigSpec configSpec() {
        return ConfigSpec.of();
    }

    @Override
    public void configure(Config config, ConverterRole role) {}

    @Override
    public byte @Nullable [] encode(String topic, Headers headers, SchemaAndValue data) {
        Object value = data.value();
        return value == null ? null : checked(value.toString()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public SchemaAndValue decode(String topic, Headers headers, byte @Nullable [] bytes) {
        return bytes == null
                ? SchemaAndValue.NULL
                : SchemaAndValue.string(checked(new String(bytes, StandardCharsets.UTF_8)));
    }

    /** Text as UTF-8, poison too. */
    public static final class Raw extends FakeText {
        @Override
        public byte @Nullable [] encode(String topic, Headers headers, SchemaAndValue data) {
            Object value = data.value();
            return value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String checked(String text) {
        FakeWorld.of("converter").enter("convert", text);
        if (text.equals("poison")) {
            throw new DataException("Cannot convert the text: it is poison. Leave it out.");
        }
        return text;
    }

    /** Header values as UTF-8. */
    public static final class InHeaders implements HeaderConverter {
        @Override
        public ConfigSpec configSpec() {
            return ConfigSpec.of();
        }

        @Override
        public void configure(Config config) {}

        @Override
        public byte @Nullable [] encode(String topic, String key, SchemaAndValue value) {
            return String.valueOf(value.value()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public SchemaAndValue decode(String topic, String key, byte @Nullable [] bytes) {
            return bytes == null
                    ? SchemaAndValue.NULL
                    : SchemaAndValue.string(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** Drops the value {@code drop}. */
    public static final class Dropping implements Transformation {
        @Override
        public ConfigSpec configSpec() {
            return ConfigSpec.of();
        }

        @Override
        public void configure(Config config) {}

        @Override
        public <R extends ConnectRecord<R>> @Nullable R apply(R record) {
            FakeWorld.of("transformation")
                    .enter("apply", String.valueOf(record.value().value()));
            return "drop".equals(record.value().value()) ? null : record;
        }
    }
}
