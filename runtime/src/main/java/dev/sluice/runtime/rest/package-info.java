/**
 * The REST API of the worker, with Kafka Connect's paths, shapes and status codes.
 *
 * <p>Main types: {@link dev.sluice.runtime.rest.RestServer} listens; {@code Endpoint} defines a route once, for router, access
 * check, OpenAPI document and reference page; {@code Routes} lists them. Each {@code …Routes} file holds one subject: path, role,
 * bodies and handler together. {@code Failures} decides about the codes of errors. Handlers run on the event loop, answer from
 * immutable views or pass a future on, and wait for no plugin and no file. The command line starts the server; nothing else uses
 * it.
 */
@NullMarked
package dev.sluice.runtime.rest;

import org.jspecify.annotations.NullMarked;
