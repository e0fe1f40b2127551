package dev.sluice.api.connector;

import dev.sluice.api.plugin.PluginMetrics;
import java.util.Optional;

/** What any running task may ask of the runtime. Unless a method says otherwise, it is for the task's own thread. */
public interface TaskContext {
    /** Returns the connector's name. */
    String connectorName();

    /** Returns the task's index, from 0. */
    int taskIndex();

    /**
     * Returns a number that is greater than that of every earlier run of this task, on any worker. A task that writes
     * outside may use it to fence off a predecessor that is still alive.
     */
    long taskEpoch();

    /**
     * Returns where single bad records may be reported instead of failing the task, or empty where the connector's
     * settings do not tolerate errors.
     */
    Optional<ErrantRecordReporter> errantRecords();

    /** Tells how far a bounded job is; shown in the status. May be called from any thread, as often as you like. */
    void progress(Progress progress);

    /** Returns where the task may publish metrics. */
    PluginMetrics metrics();
}
