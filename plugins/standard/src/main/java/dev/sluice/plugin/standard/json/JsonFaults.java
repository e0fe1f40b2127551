package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.sluice.api.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Words what is wrong with a JSON text, by position. The parser's own messages quote the text, so they appear neither in
 * the message nor as cause.
 */
final class JsonFaults {
    private JsonFaults() {}

    static DataException malformed(Exception failure) {
        String position = failure instanceof JsonProcessingException json && json.getLocation() != null
                ? " " + position(json.getLocation())
                : "";
        return new DataException("Cannot read JSON: " + reason(failure) + position + ". Check what wrote the record, or"
                + " choose the converter of its format.");
    }

    private static String reason(Exception failure) {
        if (failure instanceof JsonEOFException) {
            return "the text breaks off";
        }
        if (failure instanceof StreamConstraintsException limit) {
            // Such messages hold sizes and limits only.
            return "the text passes a limit of the parser (" + limit.getOriginalMessage() + ")";
        }
        String message = failure instanceof JsonProcessingException json ? json.getOriginalMessage() : null;
        return message != null && message.startsWith("Invalid UTF-8")
                ? "the text is not valid UTF-8"
                : "the text is not well-formed";
    }

    /** Says that the current value does not fit its schema. */
    static DataException unfit(JsonParser in, Place place, String found, String expected) {
        return new DataException("Cannot read " + place + " from JSON: it is " + found + " " + position(in)
                + ", expected " + expected + ". Send data that fits the schema.");
    }

    static DataException unfit(JsonParser in, Place place, String expected) {
        return unfit(in, place, kind(in.currentToken()), expected);
    }

    /** Says where the current token starts. */
    static String position(JsonParser in) {
        return position(in.currentTokenLocation());
    }

    private static String position(JsonLocation at) {
        String lineAndColumn = "at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return at.getByteOffset() < 0 ? lineAndColumn : lineAndColumn + " (byte " + at.getByteOffset() + ")";
    }

    static String kind(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "nothing";
        };
    }
}
