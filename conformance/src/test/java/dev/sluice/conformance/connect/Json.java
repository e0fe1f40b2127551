package dev.sluice.conformance.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** JSON as this package reads it, compares it and writes it for people. */
final class Json {
    private static final int COLUMNS = 118;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Reads a body: missing if there is none, a text if it is no JSON. */
    static JsonNode body(String text) {
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException other) {
            return TextNode.valueOf(text);
        }
    }

    /** Reads a resource of this package's folder. */
    static JsonNode resource(String name) {
        try (InputStream in = Json.class.getResourceAsStream("/connect/" + name)) {
            if (in == null) {
                throw new AssertionError("There is no resource connect/" + name + ".");
            }
            return MAPPER.readTree(in);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot read connect/" + name + ".", failed);
        }
    }

    /** Writes a value so that it can be read and compared line by line: on one line what fits there. */
    static String pretty(JsonNode node) {
        return pretty(node, "") + "\n";
    }

    private static String pretty(JsonNode node, String indent) {
        String line = node.toString();
        if (!node.isContainerNode() || indent.length() + line.length() <= COLUMNS) {
            return line;
        }
        String deeper = indent + "  ";
        List<String> parts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> parts.add(deeper + pretty(element, deeper)));
        } else {
            node.properties()
                    .forEach(field -> parts.add(
                            deeper + TextNode.valueOf(field.getKey()) + ": " + pretty(field.getValue(), deeper)));
        }
        String open = node.isArray() ? "[" : "{";
        String close = node.isArray() ? "]" : "}";
        return open + "\n" + String.join(",\n", parts) + "\n" + indent + close;
    }
}
