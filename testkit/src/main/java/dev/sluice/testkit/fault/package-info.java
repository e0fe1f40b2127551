/**
 * A proxy in front of a server with Elasticsearch's interface that does what networks and busy clusters do: it turns away
 * requests or single items of a bulk, breaks connections, answers late, executes twice. It writes down what came through.
 *
 * <p>{@link dev.sluice.testkit.fault.FaultProxy} is what a test starts, {@link dev.sluice.testkit.fault.Fault} says what happens
 * to one request. Each connection has a thread; a test may script and ask from any thread.
 */
@NullMarked
package dev.sluice.testkit.fault;

import org.jspecify.annotations.NullMarked;
