package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names the target of a record. Belongs to the task's thread. */
final class IndexNames {
    private static final int BYTES_MAX = 255;
    private static final int NAMESPACE_MAX = 100;
    private static final int KNOWN_MAX = 10_000;
    private static final Pattern REFUSED = Pattern.compile("[\\\\/*?\"<>|,#:\\s]");

    private final NameRules rules;
    private final Map<String, Target> known = new HashMap<>();

    IndexNames(NameRules rules) {
        this.rules = rules;
    }

    /**
     * Returns where a record goes.
     *
     * @throws DataException if what the record says cannot be a name
     */
    Target target(RecordView view) {
        String raw = raw(view);
        Target target = known.get(raw);
        if (target == null) {
            if (known.size() >= KNOWN_MAX) {
                known.clear();
            }
            target = new Target(rules.isExternal() ? raw : normalized(raw), rules.isStream(), rules.isCreated());
            known.put(raw, target);
        }
        return target;
    }

    private String raw(RecordView view) {
        String topic = view.record().topic();
        if (rules.isExternal()) {
            String resource = rules.external().get(topic);
            if (resource == null) {
                throw new ConnectorException("Cannot write topic " + topic
                        + ": topic.to.external.resource.mapping names no resource for it. Add " + topic
                        + ":<resource>.");
            }
            return resource;
        }
        Template template = rules.byTopic().getOrDefault(topic, rules.template());
        String name = template.fill(view, "name an index");
        return rules.prefix() + (rules.isNamespace() ? cut(stripped(name), NAMESPACE_MAX) : name);
    }

    /** Makes a name as Confluent's sink does: lower case, without a leading - or _, up to 255 bytes. */
    static String normalized(String raw) {
        String name = stripped(raw);
        if (name.equals(".") || name.equals("..")) {
            return name.equals(".") ? "dot" : "dotdot";
        }
        if (name.isEmpty()
                || REFUSED.matcher(name).find()
                || name.startsWith("+")
                || name.startsWith("-")
                || name.startsWith("_")) {
            throw new DataException(
                    "Cannot name an index by what the record says: a name is not empty, does not begin with"
                            + " -, _ or +, and has no blank and none of \\ / * ? \" < > | , # :. Correct the record, or name the index"
                            + " by something else in index.name.");
        }
        return cut(name, BYTES_MAX);
    }

    /** Returns it in lower case, without a leading - or _: topics that differ in nothing else meet in one index. */
    static String stripped(String raw) {
        String lower = raw.toLowerCase(Locale.ROOT);
        return lower.startsWith("-") || lower.startsWith("_") ? lower.substring(1) : lower;
    }

    private static String cut(String name, int bytesMax) {
        int end = Math.min(name.length(), bytesMax);
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytesMax
                || (end > 0 && end < name.length() && Character.isHighSurrogate(name.charAt(end - 1)))) {
            end--;
        }
        return name.substring(0, end);
    }
}
