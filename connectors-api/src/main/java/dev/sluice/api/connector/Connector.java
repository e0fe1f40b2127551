package dev.sluice.api.connector;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.plugin.Plugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides a job into tasks and watches whether the division still fits.
 *
 * <p>A connector moves no records. All calls after the constructor come from the connector's own thread; only
 * {@link #configSpec()}, {@link #taskConfigSpec()}, {@link #validate} and the creation of tasks may also come from others,
 * on an object that was never started.
 */
public sealed interface Connector extends Plugin permits SourceConnector, SinkConnector {
    /**
     * Returns the settings of a task. By default those of the connector: then {@link #taskConfigs} may return the
     * connector's own settings unchanged.
     */
    default ConfigSpec taskConfigSpec() {
        return configSpec();
    }

    /**
     * Checks settings, all at once.
     *
     * <p>The default checks against {@link #configSpec()}; names that it does not know are the runtime's to judge. Override it to look further, at the outside world too if the
     * probe allows; add what was found with {@link ConfigValidation#withProblems}. A finding names the key and the fix.
     *
     * @param settings the connector's settings as they were given
     * @param probe what the check may do, and for how long
     */
    default ConfigValidation validate(Map<String, String> settings, ValidationProbe probe) {
        return configSpec().openPrefix("").validate(new LinkedHashMap<>(settings));
    }

    /**
     * Returns the settings of the tasks that should run, at most {@code tasksMax} of them.
     *
     * <p>An empty list means that there is nothing to do now. Called after {@code start}, and again whenever the connector
     * asked for it by {@link ConnectorContext#requestTaskReconfiguration()}.
     *
     * @param tasksMax the limit, at least 1
     */
    List<Map<String, String>> taskConfigs(int tasksMax);

    /**
     * Takes new settings while running. Returns false (the default) to be stopped and started anew instead.
     *
     * @param config the new settings, checked
     */
    default boolean reconfigure(Config config) {
        return false;
    }

    /** Ends the connector's own threads and connections; tasks are stopped separately. */
    void stop();

    /** Does what {@link #stop} does; the runtime calls {@code stop}. */
    @Override
    default void close() {
        stop();
    }
}
