package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.util.List;

/** Settings of how new indices are set up. All are ours. */
final class TemplateKeys {
    private static final String GROUP = "Index templates and life cycle";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Check<String> IS_OBJECT = Check.of("an object in JSON", text -> isObject(text));

    static final ConfigKey<String> SETTINGS = ConfigKey.string("index.settings")
            .extended()
            .defaultsTo("{}")
            .check(IS_OBJECT)
            .doc(
                    "Settings of indices that are created, as JSON: {\"number_of_shards\":3,\"refresh_interval\":\"30s\"}. With"
                            + " index.template.name they stand in the template.")
            .group(GROUP)
            .width(Width.LONG);

    static final ConfigKey<String> NAME = ConfigKey.string("index.template.name")
            .extended()
            .optional()
            .check(Check.nonEmpty())
            .doc(
                    "Index template that is written when the task first creates something: index.settings, the life cycle, and for data"
                            + " streams that they are some. One of that name that is there is left alone.")
            .group(GROUP)
            .width(Width.MEDIUM);

    static final ConfigKey<List<String>> PATTERNS = ConfigKey.list("index.template.patterns")
            .extended()
            .defaultsTo(List.of())
            .doc("Names that the template is for, such as orders-*; left out, what index.name can become.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.MEDIUM);

    static final ConfigKey<Integer> PRIORITY = ConfigKey.integer("index.template.priority")
            .extended()
            .defaultsTo(500)
            .check(Check.atLeast(0))
            .doc("Priority of the template among those whose patterns match; the servers' own have 100 to 200.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    static final ConfigKey<String> POLICY_NAME = ConfigKey.string("lifecycle.policy.name")
            .extended()
            .optional()
            .check(Check.nonEmpty())
            .doc("Life cycle policy of indices that are created: of index life cycle management (ILM).")
            .group(GROUP)
            .width(Width.MEDIUM);

    static final ConfigKey<String> POLICY = ConfigKey.string("lifecycle.policy")
            .extended()
            .optional()
            .check(IS_OBJECT)
            .doc(
                    "The policy as JSON, which is written if there is none of lifecycle.policy.name: {\"policy\":{\"phases\":…}}.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.LONG);

    private TemplateKeys() {}

    private static boolean isObject(String text) {
        return read(text).isObject();
    }

    /** Returns the JSON of a text; a missing node if it is none. */
    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            return JSON.missingNode();
        }
    }
}
