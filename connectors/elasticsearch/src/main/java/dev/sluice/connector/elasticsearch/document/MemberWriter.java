package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes values of one schema as JSON, also those that are missing. */
@FunctionalInterface
interface MemberWriter {
    /** Writes a value, or what stands for null. */
    void write(JsonGenerator out, @Nullable Object value) throws IOException;
}
