/** The built-in broker: a durable log in Apache Kafka's own format, inside this process. */
@NullMarked
package dev.sluice.broker;

import org.jspecify.annotations.NullMarked;
