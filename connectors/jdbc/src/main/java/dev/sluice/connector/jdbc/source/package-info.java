/** Reads tables by queries. */
@NullMarked
package dev.sluice.connector.jdbc.source;

import org.jspecify.annotations.NullMarked;
