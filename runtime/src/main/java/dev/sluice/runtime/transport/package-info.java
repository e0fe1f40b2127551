/**
 * The runtime's door to a log, whichever it is: {@link dev.sluice.runtime.transport.Transport} and its records of bytes.
 *
 * <p>{@link dev.sluice.runtime.transport.LocalTransport} is the built-in broker in this process. No other package of the
 * runtime names a type of the broker or of kafka-clients. Called by stores and task runners, from their own threads;
 * futures complete on the log's threads, so callers post the result to their own.
 */
@NullMarked
package dev.sluice.runtime.transport;

import org.jspecify.annotations.NullMarked;
