package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was worked out for each of the schemas that came by: the last one is found by identity, the few before it by
 * equality, and the one not seen for longest leaves first.
 *
 * @param <S> the kind of schema
 * @param <P> what is worked out
 */
final class SchemaCache<S extends Schema, P> {
    private static final int ENTRY_COUNT_MAX = 64;

    private final Function<S, P> maker;
    private final Map<S, P> kept = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable S lastSchema;
    private @Nullable P lastPlan;

    SchemaCache(Function<S, P> maker) {
        this.maker = maker;
    }

    P get(S schema) {
        P plan = lastPlan;
        if (schema == lastSchema && plan != null) {
            return plan;
        }
        plan = kept.get(schema);
        if (plan == null) {
            plan = maker.apply(schema);
            kept.put(schema, plan);
            if (kept.size() > ENTRY_COUNT_MAX) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        lastSchema = schema;
        lastPlan = plan;
        return plan;
    }
}
