/**
 * Connectors and their tasks: the heart of the API.
 *
 * <p>A connector says which tasks should run; tasks do the work. Life of a source:
 *
 * <pre>
 *   SourceConnector: new → start → taskConfigs … → stop
 *   SourceTask:      new → start → (poll → [records reach the log, their offsets are stored] → commit)* → stop
 * </pre>
 *
 * <p>Life of a sink:
 *
 * <pre>
 *   SinkConnector:   new → start → taskConfigs … → stop
 *   SinkTask:        new → start → open → (put* → flush → [offsets are committed])* → close → stop
 * </pre>
 *
 * <p>Threads: every connector and every task has a thread of its own, and all calls to one object come from its thread,
 * {@code stop} included. A call that should return early is interrupted. A watchdog measures each call; one that passes
 * its budget makes the task STUCK, is interrupted and in the end abandoned, without harm to other connectors.
 *
 * <p><b>Experimental</b> until connectors with exactly-once delivery, change data capture and the bridge to Kafka Connect
 * plugins exist; until then signatures may change between versions.
 */
@NullMarked
package dev.sluice.api.connector;

import org.jspecify.annotations.NullMarked;
