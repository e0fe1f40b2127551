package dev.sluice.api.convert;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.plugin.Plugin;
import org.jspecify.annotations.Nullable;

/** Translates header values between the data model and bytes; life cycle and thread as for {@link Converter}. */
public interface HeaderConverter extends Plugin {
    /** Returns the settings, without the prefix {@code header.converter.}. */
    @Override
    ConfigSpec configSpec();

    /** Takes the settings, already checked. */
    void configure(Config config);

    /**
     * Returns the bytes of a header's value, or null for null.
     *
     * @throws dev.sluice.api.error.DataException if the value cannot be written in this format
     */
    byte @Nullable [] encode(String topic, String headerKey, SchemaAndValue data);

    /**
     * Returns the value of a header's bytes; null bytes give null.
     *
     * @throws dev.sluice.api.error.DataException if the bytes are not in this format
     */
    SchemaAndValue decode(String topic, String headerKey, byte @Nullable [] bytes);

    /** Lets go of what the converter holds; the last call. */
    @Override
    default void close() {}
}
