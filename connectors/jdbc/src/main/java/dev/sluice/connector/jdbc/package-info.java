/**
 * Source and sink connectors for relational databases, which take the settings of the JDBC connectors that people know from
 * Kafka Connect.
 *
 * <p>Packages, each may use those to its right: {@code source}, {@code cdc}, {@code sink} → {@code type} → {@code dialect} →
 * {@code table} → {@code connection}. What differs from database to database stands in {@code dialect} and nowhere else.
 * All objects belong to the thread of their task or connector unless they say otherwise.
 */
@NullMarked
package dev.sluice.connector.jdbc;

import org.jspecify.annotations.NullMarked;
