/** How columns and schemas translate into each other, and how values are read and bound. */
@NullMarked
package dev.sluice.connector.jdbc.type;

import org.jspecify.annotations.NullMarked;
