package dev.sluice.connector.elasticsearch.document;

import java.util.Map;

/**
 * How fields are mapped.
 *
 * @param bodies how their values are written
 * @param strings how texts are mapped
 * @param keywordMax how many characters of a text can be found as keyword
 * @param isNested whether arrays of structs are nested
 * @param types types of single fields, by their path
 */
record MappingRules(
        BodyRules bodies, MappingKeys.StringType strings, int keywordMax, boolean isNested, Map<String, String> types) {
    MappingRules {
        types = Map.copyOf(types);
    }
}
