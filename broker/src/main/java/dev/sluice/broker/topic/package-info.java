/**
 * The topics: {@link dev.sluice.broker.topic.TopicCatalog} says which there are, with which id, partitions and settings,
 * and keeps that in one file. Readers see immutable snapshots from any thread; all changes run one after another on the
 * thread {@code topics}.
 */
@NullMarked
package dev.sluice.broker.topic;

import org.jspecify.annotations.NullMarked;
