package dev.sluice.runtime.task;

import dev.sluice.api.error.ErrorCategory;
import dev.sluice.runtime.config.ErrorSettings;
import dev.sluice.runtime.config.Tolerance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a failed record means for its task, by the connector's {@code errors.*} settings.
 *
 * @param task the task, for log lines
 * @param settings the connector's settings
 */
record ErrorPolicy(TaskId task, ErrorSettings settings) {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorPolicy.class);

    /** Takes notice of a record that failed: returns if it is to be left out, throws if the task must fail. */
    void onFailed(Failure failure) throws TaskFailedException {
        if (!tolerates(failure)) {
            throw new TaskFailedException(failure);
        }
        if (settings.isLogged()) {
            LOG.atError()
                    .addKeyValue("connector", task.connector())
                    .addKeyValue("task", task.index())
                    .addKeyValue("stage", failure.stage())
                    .log(failure.sentence(task));
        }
    }

    /** Errors of the JVM and wrong settings are never tolerated: they would hit every record. */
    private boolean tolerates(Failure failure) {
        return settings.tolerance() == Tolerance.ALL
                && !(failure.cause() instanceof Error)
                && failure.category() != ErrorCategory.CONFIG;
    }
}
