/**
 * What can go wrong, by what the runtime shall do about it.
 *
 * <p>The type of an exception is an instruction: {@link dev.sluice.api.error.RetriableException} asks for the same call
 * again, {@link dev.sluice.api.error.DataException} blames one record, {@code ConfigException} (in the config package)
 * blames a setting, and any other exception fails the task. A plugin says what went wrong and why; the runtime adds
 * connector, task, stage and coordinates.
 */
@NullMarked
package dev.sluice.api.error;

import org.jspecify.annotations.NullMarked;
