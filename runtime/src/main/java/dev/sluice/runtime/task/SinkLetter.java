package dev.sluice.runtime.task;

import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.runtime.transport.RawRecord;

/**
 * A record that a sink could not process and that becomes a dead letter.
 *
 * @param origin where it stands in the log
 * @param bytes as it stands there
 * @param failure why
 */
record SinkLetter(RecordCoordinates origin, RawRecord bytes, Failure failure) {}
