package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the values of one schema. */
@FunctionalInterface
interface ValueReader {
    /**
     * Reads the value whose first token is the current one, and stops at its last token.
     *
     * @throws dev.sluice.api.error.DataException if the tokens do not fit the schema
     */
    @Nullable
    Object read(JsonParser in) throws IOException;
}
