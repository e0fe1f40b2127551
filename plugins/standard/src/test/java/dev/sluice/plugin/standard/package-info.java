/** Our converters beside Kafka Connect's own, on the same data. */
@NullMarked
package dev.sluice.plugin.standard;

import org.jspecify.annotations.NullMarked;
