package dev.sluice.connector.elasticsearch.document;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How records of a schema fit their index.
 *
 * @param omitted what is left out of them
 * @param refusal why none can be written, or null
 */
record Fit(Omitted omitted, @Nullable String refusal) {
    /** Every field is written. */
    static final Fit WHOLE = new Fit(Omitted.NONE, null);

    static Fit without(Set<String> paths) {
        return new Fit(new Omitted(paths, ""), null);
    }

    static Fit refused(String why) {
        return new Fit(Omitted.NONE, why);
    }
}
