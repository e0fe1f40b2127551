package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.transform.Transformation;
import org.jspecify.annotations.Nullable;

/** Drops every record, so it belongs behind a predicate. */
public final class Filter implements Transformation {
    /** The settings: none. */
    static final ConfigSpec SPEC = ConfigSpec.of();

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {}

    @Override
    public <R extends ConnectRecord<R>> @Nullable R apply(R record) {
        return null;
    }
}
