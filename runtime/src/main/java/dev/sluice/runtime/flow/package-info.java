/**
 * The status that cannot lie: what connectors and tasks do, told by what moves and not by which threads are alive.
 *
 * <p>{@link dev.sluice.runtime.flow.FlowRules} decides, a pure function of {@link dev.sluice.runtime.flow.FlowFacts}; {@link
 * dev.sluice.runtime.flow.FlowMonitor} gathers the facts each second on a thread of its own and publishes {@link
 * dev.sluice.runtime.flow.FlowReport}s, which any thread reads. Control tells it which connectors there are.
 */
@NullMarked
package dev.sluice.runtime.flow;

import org.jspecify.annotations.NullMarked;
