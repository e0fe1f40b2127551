package dev.sluice.connector.elasticsearch.bulk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the answer to a bulk request as a stream. Pure functions. */
final class BulkAnswer {
    private static final byte[] ALL_DONE = "{\"errors\":false,\"items\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STATUS = "\"status\":".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();

    /** What an error says. */
    private record ErrorWords(String type, String reason) {
        static final ErrorWords NONE = new ErrorWords("", "");
    }

    private BulkAnswer() {}

    /**
     * Returns the results of the items in their order; empty if all were carried out.
     *
     * @param body the answer
     * @param count how many items were sent
     * @throws IOException if this is no answer to so many items, so that nobody knows what became of them
     */
    static List<ItemResult> results(byte[] body, int count) throws IOException {
        if (isAllDone(body, count)) {
            return List.of();
        }
        try (JsonParser parser = JSON.createParser(body)) {
            return parsed(parser, count);
        } catch (JsonProcessingException malformed) {
            throw new IOException("The answer to a bulk request cannot be used: it is cut or no JSON.", malformed);
        }
    }

    /** A scan for the one shape that nearly all answers have; the parser says the same of it, at several times the cost. */
    private static boolean isAllDone(byte[] body, int count) {
        if (body.length < ALL_DONE.length
                || Arrays.mismatch(body, 0, ALL_DONE.length, ALL_DONE, 0, ALL_DONE.length) >= 0) {
            return false;
        }
        int found = 0;
        int end = body.length - STATUS.length;
        for (int i = ALL_DONE.length; i <= end; i++) {
            if (body[i] == '"' && Arrays.equals(body, i, i + STATUS.length, STATUS, 0, STATUS.length)) {
                found++;
                i += STATUS.length;
            }
        }
        return found == count && body[body.length - 1] == '}';
    }

    private static List<ItemResult> parsed(JsonParser parser, int count) throws IOException {
        List<ItemResult> results = new ArrayList<>(count);
        boolean hasItems = false;
        require(parser.nextToken() == JsonToken.START_OBJECT, "it is no object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isItems = parser.currentName().equals("items");
            JsonToken value = parser.nextToken();
            if (isItems && value == JsonToken.START_ARRAY) {
                hasItems = true;
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    results.add(item(parser));
                }
            } else {
                parser.skipChildren();
            }
        }
        require(hasItems, "it lists no items");
        require(results.size() == count, "it is about " + results.size() + " items, " + count + " were sent");
        return results;
    }

    private static void require(boolean isSo, String otherwise) throws IOException {
        if (!isSo) {
            throw new IOException("The answer to a bulk request cannot be used: " + otherwise + ".");
        }
    }

    /** Reads {@code {"index":{"status":…,"error":…}}}. */
    private static ItemResult item(JsonParser parser) throws IOException {
        int status = 0;
        ErrorWords error = ErrorWords.NONE;
        parser.nextToken();
        boolean isUpdate = "update".equals(parser.currentName());
        require(parser.nextToken() == JsonToken.START_OBJECT, "an item is no object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("status")) {
                status = parser.getIntValue();
            } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
                error = error(parser);
            } else if (name.equals("error")) {
                error = new ErrorWords("error", parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        parser.nextToken();
        require(status != 0, "an item has no status");
        ItemResult result = ItemResult.of(status, error.type(), error.reason());
        return isUpdate ? result.ofUpdate() : result;
    }

    /** Reads type and reason, and the reasons of its causes, which often say more. */
    private static ErrorWords error(JsonParser parser) throws IOException {
        String type = "";
        String reason = "";
        String cause = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type")) {
                type = parser.getText();
            } else if (name.equals("reason")) {
                reason = value == JsonToken.VALUE_NULL ? "" : parser.getText();
            } else if (name.equals("caused_by") && value == JsonToken.START_OBJECT) {
                cause = error(parser).reason();
            } else {
                parser.skipChildren();
            }
        }
        boolean says = !cause.isEmpty() && !reason.contains(cause);
        return new ErrorWords(type, says ? reason + " (" + cause + ")" : reason);
    }
}
