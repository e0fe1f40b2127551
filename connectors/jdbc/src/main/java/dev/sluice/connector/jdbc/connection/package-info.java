/**
 * How a database is reached: the settings, the driver, the pool, and what a failure means.
 *
 * <p>{@link dev.sluice.connector.jdbc.connection.ConnectionConfig} is read once;
 * {@link dev.sluice.connector.jdbc.connection.Connections} is the pool that one task or connector owns.
 */
@NullMarked
package dev.sluice.connector.jdbc.connection;

import org.jspecify.annotations.NullMarked;
