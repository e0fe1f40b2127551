package dev.sluice.runtime.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the body of a request, token by token, so that each fault and each value has its place. */
final class JsonText {
    /** How Jackson names the place where something begins that does not end; the source that it names is always the body. */
    private static final Pattern START_MARKER =
            Pattern.compile("\\(start marker at \\[Source: [^;]*; (line: \\d+, column: \\d+)\\]\\)");

    private static final int DEPTH_MAX = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();

    private JsonText() {}

    /**
     * Reads one value.
     *
     * @throws Refusal if the bytes are no JSON, or more follows behind it
     */
    static JsonValue parse(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(bytes)) {
            parser.nextToken();
            JsonValue value = value(parser, "");
            if (parser.nextToken() != null) {
                throw fault(parser.currentTokenLocation(), "more follows behind the end of the JSON");
            }
            return value;
        } catch (JsonProcessingException e) {
            String why = START_MARKER.matcher(e.getOriginalMessage()).replaceAll("(it begins at $1)");
            throw fault(e.getLocation(), why);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory should be readable", e);
        }
    }

    private static JsonValue value(JsonParser parser, String path) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw fault(parser.currentLocation(), "it ends where a value was expected");
        }
        JsonValue.Position position = position(parser.currentTokenLocation());
        return switch (token) {
            case START_OBJECT ->
                new JsonValue(JsonValue.Kind.OBJECT, path, "", fields(parser, path), List.of(), position);
            case START_ARRAY ->
                new JsonValue(JsonValue.Kind.LIST, path, "", Map.of(), elements(parser, path), position);
            case VALUE_STRING -> scalar(JsonValue.Kind.TEXT, path, parser.getText(), position);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                scalar(JsonValue.Kind.NUMBER, path, parser.getText(), position);
            case VALUE_TRUE, VALUE_FALSE -> scalar(JsonValue.Kind.FLAG, path, parser.getText(), position);
            case VALUE_NULL -> scalar(JsonValue.Kind.NULL, path, "", position);
            default -> throw fault(parser.currentTokenLocation(), "a value was expected, not " + token);
        };
    }

    private static JsonValue scalar(JsonValue.Kind kind, String path, String text, JsonValue.Position position) {
        return new JsonValue(kind, path, text, Map.of(), List.of(), position);
    }

    private static Map<String, JsonValue> fields(JsonParser parser, String path) throws IOException {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser, path.isEmpty() ? name : path + "." + name));
        }
        return fields;
    }

    private static List<JsonValue> elements(JsonParser parser, String path) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    private static JsonValue.Position position(JsonLocation location) {
        return new JsonValue.Position(location.getLineNr(), location.getColumnNr());
    }

    private static Refusal fault(JsonLocation location, String why) {
        return Refusal.of(400, "Cannot read the body as JSON, " + position(location) + ": " + why + ".")
                .with("line", location.getLineNr())
                .with("column", location.getColumnNr())
                .with("fix", "Correct the JSON there.");
    }
}
