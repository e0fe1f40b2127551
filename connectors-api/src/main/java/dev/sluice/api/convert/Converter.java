package dev.sluice.api.convert;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.record.Headers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates keys or values between the data model and the bytes in the log.
 *
 * <p>Life cycle: constructor without arguments, {@link #configure} once, any number of {@link #encode} and
 * {@link #decode}, {@link #close}. All calls come from one task's thread.
 */
public interface Converter extends Plugin {
    /** Returns the settings, without the prefix {@code key.converter.} or {@code value.converter.}. */
    @Override
    ConfigSpec configSpec();

    /** Takes the settings, already checked, and the part of the record that this instance serves. */
    void configure(Config config, ConverterRole role);

    /**
     * Returns the bytes for the log, or null for null (an absent key, a tombstone).
     *
     * <p>Data that is still encoded in this converter's own {@link #mediaType()} should be passed through as it is.
     *
     * @param headers the record's headers; a converter that keeps its schema reference there is given the final ones
     * @throws dev.sluice.api.error.DataException if the data cannot be written in this format
     */
    byte @Nullable [] encode(String topic, Headers headers, SchemaAndValue data);

    /**
     * Returns the data of bytes from the log; null bytes give null.
     *
     * @throws dev.sluice.api.error.DataException if the bytes are not in this format
     */
    SchemaAndValue decode(String topic, Headers headers, byte @Nullable [] bytes);

    /**
     * Returns the media type of the bytes that this configured converter reads and writes, if they mean the same without
     * it: such bytes may travel undecoded to a task that accepts the type. Empty (the default) if they need the converter.
     */
    default Optional<String> mediaType() {
        return Optional.empty();
    }

    /** Lets go of what the converter holds; the last call. */
    @Override
    default void close() {}
}
