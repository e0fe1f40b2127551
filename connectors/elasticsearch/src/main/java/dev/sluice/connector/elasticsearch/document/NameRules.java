package dev.sluice.connector.elasticsearch.document;

import java.util.Map;

/**
 * How targets are named.
 *
 * @param template the name
 * @param byTopic names of single topics, which go before it
 * @param prefix what stands before the name
 * @param isNamespace whether the name is the namespace of a data stream
 * @param external resources by topic, in place of all the above; empty for none
 * @param isStream whether targets are data streams
 * @param isCreated whether missing ones are created
 */
record NameRules(
        Template template,
        Map<String, Template> byTopic,
        String prefix,
        boolean isNamespace,
        Map<String, String> external,
        boolean isStream,
        boolean isCreated) {
    NameRules {
        byTopic = Map.copyOf(byTopic);
        external = Map.copyOf(external);
    }

    boolean isExternal() {
        return !external.isEmpty();
    }
}
