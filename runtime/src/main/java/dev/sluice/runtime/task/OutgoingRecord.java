package dev.sluice.runtime.task;

import dev.sluice.runtime.transport.RawRecord;
import org.jspecify.annotations.Nullable;

/**
 * A source record behind its pipeline: bytes that know where they want to go.
 *
 * @param topic the topic
 * @param partition the partition, or null to let the key decide
 * @param bytes what goes into the log
 */
record OutgoingRecord(String topic, @Nullable Integer partition, RawRecord bytes) {}
