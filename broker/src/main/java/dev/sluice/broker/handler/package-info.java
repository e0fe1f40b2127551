/**
 * Answers Kafka's requests: one file per API key, listed in {@link dev.sluice.broker.handler.Handlers}, from which the
 * answer to ApiVersions is made, so that it cannot promise what is not there. A {@link dev.sluice.broker.handler.Handler}
 * turns a request into a future of its answer and checks in the order of Kafka's own server. It runs on the event loop of
 * the connection, so it never blocks; answers may complete on any thread.
 */
@NullMarked
package dev.sluice.broker.handler;

import org.jspecify.annotations.NullMarked;
