/**
 * Real servers for tests, each in a container where a Docker daemon answers and as a child process otherwise. A server
 * starts once per JVM, at its first use, and ends with it; a test gets a part of its own, such as a database.
 *
 * <p>A new kind of server is one class like {@link dev.sluice.testkit.server.TestingPostgres} with two ways to start it,
 * given to a {@link dev.sluice.testkit.server.SharedServer}. May be used from any thread.
 */
@NullMarked
package dev.sluice.testkit.server;

import org.jspecify.annotations.NullMarked;
