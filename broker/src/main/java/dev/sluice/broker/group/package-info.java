/**
 * Consumer groups over the compacted topic {@code __consumer_offsets}. {@link dev.sluice.broker.group.GroupOffsets} are the
 * offsets of this process, {@link dev.sluice.broker.group.GroupService} is the seam for clients, behind which Kafka's group
 * coordinator works. Both share the topic, and one of them writes at a time.
 */
@NullMarked
package dev.sluice.broker.group;

import org.jspecify.annotations.NullMarked;
