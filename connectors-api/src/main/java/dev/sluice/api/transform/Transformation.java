package dev.sluice.api.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.record.ConnectRecord;
import org.jspecify.annotations.Nullable;

/**
 * Changes one record, or drops it.
 *
 * <p>Life cycle: constructor without arguments, {@link #configure} once, any number of {@link #apply}, {@link #close}; all
 * on one task's thread. A transformation keeps no state between records that a restart would miss.
 */
public interface Transformation extends Plugin {
    /** Returns the settings, without the prefix {@code transforms.<alias>.}. */
    @Override
    ConfigSpec configSpec();

    /** Takes the settings, already checked. */
    void configure(Config config);

    /**
     * Returns the record to go on with: the same, a changed copy, or null to drop it. A dropped record still counts as
     * done: its offset moves on.
     *
     * @throws dev.sluice.api.error.DataException if this record cannot be transformed
     * @throws dev.sluice.api.error.RetriableException if a service that it asks is not reachable now
     */
    <R extends ConnectRecord<R>> @Nullable R apply(R record);

    /** Lets go of what the transformation holds; the last call. */
    @Override
    default void close() {}
}
