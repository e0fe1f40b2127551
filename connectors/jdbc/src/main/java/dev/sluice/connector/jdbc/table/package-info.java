/**
 * Tables and columns as the database describes them. {@link dev.sluice.connector.jdbc.table.Tables} reads them through
 * {@link java.sql.DatabaseMetaData}; the rest are values.
 */
@NullMarked
package dev.sluice.connector.jdbc.table;

import org.jspecify.annotations.NullMarked;
