package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.sluice.api.error.DataException;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The one configuration of parser and generator. Leading zeros are read, as Kafka Connect reads them. */
final class Json {
    /** No separator between root values, because one generator writes one record after the other. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .rootValueSeparator((String) null)
            .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private Json() {}

    static JsonParser parser(byte[] bytes, int from, int to) throws IOException {
        return FACTORY.createParser(bytes, from, to - from);
    }

    static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /**
     * Reads the one value that fills a range of bytes.
     *
     * @throws DataException if there is nothing, or something behind the value
     */
    static @Nullable Object readWhole(ValueReader reader, byte[] bytes, int from, int to) throws IOException {
        try (JsonParser in = parser(bytes, from, to)) {
            if (in.nextToken() == null) {
                throw new DataException("Cannot read JSON: the text is empty, expected a value.");
            }
            Object value = reader.read(in);
            requireEnd(in);
            return value;
        }
    }

    /** Refuses anything but white space behind the value just read. */
    static void requireEnd(JsonParser in) throws IOException {
        if (in.nextToken() != null) {
            throw new DataException("Cannot read JSON: a second value starts " + JsonFaults.position(in)
                    + ", expected one value. Write one record for each value.");
        }
    }
}
