package dev.sluice.connector.elasticsearch.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a search.
 *
 * @param hits the documents, in their order
 * @param isWhole whether it lists documents, if only none, and all shards answered in time; if not, documents may be missing
 */
record Page(List<Hit> hits, boolean isWhole) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads an answer as a stream; the documents themselves are cut out, not parsed. */
    static Page parse(byte[] answer) throws IOException {
        List<Hit> hits = new ArrayList<>();
        boolean isWhole = true;
        boolean hasList = false;
        try (JsonParser in = JSON.createParser(answer)) {
            requireObject(in);
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if (name.equals("hits") && value == JsonToken.START_OBJECT) {
                    hasList |= readHits(in, answer, hits);
                } else if (name.equals("timed_out")) {
                    isWhole &= value != JsonToken.VALUE_TRUE;
                } else if (name.equals("_shards") && value == JsonToken.START_OBJECT) {
                    isWhole &= failedShards(in) == 0;
                } else {
                    in.skipChildren();
                }
            }
        }
        return new Page(hits, isWhole && hasList);
    }

    private static void requireObject(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("The answer to a search is no JSON object.");
        }
    }

    private static long failedShards(JsonParser in) throws IOException {
        long failed = 0;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            if (in.nextToken() == JsonToken.VALUE_NUMBER_INT && name.equals("failed")) {
                failed = in.getLongValue();
            } else {
                in.skipChildren();
            }
        }
        return failed;
    }

    /** Returns whether there is a list of documents. */
    private static boolean readHits(JsonParser in, byte[] answer, List<Hit> hits) throws IOException {
        boolean hasList = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean isList = in.currentName().equals("hits");
            if (in.nextToken() == JsonToken.START_ARRAY && isList) {
                hasList = true;
                while (in.nextToken() == JsonToken.START_OBJECT) {
                    hits.add(readHit(in, answer));
                }
            } else {
                in.skipChildren();
            }
        }
        return hasList;
    }

    private static Hit readHit(JsonParser in, byte[] answer) throws IOException {
        String id = "";
        long seqNo = -1;
        byte[] source = null;
        Object sort = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            switch (name) {
                case "_id" -> id = in.getText();
                case "_seq_no" -> seqNo = in.getLongValue();
                case "_source" -> source = cut(in, answer);
                case "sort" -> sort = readFirst(in, value);
                default -> in.skipChildren();
            }
        }
        return new Hit(id, seqNo, source, sort);
    }

    /** Returns the bytes of the value that the parser is at, and moves to its end. */
    private static byte[] cut(JsonParser in, byte[] answer) throws IOException {
        int from = (int) in.currentTokenLocation().getByteOffset();
        in.skipChildren();
        return Arrays.copyOfRange(answer, from, (int) in.currentLocation().getByteOffset());
    }

    private static @Nullable Object readFirst(JsonParser in, JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            in.skipChildren();
            return null;
        }
        Object first = scalar(in, in.nextToken());
        while (in.nextToken() != JsonToken.END_ARRAY) {
            in.skipChildren();
        }
        return first;
    }

    private static @Nullable Object scalar(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
            default -> null;
        };
    }
}
