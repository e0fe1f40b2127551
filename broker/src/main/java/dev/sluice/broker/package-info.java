/**
 * The built-in broker: a durable log in Apache Kafka's own format, inside this process. {@link dev.sluice.broker.Broker}
 * is the door, {@link dev.sluice.broker.BrokerConfig} its settings, {@link dev.sluice.broker.BrokerException} all that
 * can go wrong.
 */
@NullMarked
package dev.sluice.broker;

import org.jspecify.annotations.NullMarked;
