/**
 * The REST API of the worker, with Kafka Connect's paths, shapes and status codes.
 *
 * <p>Main type: {@link dev.sluice.runtime.rest.RestServer}. Each {@code …Routes} file holds one subject: path, handler and
 * codes together. Handlers run on the event loop and answer from an immutable view of the herder, so no answer waits for
 * a plugin or a file. The command line starts the server; nothing else uses it.
 */
@NullMarked
package dev.sluice.runtime.rest;

import org.jspecify.annotations.NullMarked;
