package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the mapping that a schema wants differs from the one that an index has. Pure.
 *
 * @param missing properties that the index does not have, as they would be added
 * @param missingPaths their paths
 * @param conflicts paths of fields whose type takes no such values, with both types in words
 */
record Difference(ObjectNode missing, Set<String> missingPaths, Map<String, String> conflicts) {
    private static final Set<String> NUMBERS = Set.of(
            "byte", "short", "integer", "long", "unsigned_long", "float", "half_float", "double", "scaled_float");
    private static final Set<String> WHOLE = Set.of("byte", "short", "integer", "long", "unsigned_long");
    private static final Set<String> TEXTS =
            Set.of("text", "match_only_text", "keyword", "constant_keyword", "wildcard", "search_as_you_type");

    /** Compares properties. */
    static Difference of(JsonNode wanted, JsonNode actual) {
        Set<String> missingPaths = new TreeSet<>();
        Map<String, String> conflicts = new LinkedHashMap<>();
        ObjectNode missing = compare(wanted, actual, "", missingPaths, conflicts);
        return new Difference(missing, missingPaths, conflicts);
    }

    boolean isNone() {
        return missingPaths.isEmpty() && conflicts.isEmpty();
    }

    /** Returns all in words. */
    String words() {
        StringBuilder words = new StringBuilder();
        if (!missingPaths.isEmpty()) {
            words.append("it has no field ").append(String.join(", ", missingPaths));
        }
        conflicts.forEach((path, types) -> words.append(words.length() == 0 ? "" : "; ")
                .append("field ")
                .append(path)
                .append(" is ")
                .append(types));
        return words.toString();
    }

    private static ObjectNode compare(
            JsonNode wanted, JsonNode actual, String prefix, Set<String> missingPaths, Map<String, String> conflicts) {
        ObjectNode missing = JsonNodeFactory.instance.objectNode();
        wanted.properties().forEach(each -> {
            String path = prefix + each.getKey();
            JsonNode ours = each.getValue();
            JsonNode theirs = find(actual, each.getKey());
            if (theirs.isMissingNode()) {
                missing.set(each.getKey(), ours);
                missingPaths.add(path);
            } else if (ours.has("properties") && theirs.has("properties")) {
                ObjectNode inner = compare(
                        ours.path("properties"), theirs.path("properties"), path + ".", missingPaths, conflicts);
                if (!inner.isEmpty()) {
                    ObjectNode outer = missing.putObject(each.getKey());
                    if (theirs.has("type")) {
                        outer.set("type", theirs.get("type"));
                    }
                    outer.set("properties", inner);
                }
            } else if (!takes(theirs, ours)) {
                conflicts.put(path, type(theirs) + " there and " + type(ours) + " in the schema");
            }
        });
        return missing;
    }

    /** Finds a property; servers make objects of names with dots. */
    private static JsonNode find(JsonNode properties, String name) {
        JsonNode whole = properties.path(name);
        int dot = name.indexOf('.');
        if (!whole.isMissingNode() || dot < 0) {
            return whole;
        }
        return find(properties.path(name.substring(0, dot)).path("properties"), name.substring(dot + 1));
    }

    private static String type(JsonNode mapping) {
        return mapping.path("type").asText("object");
    }

    /** Whether values of our type may stand in a field of theirs. What is not known is left to the server. */
    private static boolean takes(JsonNode theirs, JsonNode ours) {
        String field = type(theirs);
        String value = type(ours);
        if (field.equals(value) || !theirs.path("enabled").asBoolean(true)) {
            return true;
        }
        boolean isObjectField = field.equals("object")
                || field.equals("nested")
                || field.equals("flattened")
                || field.equals("flat_object");
        boolean isObjectValue = value.equals("object") || value.equals("nested");
        if (isObjectField || isObjectValue) {
            return isObjectField && isObjectValue;
        }
        if (TEXTS.contains(field) || TEXTS.contains(value)) {
            return true; // Every plain value can be a text; whether a text is a number, a day or an address is seen
            // only in it.
        }
        if (WHOLE.contains(value)) {
            return NUMBERS.contains(field) || field.startsWith("date");
        }
        if (NUMBERS.contains(value)) {
            return NUMBERS.contains(field) && !WHOLE.contains(field);
        }
        if (value.equals("date")) {
            return field.startsWith("date") || field.equals("long");
        }
        return !Set.of("boolean", "binary", "date").contains(field) && !NUMBERS.contains(field);
    }
}
