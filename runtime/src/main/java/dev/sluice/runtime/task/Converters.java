package dev.sluice.runtime.task;

import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.HeaderConverter;
import dev.sluice.runtime.plugin.LoadedPlugin;

/**
 * The configured converters of one task.
 *
 * @param key for keys
 * @param value for values
 * @param header for the values of headers
 */
public record Converters(
        LoadedPlugin<Converter> key, LoadedPlugin<Converter> value, LoadedPlugin<HeaderConverter> header)
        implements AutoCloseable {
    /** Closes all, also where one fails; the first failure is thrown in the end. */
    @Override
    public void close() {
        Closing closing = new Closing();
        closing.close(key);
        closing.close(value);
        closing.close(header);
        closing.throwFirst();
    }
}
