/**
 * The commands that start the broker alone, or act as Kafka's clients: {@code sluice broker} and the tools.
 *
 * <p>Main types: {@link dev.sluice.runtime.cli.kafka.BrokerCommand} and {@link dev.sluice.runtime.cli.kafka.RunningBroker}.
 * Beside the transport, this is the only package of the runtime that names a type of the broker or of Kafka. Commands run
 * on the main thread, which may block.
 */
@NullMarked
package dev.sluice.runtime.cli.kafka;

import org.jspecify.annotations.NullMarked;
