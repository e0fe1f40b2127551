/**
 * The front that speaks Kafka's protocol over TCP, on Vert.x. {@link dev.sluice.broker.net.BrokerServer} starts it; a
 * {@code Connection} cuts the bytes of a socket into requests, hands them to {@link dev.sluice.broker.handler.Handlers}
 * and sends the answers in their order (invariant 4). Everything of a connection runs on its event loop.
 */
@NullMarked
package dev.sluice.broker.net;

import org.jspecify.annotations.NullMarked;
