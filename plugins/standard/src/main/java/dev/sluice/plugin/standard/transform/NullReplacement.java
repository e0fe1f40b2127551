package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.data.Field;
import org.jspecify.annotations.Nullable;

/** What becomes of a null in a field whose schema has a default. */
final class NullReplacement {
    static final ConfigKey<Boolean> KEY = ConfigKey.bool("replace.null.with.default")
            .defaultsTo(true)
            .doc("Whether a null in a field that has a default value becomes that value. Otherwise it stays null.");

    private NullReplacement() {}

    /** Returns what stands for null in a field, which is null where nothing does. */
    static @Nullable Object of(Field field, boolean replacesNull) {
        return replacesNull ? field.schema().defaultValue() : null;
    }
}
