/** Our JSON beside Kafka Connect's own, and what ours does better. */
@NullMarked
package dev.sluice.plugin.standard.json;

import org.jspecify.annotations.NullMarked;
