/** Writes records into tables. */
@NullMarked
package dev.sluice.connector.jdbc.sink;

import org.jspecify.annotations.NullMarked;
