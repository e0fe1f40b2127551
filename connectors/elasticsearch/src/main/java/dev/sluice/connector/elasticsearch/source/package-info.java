/** The source task: reads documents of an index, alias, data stream or query, then follows what is new. */
@NullMarked
package dev.sluice.connector.elasticsearch.source;

import org.jspecify.annotations.NullMarked;
