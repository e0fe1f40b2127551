package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes values of one schema as JSON. */
@FunctionalInterface
interface ValueWriter {
    /** Writes a value that is not null. */
    void write(JsonGenerator out, Object value) throws IOException;
}
