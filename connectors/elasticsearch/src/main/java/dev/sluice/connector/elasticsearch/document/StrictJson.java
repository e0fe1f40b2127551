package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sluice.api.error.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that will stand inside an update request, as strictly as servers do.
 *
 * <p>Servers read updates before they divide a bulk request, so that one which cannot be read fails all others with it. A document of an
 * index operation is read where its shard is, and fails alone; it is not read here.
 */
final class StrictJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private StrictJson() {}

    /** Throws if the bytes are not exactly one object. */
    static void require(ByteBuffer json) {
        try (JsonParser parser =
                JSON.createParser(json.array(), json.arrayOffset() + json.position(), json.remaining())) {
            parser.nextToken();
            parser.skipChildren();
            if (parser.currentToken() == null || parser.nextToken() != null) {
                throw broken("it goes on behind its end, or ends before it", null);
            }
        } catch (IOException malformed) {
            // Its own message quotes the document.
            throw broken(malformed.getClass().getSimpleName(), malformed);
        }
    }

    private static DataException broken(String why, @Nullable Throwable cause) {
        return new DataException(
                "Cannot change a document by the value: it is no JSON that servers read (" + why
                        + "). Correct it where it is made.",
                cause);
    }
}
