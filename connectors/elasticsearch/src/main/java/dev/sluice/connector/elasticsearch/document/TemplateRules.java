package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How new indices are set up.
 *
 * @param settings their settings
 * @param name the index template that holds them, or null where each index is created with them
 * @param patterns the names that the template is for
 * @param priority its priority
 * @param isStream whether it makes data streams
 * @param policyName the life cycle policy, or null
 * @param policy what the policy is if it is not there, or null
 */
record TemplateRules(
        ObjectNode settings,
        @Nullable String name,
        List<String> patterns,
        int priority,
        boolean isStream,
        @Nullable String policyName,
        @Nullable String policy) {
    TemplateRules {
        patterns = List.copyOf(patterns);
    }

    /** Returns the settings of an index, with its life cycle. */
    ObjectNode allSettings() {
        ObjectNode all = settings.deepCopy();
        if (policyName != null) {
            all.put("index.lifecycle.name", policyName);
        }
        return all;
    }

    /** Returns the body of the template. */
    ObjectNode template() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        patterns.forEach(body.putArray("index_patterns")::add);
        body.put("priority", priority);
        if (isStream) {
            body.putObject("data_stream");
        }
        body.putObject("template").set("settings", allSettings());
        return body;
    }
}
