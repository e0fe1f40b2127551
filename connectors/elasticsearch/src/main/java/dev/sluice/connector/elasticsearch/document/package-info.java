/** What a record becomes: index, id, operation and body of a bulk item, and the mapping of an index. Pure but for mappings. */
@NullMarked
package dev.sluice.connector.elasticsearch.document;

import org.jspecify.annotations.NullMarked;
