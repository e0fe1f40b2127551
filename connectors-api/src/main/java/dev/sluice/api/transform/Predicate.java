package dev.sluice.api.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.record.ConnectRecord;

/** Decides whether a transformation is applied to a record; life cycle and thread as for {@link Transformation}. */
public interface Predicate extends Plugin {
    /** Returns the settings, without the prefix {@code predicates.<alias>.}. */
    @Override
    ConfigSpec configSpec();

    /** Takes the settings, already checked. */
    void configure(Config config);

    /** Returns whether the predicate holds for the record. */
    boolean test(ConnectRecord<?> record);

    /** Lets go of what the predicate holds; the last call. */
    @Override
    default void close() {}
}
