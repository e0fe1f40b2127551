/** Reads the changes of a PostgreSQL database from its write-ahead log. */
@NullMarked
package dev.sluice.connector.jdbc.cdc;

import org.jspecify.annotations.NullMarked;
