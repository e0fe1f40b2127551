package dev.sluice.plugin.standard.json;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@link JsonConverter}, with Kafka Connect's names and defaults.
 *
 * @param schemasEnabled whether every text carries its schema
 * @param cacheSize the number of schemas for which writers and readers are kept
 * @param schemaContent the schema of all texts read, as JSON in UTF-8, or null for none; nobody changes it
 * @param decimalFormat how decimals are written
 * @param replacesNullWithDefault whether null becomes the schema's default value
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, when the converter is configured.
record JsonConverterConfig(
        boolean schemasEnabled,
        int cacheSize,
        byte @Nullable [] schemaContent,
        DecimalFormat decimalFormat,
        boolean replacesNullWithDefault) {
    static final ConfigKey<Boolean> SCHEMAS_ENABLE = ConfigKey.bool("schemas.enable")
            .defaultsTo(true)
            .doc("Whether every text is an envelope of schema and payload. Switch it off for plain JSON.")
            .importance(Importance.HIGH)
            .group("Schemas")
            .width(Width.MEDIUM)
            .displayName("Enable schemas");

    static final ConfigKey<Integer> CACHE_SIZE = ConfigKey.integer("schemas.cache.size")
            .defaultsTo(1000)
            .check(Check.atLeast(0))
            .doc("How many schemas the converter keeps ready, for writing and for reading each.")
            .importance(Importance.HIGH)
            .group("Schemas")
            .width(Width.MEDIUM)
            .displayName("Schema cache size");

    static final ConfigKey<String> SCHEMA_CONTENT = ConfigKey.string("schema.content")
            .optional()
            .doc("A schema in JSON that holds for every text read, which then is the payload alone. It needs"
                    + " schemas.enable=true and does not change what is written. Empty means none.")
            .importance(Importance.HIGH)
            .group("Schemas")
            .width(Width.MEDIUM)
            .displayName("Schema content");

    static final ConfigKey<String> DECIMAL_FORMAT = ConfigKey.string("decimal.format")
            .defaultsTo(DecimalFormat.BASE64.name())
            .check(Check.oneOfIgnoringCase(DecimalFormat.BASE64.name(), DecimalFormat.NUMERIC.name()))
            .doc("How decimals are written: BASE64 as bytes, NUMERIC as numbers. Both are always read.")
            .importance(Importance.LOW)
            .group("Serialization")
            .width(Width.MEDIUM)
            .displayName("Decimal format");

    static final ConfigKey<Boolean> REPLACE_NULL = ConfigKey.bool("replace.null.with.default")
            .defaultsTo(true)
            .doc("Whether null is replaced by the default value of its schema, when writing and when reading.")
            .importance(Importance.LOW)
            .group("Serialization")
            .width(Width.MEDIUM)
            .displayName("Replace null with default");

    static final ConfigSpec SPEC =
            ConfigSpec.of(SCHEMAS_ENABLE, CACHE_SIZE, SCHEMA_CONTENT, DECIMAL_FORMAT, REPLACE_NULL);

    static JsonConverterConfig of(Config config) {
        return new JsonConverterConfig(
                config.get(SCHEMAS_ENABLE),
                config.get(CACHE_SIZE),
                config.find(SCHEMA_CONTENT)
                        .filter(text -> !text.isBlank())
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .orElse(null),
                DecimalFormat.valueOf(config.get(DECIMAL_FORMAT).trim().toUpperCase(Locale.ROOT)),
                config.get(REPLACE_NULL));
    }
}
