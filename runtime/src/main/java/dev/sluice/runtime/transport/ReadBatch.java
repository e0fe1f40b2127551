package dev.sluice.runtime.transport;

import java.util.List;

/**
 * What one read of a partition found.
 *
 * @param records the records in order; empty at the end of the log
 * @param nextOffset where to read on: after the last record, skipped control records included
 * @param endOffset the offset that the next record appended gets, at the time of the read
 * @param sizeBytes about the bytes that the records take in the log
 */
public record ReadBatch(List<LogRecord> records, long nextOffset, long endOffset, long sizeBytes) {}
