package dev.sluice.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.storage.internals.log.LogFileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a partition claimed to hold before recovery, so that afterwards one line can say what was cut. It walks the batch
 * headers of the last segment only; recovery itself reads far more.
 *
 * @param sizeBytes all segments together
 * @param endOffset the offset behind the last header that can be read
 */
record TailCheck(long sizeBytes, long endOffset) {
    static final TailCheck NONE = new TailCheck(0, 0);

    private static final Logger LOG = LoggerFactory.getLogger(TailCheck.class);
    /** The header up to the magic byte and the offset delta of the last record. */
    private static final int HEADER_BYTES = DefaultRecordBatch.RECORD_BATCH_OVERHEAD;

    private static final int SIZE_POSITION = 8;
    private static final int SIZE_END = 12;
    private static final int LAST_DELTA_POSITION = 23;

    static TailCheck of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return NONE;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> segments = files.filter(
                            file -> file.getFileName().toString().endsWith(LogFileUtils.LOG_FILE_SUFFIX))
                    .sorted()
                    .toList();
            long sizeBytes = 0;
            for (Path segment : segments) {
                sizeBytes += Files.size(segment);
            }
            return segments.isEmpty()
                    ? NONE
                    : new TailCheck(sizeBytes, claimedEndOffset(segments.get(segments.size() - 1)));
        }
    }

    private static long claimedEndOffset(Path segment) throws IOException {
        long endOffset = LogFileUtils.offsetFromFile(segment.toFile());
        try (FileChannel channel = FileChannel.open(segment)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            long position = 0;
            while (channel.read(header.clear(), position) == HEADER_BYTES) {
                long baseOffset = header.getLong(0);
                int batchBytes = header.getInt(SIZE_POSITION);
                if (baseOffset < endOffset || batchBytes < HEADER_BYTES - SIZE_END) {
                    return endOffset;
                }
                endOffset = baseOffset + Math.max(0, header.getInt(LAST_DELTA_POSITION)) + 1;
                position += SIZE_END + batchBytes;
            }
        }
        return endOffset;
    }

    /** Says what recovery cut, if anything. */
    void report(TopicPartition partition, long sizeBytesAfter, long endOffsetAfter) {
        if (sizeBytesAfter >= sizeBytes) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("topic", partition.topic())
                .addKeyValue("partition", partition.partition())
                .addKeyValue("cutBytes", sizeBytes - sizeBytesAfter)
                .addKeyValue("claimedEndOffset", endOffset)
                .addKeyValue("endOffset", endOffsetAfter)
                .log("cut a damaged end of the partition after a crash");
    }
}
