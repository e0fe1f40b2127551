package dev.sluice.plugin.standard.predicate;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.transform.Predicate;

/** Holds for records whose value is null. */
public final class RecordIsTombstone implements Predicate {
    /** The settings: none. */
    static final ConfigSpec SPEC = ConfigSpec.of();

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {}

    @Override
    public boolean test(ConnectRecord<?> record) {
        return record.value().isNull();
    }
}
