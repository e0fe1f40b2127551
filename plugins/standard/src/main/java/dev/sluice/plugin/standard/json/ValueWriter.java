package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the values of one schema. */
@FunctionalInterface
interface ValueWriter {
    /**
     * Writes one value.
     *
     * @throws dev.sluice.api.error.DataException if the value does not fit the schema
     */
    void write(JsonGenerator out, @Nullable Object value) throws IOException;
}
