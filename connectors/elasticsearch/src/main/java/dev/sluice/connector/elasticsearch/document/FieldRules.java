package dev.sluice.connector.elasticsearch.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a value stand in the document, and under which names. For the fields on the outermost level.
 *
 * @param topic the topic that they hold for
 * @param included only these; empty for all
 * @param excluded not these
 * @param renamed names in the document by names of fields
 */
record FieldRules(String topic, List<Choice> included, List<Choice> excluded, Map<String, String> renamed) {
    static final FieldRules ALL = new FieldRules("", List.of(), List.of(), Map.of());

    FieldRules {
        included = List.copyOf(included);
        excluded = List.copyOf(excluded);
        renamed = Map.copyOf(renamed);
    }

    /**
     * Names fields: by name or expression, of one topic or of all.
     *
     * @param topic an expression for topics, or null for all
     * @param field the field's name, or an expression
     */
    record Choice(@Nullable Pattern topic, String field) {
        /** Reads {@code field} or {@code topic:field}. */
        static Choice of(String text) {
            int colon = text.indexOf(':');
            return colon < 0
                    ? new Choice(null, text)
                    : new Choice(Pattern.compile(text.substring(0, colon)), text.substring(colon + 1));
        }

        boolean names(String topicName, String fieldName) {
            return (topic == null || topic.matcher(topicName).matches())
                    && (field.equals(fieldName) || (topic != null && fieldName.matches(field)));
        }
    }

    /** Reads lists of settings; {@code renames} are {@code field:name}. */
    static FieldRules of(List<String> included, List<String> excluded, List<String> renames) {
        Map<String, String> renamed = new LinkedHashMap<>();
        renames.forEach(text -> {
            int colon = text.indexOf(':');
            renamed.put(text.substring(0, colon), text.substring(colon + 1));
        });
        return new FieldRules(
                "",
                included.stream().map(Choice::of).toList(),
                excluded.stream().map(Choice::of).toList(),
                renamed);
    }

    /** Returns the rules for a topic. */
    FieldRules in(String newTopic) {
        return isAll() ? this : new FieldRules(newTopic, included, excluded, renamed);
    }

    /** Returns whether every field is written under its own name. */
    boolean isAll() {
        return included.isEmpty() && excluded.isEmpty() && renamed.isEmpty();
    }

    /** Returns the name of a field in the document, or null for a field that is left out. */
    @Nullable
    String name(String field) {
        boolean isWanted = included.isEmpty() || included.stream().anyMatch(choice -> choice.names(topic, field));
        if (!isWanted || excluded.stream().anyMatch(choice -> choice.names(topic, field))) {
            return null;
        }
        return renamed.getOrDefault(field, field);
    }
}
