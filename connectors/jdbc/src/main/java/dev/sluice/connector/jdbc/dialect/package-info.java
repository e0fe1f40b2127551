/**
 * What differs from database to database. {@link dev.sluice.connector.jdbc.dialect.Dialects} lists all of them; adding one
 * touches its own file and that list.
 */
@NullMarked
package dev.sluice.connector.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
