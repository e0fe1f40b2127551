package dev.sluice.connector.elasticsearch.document;

import java.util.List;
import java.util.Set;

/**
 * How ids are made.
 *
 * @param mode where they come from
 * @param fields names of fields or headers
 * @param separator what stands between several
 * @param tooLong what happens to those that are too long
 * @param keyIgnored topics of which the key makes no id
 */
record IdRules(IdMode mode, List<String> fields, String separator, WriteKeys.LongIds tooLong, Set<String> keyIgnored) {
    IdRules {
        fields = List.copyOf(fields);
        keyIgnored = Set.copyOf(keyIgnored);
    }
}
